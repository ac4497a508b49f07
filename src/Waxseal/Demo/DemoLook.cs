using System.Collections.Immutable;
using System.Text;
using Waxseal.Demo.Story;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;

namespace Waxseal.Demo;

/// <summary>A look at a policy domain of the story: facts as a look gathers them, as far as the story goes, judged as all are.</summary>
internal static class DemoLook
{
    private const int ElapsedMs = 840;

    /// <summary>What was left out.</summary>
    public const string Omitted = "name servers, certificates and MX hosts, which the demonstration does not have";

    /// <summary>What a look comes to.</summary>
    public static CheckResult Of(Publication published, DateTimeOffset at) => Checker.Check(FactsOf(published, at));

    /// <summary>What a look shows, to be held against others; certificates and TLSA records of the story with it.</summary>
    public static Observed ObservedIn(Publication published, CheckResult result)
    {
        Observed seen = Observed.In(result.Facts);
        IEnumerable<ObservedValue> more =
        [
            .. published.Certificates.Select(certificate => new ObservedValue(ObservedKind.Certificates, certificate.Host, certificate.Fingerprint)),
            .. published.Tlsa is null ? [] : ImmutableArray.Create(
                new ObservedValue(ObservedKind.Tlsa, $"_25._tcp.{published.MxHosts[0]}", published.Tlsa), new ObservedValue(ObservedKind.Signing, published.PolicyDomain, "signed")),
        ];
        return seen with { Values = [.. seen.Values, .. more], Certificates = published.Certificates };
    }

    private static DomainFacts FactsOf(Publication published, DateTimeOffset at) => new(
        published.PolicyDomain, at, ElapsedMs,
        new ResolverFacts(["192.0.2.53:53"], true) { VouchForSigned = true, RefuseBogus = true },
        [
            DnsWire.Txt($"_mta-sts.{published.PolicyDomain}", $"v=STSv1; id={published.PolicyId};"),
            DnsWire.Txt($"_smtp._tls.{published.PolicyDomain}", $"v=TLSRPTv1; rua=mailto:tls-reports@{published.PolicyDomain}"),
            DnsWire.Mx(published.PolicyDomain, published.MxHosts),
            DnsWire.Addresses(published.PolicyHost, "A", published.Address),
            DnsWire.Addresses(published.PolicyHost, "AAAA", published.DeadAddress),
        ],
        [],
        [ServingAddress(published), .. published.DeadAddress is { } dead ? [DeadAddress(dead)] : ImmutableArray<PolicyHostAddressFacts>.Empty],
        [])
    {
        VisitsMxHosts = false,
        Omitted = [Omitted],
    };

    private static PolicyHostAddressFacts ServingAddress(Publication published) => new(
        published.Address,
        new ConnectionFacts(18, null, null),
        [Handshake(HandshakeVariant.Usual, "TLS 1.3"), Handshake(HandshakeVariant.Tls12, "TLS 1.2"), Handshake(HandshakeVariant.Tls13, "TLS 1.3")],
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

    private static HandshakeFacts Handshake(HandshakeVariant variant, string version) => new(variant, 35)
    {
        Version = version,
        Chain = new ChainFacts(IsTrusted: true, IsForName: true, []),
    };
}
