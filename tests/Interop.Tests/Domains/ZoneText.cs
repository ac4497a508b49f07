using Interop.Tests.Network;

namespace Interop.Tests.Domains;

/// <summary>Writes zone files (RFC 1035 §5).</summary>
internal static class ZoneText
{
    /// <summary>The addresses of the name servers, in the zone they lie in and as glue above it.</summary>
    public static string[] NameServerAddresses(string below = "") =>
    [
        .. AddressLines($"ns1{below}", [Addresses.First, Addresses.First6]),
        .. AddressLines($"ns2{below}", [Addresses.Second, Addresses.Second6]),
        .. AddressLines($"ns3{below}", [Addresses.WithoutTcp]),
    ];

    public static string Of(string zone, string[] nameServers, IEnumerable<string> records) => string.Join('\n',
    [
        $"$ORIGIN {zone.TrimEnd('.')}.",
        "$TTL 3600",
        $"@ SOA {nameServers[0]}. hostmaster.example.test. 1 3600 600 1209600 3600",
        .. nameServers.Select(server => $"@ NS {server}."),
        .. records,
        "",
    ]);

    public static IEnumerable<string> AddressLines(string owner, string[] addresses) =>
        addresses.Select(address => $"{owner} {(Addresses.IsIpv6(address) ? "AAAA" : "A")} {address}");
}
