using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waxseal.Lab.Wire;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of STARTTLS and of the certificates of MX hosts (layer K).</summary>
internal static class MxFaults
{
    private const string Host = "mx.example.test";

    public static IEnumerable<LabFault> All =>
    [
        new("K01", "STARTTLS is not offered", world => world.Mx.Ehlo = _ => "250-mx.example.test\r\n250 SIZE 10240000"),
        new("K02", "STARTTLS is overwritten", world => world.Mx.Ehlo = _ => "250-mx.example.test\r\n250-SIZE 10240000\r\n250 XXXXXXXX"),
        new("K03", "one of three sessions without STARTTLS", world => world.Mx.Ehlo = number =>
            number == 6 ? "250-mx.example.test\r\n250 SIZE 10240000" : "250-mx.example.test\r\n250 STARTTLS"),
        new("K04", "STARTTLS is offered and refused", world => world.Mx.StartTls = "454 4.7.0 TLS not available due to local problem"),
        new("K05", "a certificate for another name", world => Certificate(world, LabCertificates.For("mail.example.test"))),
        new("K06", "an expired certificate", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-40, -3)))),
        new("K11", "a certificate that was renewed, and not loaded", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-91, -1)))),
        new("K07", "a self-signed certificate", world => Certificate(world, LabCertificates.Issue("localhost", [Host], null))),
        new("K08", "no intermediate certificate", world => Certificate(world, Intermediate())),
        new("K09", "the right certificate with server name alone", world => world.Mx.Certificate = (_, name) => name.Length == 0 ? LabCertificates.For("default.test") : LabCertificates.ForMx),
        new("K10", "one of several nodes with a wrong certificate", world => world.Mx.Certificate = (number, _) => number == 6 ? LabCertificates.For("old.example.test") : LabCertificates.ForMx),
        new("K10", "one of two addresses with a wrong certificate", world =>
        {
            world.Zone.Address(Host, world.At(21));
            world.AddMx(world.At(21)).Certificate = (_, _) => LabCertificates.For("old.example.test");
        }),
#pragma warning disable CA5397, SYSLIB0039 // The laboratory has a server that is out of date.
        new("K12", "TLS 1.1 alone", world => world.Mx.Protocols = SslProtocols.Tls11),
#pragma warning restore CA5397, SYSLIB0039
        new("K13", "a session ticket before the client's Finished", world => world.Mx.Below = transport => new EarlyTicketStream(transport)),
        new("K14", "another certificate over IPv6", world =>
        {
            world.Zone.Address(Host, IPAddress.IPv6Loopback);
            world.AddMx(IPAddress.IPv6Loopback).Certificate = (_, _) => LabCertificates.For("default.test");
        }),
        new("K15", "the handshake stalls", world => world.Mx.InPlaceOfHandshake = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)),
        new("K16", "the sample certificate of a mail server", world => Certificate(world, LabCertificates.Issue("localhost.localdomain", ["localhost"], null))),
        new("K17", "an expired intermediate certificate", world =>
        {
            X509Certificate2 issuer = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true, days: (-60, -2));
            Certificate(world, LabCertificates.Issue("lab", [Host], issuer), issuer);
        }),
        new("K18", "an expired RSA certificate beside one for ECDSA", world =>
        {
            X509Certificate2 expired = LabCertificates.Rsa([Host], days: (-40, -3));
            world.Mx.CertificateByOffer = takesEcdsa => takesEcdsa ? LabCertificates.ForMx : expired;
        }),
        new("K19", "an RSA key of 1024 bits", world => Weak(world, LabCertificates.Rsa([Host], 1024))),
        new("K19", "a signature with SHA-1", world =>
        {
            Weak(world, LabCertificates.Sha1([Host], out X509Certificate2 root));
            world.Options = world.Options with { Roots = [LabCertificates.Authority, root] };
        }),
        new("K20", "nothing listens at the port", world => world.Zone.Remove(Host).Address(Host, world.At(22))),
        new("K20", "the server turns visitors away", world => world.Mx.Banner = "554 5.7.1 Go away"),
        new("K22", "the handshake is cut", world => world.Mx.InPlaceOfHandshake = CutAsync),
        new("K23", "a name of many tenants without certificate of its own", world => Certificate(world, LabCertificates.For("mx.hoster.test", "*.hoster.test"))),
        new("K24", "an issuer that may not issue", world =>
        {
            X509Certificate2 issuer = LabCertificates.Issue("Lab Leaf", [], LabCertificates.Authority);
            Certificate(world, LabCertificates.Issue("lab", [Host], issuer), issuer);
        }),
        new("K25", "a certificate that ends in four days", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-80, 4)))),
        new("K26", "more octets behind the reply to STARTTLS", world => world.Mx.StartTls = "220 2.0.0 Ready\r\n250 injected"),
        new("K27", "TLS 1.3 alone", world => world.Mx.Protocols = SslProtocols.Tls13),
        new("K20", "an endless greeting", world => world.Mx.InPlaceOfSession = EndlessAsync),
    ];

    private static void Certificate(LabWorld world, X509Certificate2 certificate, params X509Certificate2[] issuers)
    {
        world.Mx.Certificate = (_, _) => certificate;
        world.Mx.Issuers = [.. issuers];
    }

    private static void Weak(LabWorld world, X509Certificate2 certificate)
    {
        Certificate(world, certificate);
        world.Mx.AllowsWeakness = true;
    }

    private static X509Certificate2 Intermediate() =>
        LabCertificates.Issue("lab", [Host], LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true), issuerAddress: "http://aia.example.test/issuer.der");

    private static async Task CutAsync(Stream stream, CancellationToken cancellationToken) =>
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: cancellationToken);

    private static async Task EndlessAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] line = Encoding.ASCII.GetBytes("220-welcome welcome welcome\r\n");
        while (true)
            await stream.WriteAsync(line, cancellationToken);
    }
}
