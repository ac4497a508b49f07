using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>
/// Four days ago the certificate of the MX host was renewed with a new key, and the TLSA record still names the old one. Who applies DANE
/// cannot deliver; who applies MTA-STS does not notice.
/// </summary>
internal sealed class Forge : StoryDomain
{
    private const int Renewed = 4;

    private const string MxHost = "mx.forge.example";
    private const string MxAddress = "192.0.2.45";

    private readonly StoryCertificate _certificate, _first, _second;

    public Forge(DateOnly today)
        : base("forge.example", today) =>
        (_certificate, _first, _second) = (StoryCertificate.Of($"mta-sts.{Name}", TimeOn(45, 3)), StoryCertificate.Of(MxHost, TimeOn(Renewed + 60, 4)), StoryCertificate.Of(MxHost, TimeOn(Renewed, 0)));

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 260), (Sender.Microsoft, 210), (Sender.MailRu, 18), (Sender.Comcast, 42), (Sender.Mimecast, 55), (Sender.HarbourMail, 23)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(150),
        Mode = "enforce",
        MxPatterns = [MxHost],
        MxHost = MxHost,
        MxAddress = MxAddress,
        Address = "192.0.2.40",
        Certificate = _certificate,
        MxCertificate = ago > Renewed ? _first : _second,
        Pinned = _first,
    };

    // Postfix calls it by what OpenSSL says.
    public override Trouble? TroubleOf(Sender sender, int ago) => sender.AppliesDane && ago <= Renewed
        ? new(sender == Sender.HarbourMail ? ResultType.CertificateNotTrusted : ResultType.TlsaInvalid) { MxHost = MxHost, MxAddress = MxAddress }
        : null;
}
