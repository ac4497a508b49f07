using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>Mail moved to another MX host that the policy did not list; three days later the policy followed, with a new id.</summary>
internal sealed class Harbour(DateOnly today) : StoryDomain("harbour.example", today)
{
    private const int Moved = 9;
    private const int Listed = 6;

    private const string OldHost = "mx1.harbour.example";
    private const string NewHost = "in.ferry.example";

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 120), (Sender.Microsoft, 96), (Sender.MailRu, 11), (Sender.Comcast, 24), (Sender.Mimecast, 31), (Sender.HarbourMail, 14)];

    public override Publication PublishedOn(int ago)
    {
        string mxHost = ago > Moved ? OldHost : NewHost;
        return new(Name)
        {
            PolicyId = IdOf(ago > Listed ? 180 : Listed),
            Mode = "enforce",
            MxPatterns = ago > Listed ? [OldHost] : [OldHost, NewHost],
            MxHosts = [mxHost],
            Address = "192.0.2.30",
            Certificates = [Certificate.Of($"mta-sts.{Name}", 1, TimeOn(33, 3)), Certificate.Of(mxHost, 1, TimeOn(35, 3))],
        };
    }

    // Microsoft has a word of its own for it; the others say no more than that it failed, and where.
    public override Trouble? TroubleOf(Sender sender, int ago) => ago is <= Moved and > Listed
        ? new(ResultType.ValidationFailure)
        {
            MxHost = NewHost,
            MxAddress = "192.0.2.35",
            Reason = sender == Sender.Microsoft ? "MX_HOSTS_MISMATCH" : null,
        }
        : null;
}
