using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of TLS at the policy host and of its certificate (layers E and F).</summary>
internal static class TlsFaults
{
    private const string Host = LabWorld.Host;

    public static IEnumerable<LabFault> All =>
    [
#pragma warning disable CA5397, SYSLIB0039 // The laboratory has a server that is out of date.
        new("E01", "TLS 1.1 alone", world => Every(world, server => server.Protocols = SslProtocols.Tls11)),
#pragma warning restore CA5397, SYSLIB0039
        new("E02", "TLS 1.3 alone", world => Every(world, server => server.Protocols = SslProtocols.Tls13)),
        new("E03", "one rare cipher suite", world => Every(world, RareSuite)),
        new("E04", "the server name is unknown", world => Every(world, server => server.Connected = AlertUnrecognizedName)),
        new("E05", "another certificate without server name", world => Every(world, server =>
            server.Certificate = name => name.Length == 0 ? LabCertificates.For("default.test") : LabCertificates.ForHost)),
        new("E06", "a client certificate is asked for", world => Every(world, server =>
        {
            server.AsksForCertificate = true;
            server.Answer = _ => LabWebServer.Response(400, "No required SSL certificate was sent", "text/html");
        })),
        new("E08", "an RSA key of 1024 bits", world => Weak(world, LabCertificates.Rsa([Host], 1024))),
        new("E08", "a signature with SHA-1", world =>
        {
            Weak(world, LabCertificates.Sha1([Host], out X509Certificate2 root));
            world.Options = world.Options with { Roots = [LabCertificates.Authority, root] };
        }),
        new("E09", "a device that takes no ClientHello of more than one packet", world => Every(world, server => server.Connected = OnePacketAsync)),
        new("E11", "the connection is cut in the handshake", world => Every(world, server => server.Connected = Cut)),
        new("E12", "a filter that cuts off the usual ClientHello and lets another pass", world => Every(world, server => server.Connected = FilterAsync)),
        new("E13", "no TLS at the port", world => Every(world, server => server.Connected = PlainHttp)),
        new("F01", "a certificate for another name", world => Certificate(world, LabCertificates.For("www.example.test"))),
        new("F02", "an expired certificate", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-40, -3)))),
        new("F03", "a self-signed certificate", world => Certificate(world, LabCertificates.Issue("lab", [Host], null))),
        new("F03", "a certificate of a private CA", world => Certificate(world, PrivateCa(out X509Certificate2 root), root)),
        new("F04", "no intermediate certificate", world => Certificate(world, Intermediate(out _))),
        new("F05", "an expired intermediate certificate", world => Certificate(world, ExpiredIntermediate(out X509Certificate2 issuer), issuer)),
        new("F06", "a certificate of a CA that is not among the roots here", world => Certificate(world, PrivateCa(out X509Certificate2 root), root)),
        new("F08", "a wildcard for the domain above", world => Certificate(world, LabCertificates.For("*.test"))),
        new("F09", "the name as common name alone", world => Certificate(world, LabCertificates.Issue(Host, [], LabCertificates.Authority))),
        new("F11", "a certificate of next week", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (5, 30)))),
        new("F12", "one of two addresses has an old certificate", world =>
        {
            world.Zone.Address(Host, world.At(11));
            world.AddWeb(world.At(11)).Certificate = _ => LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-40, -3));
        }),
        new("F13", "CAA records that forbid the issuer", world =>
        {
            X509Certificate2 authority = LabCertificates.Issue("Let's Encrypt Lab", [], issuer: null, isAuthority: true);
            Certificate(world, LabCertificates.Issue("lab", [Host], authority));
            world.Options = world.Options with { Roots = [authority] };
            world.Zone.Add(LabWorld.Domain, Net.Dns.DnsType.Caa, [0, 5, .. "issue"u8, .. "digicert.com"u8]);
        }),
        new("F15", "an origin certificate of a CDN", world => Certificate(world, OriginCertificate())),
        new("F16", "an issuer that may not issue", world => Certificate(world, NoAuthority(out X509Certificate2 issuer), issuer)),
        new("F17", "a certificate that ends in four days", world => Certificate(world, LabCertificates.Issue("lab", [Host], LabCertificates.Authority, days: (-80, 4)))),
        new("E10", "a certificate that demands a staple", world => Certificate(world, LabCertificates.MustStaple(Host))),
        new("G14", "another certificate over IPv6", world => world.Web6.Certificate = _ => LabCertificates.For("default.test")),
    ];

    private static void Every(LabWorld world, Action<LabWebServer> change)
    {
        foreach (LabWebServer server in world.WebServers)
            change(server);
    }

    private static void Certificate(LabWorld world, X509Certificate2 certificate, params X509Certificate2[] issuers) => Every(world, server =>
    {
        server.Certificate = _ => certificate;
        server.Issuers = [.. issuers];
    });

    private static void Weak(LabWorld world, X509Certificate2 certificate)
    {
        Certificate(world, certificate);
        Every(world, server => server.AllowsWeakness = true);
    }

    private static void RareSuite(LabWebServer server)
    {
        server.Protocols = SslProtocols.Tls12;
        if (OperatingSystem.IsLinux())
            server.CipherSuites = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8]);
    }

    // RFC 8446 §6: a fatal alert, number 112.
    private static async Task<bool> AlertUnrecognizedName(Stream stream, CancellationToken cancellationToken)
    {
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: cancellationToken);
        await stream.WriteAsync((byte[])[21, 3, 3, 0, 2, 2, 112], cancellationToken);
        return false;
    }

    private static async Task<bool> Cut(Stream stream, CancellationToken cancellationToken)
    {
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: cancellationToken);
        return false;
    }

    // A ClientHello that offers TLS 1.3 has the number of the extension with its versions in it (RFC 8446 §4.2.1).
    private static async Task<bool> FilterAsync(System.Net.Sockets.NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] hello = new byte[4096];
        int length = await stream.Socket.ReceiveAsync(hello, System.Net.Sockets.SocketFlags.Peek, cancellationToken);
        return hello.AsSpan(0, length).IndexOf((ReadOnlySpan<byte>)[0, 43, 0]) < 0;
    }

    // RFC 8446 §5.1: the length of the record stands in its header, which is looked at and left in place.
    private static async Task<bool> OnePacketAsync(System.Net.Sockets.NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[5];
        while (await stream.Socket.ReceiveAsync(header, System.Net.Sockets.SocketFlags.Peek, cancellationToken) is > 0 and < 5)
            await Task.Delay(5, cancellationToken);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3)) <= 1500;
    }

    private static async Task<bool> PlainHttp(Stream stream, CancellationToken cancellationToken)
    {
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: cancellationToken);
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        return false;
    }

    private static X509Certificate2 PrivateCa(out X509Certificate2 root)
    {
        root = LabCertificates.Issue("Private Root", [], issuer: null, isAuthority: true);
        return LabCertificates.Issue("lab", [Host], root);
    }

    private static X509Certificate2 Intermediate(out X509Certificate2 issuer)
    {
        issuer = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true);
        return LabCertificates.Issue("lab", [Host], issuer, issuerAddress: "http://aia.example.test/issuer.der");
    }

    private static X509Certificate2 ExpiredIntermediate(out X509Certificate2 issuer)
    {
        issuer = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true, days: (-60, -2));
        return LabCertificates.Issue("lab", [Host], issuer);
    }

    private static X509Certificate2 NoAuthority(out X509Certificate2 issuer)
    {
        issuer = LabCertificates.Issue("Lab Leaf", [], LabCertificates.Authority);
        return LabCertificates.Issue("lab", [Host], issuer);
    }

    private static X509Certificate2 OriginCertificate() =>
        LabCertificates.Issue("lab", [Host], LabCertificates.Issue("CloudFlare Origin SSL Certificate Authority", [], issuer: null, isAuthority: true));
}
