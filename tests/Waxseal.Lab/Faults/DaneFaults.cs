using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of DANE and of DNSSEC at the MX hosts (layer L).</summary>
internal static class DaneFaults
{
    internal const string Name = "_25._tcp.mx.example.test";

    public static IEnumerable<LabFault> All =>
    [
        new("L01", "another key than that of the record", world => Publish(world, [3, 1, 1, .. new byte[31], 1])),
        new("L02", "the digest of nothing", world => Publish(world, [3, 1, 1, .. SHA256.HashData([])])),
        new("L03", "the records below the mail domain", world => Sign(world).Add("_25._tcp.example.test", DnsType.Tlsa, Right())),
        new("L04", "usage 2 of a certificate that is not sent", world => Publish(world, [2, 1, 1, .. new byte[31], 1])),
        new("L05", "usage 1", world => Publish(world, [1, 1, 1, .. Right()[3..]])),
        new("L06", "the whole certificate is named", world => Publish(world, [3, 0, 1, .. SHA256.HashData(LabCertificates.ForMx.RawData)])),
        new("L07", "one record of two is malformed", world => Publish(world, Right()).Add(Name, DnsType.Tlsa, [3, 1, 1, 1, 2, 3])),
        new("L08", "the zone is not signed", world => world.Zone.Add(Name, DnsType.Tlsa, Right())),
        new("L09", "the zone of the MX host is signed, that of the domain is not", OtherZone),
        new("L10", "the TLSA question is not answered", world =>
        {
            Sign(world);
            Func<ReceivedQuery, IEnumerable<byte[]>?> fault = query => query.Question.Type == DnsType.Tlsa ? [new DnsReply(query) { Rcode = DnsRcode.NotImp }.Edns().ToBytes()] : null;
            world.First.Fault = world.Second.Fault = fault;
            world.Resolver.Fault = query => query.Question.Type == DnsType.Tlsa ? [new DnsReply(query) { Rcode = DnsRcode.ServFail }.ToBytes()] : null;
        }),
        new("L10", "one name server drops the TLSA question", world =>
        {
            Publish(world, Right());
            world.Second.Fault = query => query.Question.Type == DnsType.Tlsa ? [] : null;
        }),
        new("L11", "the denial of TLSA records is bogus", world =>
        {
            Sign(world);
            world.Resolver.IsBogus = question => question.Type == DnsType.Tlsa;
        }),
        new("L24", "TLSA records that do not fit into UDP, and no TCP", world =>
        {
            Publish(world, Right());
            world.First.Fault = world.Second.Fault = query => TooLarge(query, DnsType.Tlsa);
            world.Resolver.Fault = query => query.Question.Type == DnsType.Tlsa ? [new DnsReply(query) { Rcode = DnsRcode.ServFail }.ToBytes()] : null;
        }),
        new("L24", "one name server whose TLSA records do not fit into UDP, and no TCP", world =>
        {
            Publish(world, Right());
            world.Second.Fault = query => TooLarge(query, DnsType.Tlsa);
        }),
        new("L24", "keys that do not fit into UDP, and no TCP", world =>
        {
            Publish(world, Right());
            world.First.Fault = world.Second.Fault = query => TooLarge(query, DnsType.Dnskey);
            DnsName apex = world.Zone.Name;
            world.Resolver.IsBogus = question => question.Name.IsAtOrBelow(apex) && question.Type != DnsType.Ds;
        }),
        new("L29", "a signature with a day left of fifteen", world =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            Sign(world).SoaSignature = (now.AddDays(-14), now.AddDays(1));
        }),
        new("L14", "the MX answer is bogus", world =>
        {
            Sign(world);
            world.Resolver.IsBogus = question => question.Type == DnsType.Mx;
        }),
        new("L15", "a zone with signatures and no DS record", world =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            world.Zone.Add(Name, DnsType.Tlsa, Right()).SoaSignature = (now.AddDays(-5), now.AddDays(9));
        }),
        new("L17", "a record for the ECDSA certificate and none for the one for RSA", world =>
        {
            Publish(world, Right());
            X509Certificate2 other = LabCertificates.Rsa(["mx.example.test"]);
            world.Mx.CertificateByOffer = takesEcdsa => takesEcdsa ? LabCertificates.ForMx : other;
        }),
        new("L18", "records without STARTTLS", world =>
        {
            Publish(world, Right());
            world.Mx.Ehlo = _ => "250 mx.example.test";
        }),
        new("L19", "an expired certificate under usage 3", world =>
        {
            X509Certificate2 expired = LabCertificates.Issue("lab", ["mx.example.test"], LabCertificates.Authority, days: (-40, -3));
            world.Mx.Certificate = (_, _) => expired;
            Publish(world, Digest(expired));
        }),
        new("L20", "usage 2 and a certificate for another name", world =>
        {
            X509Certificate2 issuer = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true);
            X509Certificate2 other = LabCertificates.Issue("lab", ["mail.other.test"], issuer);
            world.Mx.Certificate = (_, _) => other;
            world.Mx.Issuers = [issuer];
            Publish(world, [2, 0, 1, .. SHA256.HashData(issuer.RawData)]);
        }),
        new("L21", "one of two MX hosts is stale", world =>
        {
            Publish(world, Right());
            world.Policy = LabWorld.GoodPolicy.Replace("max_age", "mx: mx2.example.test\r\nmax_age", StringComparison.Ordinal);
            world.Zone.Mx(LabWorld.Domain, 20, "mx2.example.test").Address("mx2.example.test", world.At(23))
                .Add("_25._tcp.mx2.example.test", DnsType.Tlsa, [3, 1, 1, .. new byte[31], 1]);
            world.AddMx(world.At(23)).Certificate = (_, _) => LabCertificates.For("mx2.example.test");
        }),
        new("L25", "an unknown usage", world => Publish(world, [9, 1, 1, .. Right()[3..]])),
        new("L26", "an unknown selector", world => Publish(world, [3, 9, 1, .. Right()[3..]])),
        new("L27", "an unknown matching type", world => Publish(world, [3, 1, 9, .. Right()[3..]])),
        new("L28", "a digest of the wrong length", world => Publish(world, [3, 1, 1, 1, 2, 3])),
        new("C13", "the name between is denied", world =>
        {
            Publish(world, Right());
            world.Second.Fault = query => query.Question.Name.ToString() == "_tcp.mx.example.test"
                ? [new DnsReply(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Authoritative, Rcode = DnsRcode.NxDomain }.Edns().ToBytes()]
                : null;
        }),
    ];

    // RFC 2181 §9: TC, and then nothing over TCP.
    private static IEnumerable<byte[]>? TooLarge(ReceivedQuery query, DnsType type) => (query.Transport, query.Question.Type == type) switch
    {
        (DnsTransport.Tcp, _) => [],
        (_, true) => [new DnsReply(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Authoritative | DnsHeaderBits.Truncated }.Edns().ToBytes()],
        _ => null,
    };

    internal static byte[] Right() => Digest(LabCertificates.ForMx);

    private static byte[] Digest(X509Certificate2 certificate) => [3, 1, 1, .. SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())];

    private static LabZone Sign(LabWorld world)
    {
        world.Zone.IsSigned = true;
        world.Test.Add(LabWorld.Domain, DnsType.Ds, [0, 1, 13, 2, .. new byte[32]]);
        return world.Zone;
    }

    internal static LabZone Publish(LabWorld world, byte[] record) => Sign(world).Add(Name, DnsType.Tlsa, record);

    private static void OtherZone(LabWorld world)
    {
        LabZone hoster = new("hoster.test") { IsSigned = true };
        hoster.NameServers.Add("ns.hoster.test");
        LabNameServer server = new("ns.hoster.test", world.At(6));
        server.Zones.Add(hoster);
        hoster.Address("ns.hoster.test", server.Address).Address("mx.hoster.test", world.At(20)).Add("_25._tcp.mx.hoster.test", DnsType.Tlsa, Right());
        world.Test.Add("hoster.test", DnsType.Ds, [0, 1, 13, 2, .. new byte[32]]);
        world.Zones.Add(hoster);
        world.AddNameServer(server);
        X509Certificate2 certificate = LabCertificates.For("mx.hoster.test");
        world.Mx.Certificate = (_, _) => certificate;
        hoster.Remove("_25._tcp.mx.hoster.test").Add("_25._tcp.mx.hoster.test", DnsType.Tlsa, Digest(certificate));
        world.Zone.Remove(LabWorld.Domain, DnsType.Mx).Mx(LabWorld.Domain, 10, "mx.hoster.test");
        world.Policy = LabWorld.GoodPolicy.Replace("mx.example.test", "mx.hoster.test", StringComparison.Ordinal);
    }
}
