using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Smtp;

namespace Waxseal.Net.Probing;

/// <summary>How policy domains are looked at.</summary>
public sealed record ProbeOptions
{
    /// <summary>The recursive resolvers, at least one.</summary>
    public required ImmutableArray<IPEndPoint> Resolvers { get; init; }

    /// <summary>Whether these resolvers validate and the way to them is safe, so that their AD bit is believed (RFC 6698 §A.3).</summary>
    public bool TrustsResolvers { get; init; } = true;

    /// <summary>A name with an address whose signatures are known to be bogus; resolvers that validate refuse it (RFC 4035 §5.5).</summary>
    public DnsName BogusName { get; init; } = DnsName.TryParse("dnssec-failed.org", out DnsName? name) ? name : DnsName.Root;

    /// <summary>Where the chains of DNSSEC begin; the keys of the root zone but for laboratories.</summary>
    public ImmutableArray<TrustAnchor> TrustAnchors { get; init; } = TrustAnchor.Root;

    /// <summary>The roots that are trusted; empty for those of the system.</summary>
    public ImmutableArray<X509Certificate2> Roots { get; init; } = [];

    /// <summary>How long one policy domain may take in all.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one step of a visit may take: a connection, a handshake, an answer. RFC 8461 §3.3 suggests a minute in all.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one question to one name server may take.</summary>
    public TimeSpan DnsTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether policy hosts and MX hosts are visited over IPv4.</summary>
    public bool UsesIpv4 { get; init; } = true;

    /// <summary>Whether policy hosts and MX hosts are visited over IPv6.</summary>
    public bool UsesIpv6 { get; init; } = true;

    /// <summary>Whether MX hosts are visited.</summary>
    public bool VisitsMxHosts { get; init; } = true;

    /// <summary>The port of authoritative name servers; 53 but for laboratories.</summary>
    public int DnsPort { get; init; } = 53;

    /// <summary>The port of policy hosts; 443 but for laboratories.</summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>The port of MX hosts; 25 but for laboratories.</summary>
    public int SmtpPort { get; init; } = 25;

    /// <summary>How often an address of an MX host is visited again in the same way, to find nodes that differ.</summary>
    public int MxRepeats { get; init; } = 3;

    /// <summary>The name that EHLO gives (RFC 5321 §4.1.1.1).</summary>
    public string EhloName { get; init; } = EhloNames.OfThisMachine;

    /// <summary>The values of <c>User-Agent</c> to ask for the policy with; null for none.</summary>
    public ImmutableArray<string?> UserAgents { get; init; } = [null];

    /// <summary>How many questions to name servers may be under way at a time.</summary>
    public int MaxQuestions { get; init; } = 1000;

    /// <summary>Whether an address is of a family that is visited.</summary>
    internal bool Uses(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? UsesIpv6 : UsesIpv4;
}
