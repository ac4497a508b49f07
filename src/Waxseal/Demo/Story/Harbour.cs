using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>Mail moved to another MX host that the policy did not list; three days later the policy followed, with a new id.</summary>
internal sealed class Harbour : StoryDomain
{
    private const int Moved = 9;
    private const int Listed = 6;

    private const string OldHost = "mx1.harbour.example";
    private const string NewHost = "in.ferry.example";
    private const string NewAddress = "192.0.2.36";

    private readonly StoryCertificate _certificate, _old, _new;

    public Harbour(DateOnly today)
        : base("harbour.example", today) =>
        (_certificate, _old, _new) = (StoryCertificate.Of($"mta-sts.{Name}", TimeOn(33, 3)), StoryCertificate.Of(OldHost, TimeOn(35, 3)), StoryCertificate.Of(NewHost, TimeOn(35, 3)));

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 120), (Sender.Microsoft, 96), (Sender.MailRu, 11), (Sender.Comcast, 24), (Sender.Mimecast, 31), (Sender.HarbourMail, 14)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(ago > Listed ? 180 : Listed),
        Mode = "enforce",
        MxPatterns = [ago > Listed ? OldHost : NewHost],
        MxHost = ago > Moved ? OldHost : NewHost,
        MxAddress = ago > Moved ? "192.0.2.35" : NewAddress,
        Address = "192.0.2.30",
        Certificate = _certificate,
        MxCertificate = ago > Moved ? _old : _new,
    };

    // Microsoft has a word of its own for it; the others say no more than that it failed, and where.
    public override Trouble? TroubleOf(Sender sender, int ago) => ago is <= Moved and > Listed
        ? new(ResultType.ValidationFailure)
        {
            MxHost = NewHost,
            MxAddress = NewAddress,
            Reason = sender == Sender.Microsoft ? "MX_HOSTS_MISMATCH" : null,
        }
        : null;
}
