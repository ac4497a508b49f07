using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>The certificate of the MX host expired; three days later it was renewed, and all is well since.</summary>
internal sealed class Bakery(DateOnly today) : StoryDomain("bakery.example", today)
{
    private const int Expired = 14;
    private const int Renewed = 12;

    private const string MxHost = "mx.bakery.example";

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 38), (Sender.Microsoft, 29), (Sender.MailRu, 6), (Sender.Comcast, 9), (Sender.HarbourMail, 5)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(200),
        Mode = "enforce",
        MxPatterns = [MxHost],
        MxHosts = [MxHost],
        Address = "192.0.2.20",
        Certificates =
        [
            Certificate.Of($"mta-sts.{Name}", 1, TimeOn(41, 3)),
            ago > Renewed ? Certificate.Of(MxHost, 1, TimeOn(Expired, 2) - Certificate.Life) : Certificate.Of(MxHost, 2, TimeOn(Renewed, 5)),
        ],
    };

    public override Trouble? TroubleOf(Sender sender, int ago) => ago is <= Expired and >= Renewed
        ? new(ResultType.CertificateExpired, ago == Renewed ? 0.3 : 1)
        {
            MxHost = MxHost,
            MxAddress = "192.0.2.25",
            Reason = sender == Sender.HarbourMail ? "certificate has expired" : null,
        }
        : null;
}
