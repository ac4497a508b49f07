using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>The certificate of the MX host expired; two days later it was renewed, and all is well since.</summary>
internal sealed class Bakery : StoryDomain
{
    private const int Expired = 14;
    private const int Renewed = 12;

    private const string MxHost = "mx.bakery.example";
    private const string MxAddress = "192.0.2.25";

    private readonly StoryCertificate _certificate, _expired, _renewed;

    public Bakery(DateOnly today)
        : base("bakery.example", today)
    {
        _certificate = StoryCertificate.Of($"mta-sts.{Name}", TimeOn(41, 3));
        _expired = StoryCertificate.Of(MxHost, TimeOn(Expired, 2) - StoryCertificate.Life);
        _renewed = StoryCertificate.Of(MxHost, TimeOn(Renewed, 5));
    }

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 38), (Sender.Microsoft, 29), (Sender.MailRu, 6), (Sender.Comcast, 9), (Sender.HarbourMail, 5)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(200),
        Mode = "enforce",
        MxPatterns = [MxHost],
        MxHost = MxHost,
        MxAddress = MxAddress,
        Address = "192.0.2.20",
        Certificate = _certificate,
        MxCertificate = ago > Renewed ? _expired : _renewed,
    };

    public override Trouble? TroubleOf(Sender sender, int ago) => ago is <= Expired and >= Renewed
        ? new(ResultType.CertificateExpired, ago == Renewed ? 0.3 : 1)
        {
            MxHost = MxHost,
            MxAddress = MxAddress,
            Reason = sender == Sender.HarbourMail ? "certificate has expired" : null,
        }
        : null;
}
