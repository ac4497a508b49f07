using System.Text;
using Waxseal.Demo.Story;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Demo;

/// <summary>A look at a policy domain of the story: facts as a look gathers them, as far as the story goes, judged as all are.</summary>
internal static class DemoLook
{
    private const int ElapsedMs = 840;

    /// <summary>What a look comes to.</summary>
    public static CheckResult Of(Publication published, DateTimeOffset at) => Checker.Check(FactsOf(published, at));

    private static DomainFacts FactsOf(Publication published, DateTimeOffset at) => new(
        published.PolicyDomain, at, ElapsedMs,
        new ResolverFacts(["192.0.2.53:53"], true) { VouchForSigned = true, RefuseBogus = true },
        [
            DnsWire.Txt($"_mta-sts.{published.PolicyDomain}", $"v=STSv1; id={published.PolicyId};"),
            DnsWire.Txt($"_smtp._tls.{published.PolicyDomain}", $"v=TLSRPTv1; rua=mailto:tls-reports@{published.PolicyDomain}"),
            DnsWire.Mx(published.PolicyDomain, published.MxHost),
            .. DnsWire.Addresses(published.PolicyHost, published.Address, published.DeadAddress),
            .. DnsWire.Addresses(published.MxHost, published.MxAddress),
            published.Pinned is { } pinned ? DnsWire.Tlsa(published.MxHost, pinned.KeyDigest) : DnsWire.None($"_25._tcp.{published.MxHost}", "TLSA"),
        ],
        [],
        [ServingAddress(published, at), .. published.DeadAddress is { } dead ? new[] { DeadAddress(dead) } : []],
        [new MxHostFacts(published.MxHost, 10, [MxAddress(published, at)])])
    {
        Omitted = ["the name servers, which the demonstration does not have"],
    };

    private static PolicyHostAddressFacts ServingAddress(Publication published, DateTimeOffset at) => new(
        published.Address,
        new ConnectionFacts(18, null, null),
        [Handshake(HandshakeVariant.Usual, published.Certificate, at), Handshake(HandshakeVariant.Tls12, published.Certificate, at), Handshake(HandshakeVariant.Tls13, published.Certificate, at)],
        [
            new VisitFacts(null, 60)
            {
                Status = 200,
                Header = [new HeaderField("content-type", "text/plain")],
                Body = Encoding.ASCII.GetBytes(string.Concat(published.PolicyLines.Select(line => $"{line}\r\n"))),
                FirstByteMs = 40,
            },
        ]);

    private static PolicyHostAddressFacts DeadAddress(string address) => new(address, new ConnectionFacts(3, ConnectionFault.Refused, "connection refused"), [], []);

    private static MxAddressFacts MxAddress(Publication published, DateTimeOffset at) => new(
        published.MxAddress,
        new ConnectionFacts(15, null, null),
        [
            new SmtpSessionFacts(120, SmtpStep.Handshake)
            {
                Banner = $"220 {published.MxHost} ESMTP",
                BannerMs = 30,
                Ehlo = [published.MxHost, "PIPELINING", "STARTTLS", "8BITMIME"],
                OffersStartTls = true,
                StartTlsReply = "220 2.0.0 Ready to start TLS",
                Handshake = Handshake(HandshakeVariant.Usual, published.MxCertificate, at),
                EhloUnderTls = [published.MxHost, "PIPELINING", "8BITMIME"],
            },
        ]);

    private static HandshakeFacts Handshake(HandshakeVariant variant, StoryCertificate certificate, DateTimeOffset at) => new(variant, 35)
    {
        Version = variant == HandshakeVariant.Tls12 ? "TLS 1.2" : "TLS 1.3",
        Certificates = [certificate.Encoded],
        Chain = at <= certificate.NotAfter ? new ChainFacts(IsTrusted: true, IsForName: true, []) : new ChainFacts(IsTrusted: false, IsForName: true, ["NotTimeValid"]),
    };
}
