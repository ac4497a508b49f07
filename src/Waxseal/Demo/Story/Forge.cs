using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>
/// Four days ago the certificate of the MX host was renewed with a new key, and the TLSA record still names the old one. Who applies DANE
/// cannot deliver; who applies MTA-STS does not notice.
/// </summary>
internal sealed class Forge(DateOnly today) : StoryDomain("forge.example", today)
{
    private const int Renewed = 4;

    private const string MxHost = "mx.forge.example";

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 260), (Sender.Microsoft, 210), (Sender.MailRu, 18), (Sender.Comcast, 42), (Sender.Mimecast, 55), (Sender.HarbourMail, 23)];

    public override Publication PublishedOn(int ago)
    {
        ObservedCertificate first = Certificate.Of(MxHost, 1, TimeOn(Renewed + 60, 4)), second = Certificate.Of(MxHost, 2, TimeOn(Renewed, 0.5));
        return new(Name)
        {
            PolicyId = IdOf(150),
            Mode = "enforce",
            MxPatterns = [MxHost],
            MxHosts = [MxHost],
            Address = "192.0.2.40",
            Certificates = [Certificate.Of($"mta-sts.{Name}", 1, TimeOn(45, 3)), ago > Renewed ? first : second],
            Tlsa = Certificate.Tlsa(first),
        };
    }

    // Postfix calls it by what OpenSSL says.
    public override Trouble? TroubleOf(Sender sender, int ago) => sender.AppliesDane && ago <= Renewed
        ? new(sender == Sender.HarbourMail ? ResultType.CertificateNotTrusted : ResultType.TlsaInvalid) { MxHost = MxHost, MxAddress = "192.0.2.45" }
        : null;
}
