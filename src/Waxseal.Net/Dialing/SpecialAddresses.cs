using System.Net;
using System.Net.Sockets;

namespace Waxseal.Net.Dialing;

/// <summary>The networks that are no part of the public Internet, by the registries of IANA (RFC 6890 §2.2).</summary>
internal static class SpecialAddresses
{
    private static readonly (IPNetwork Network, string Purpose)[] V4 =
    [
        Of("0.0.0.0/8", "of this network alone"),
        Of("10.0.0.0/8", "private"),
        Of("100.64.0.0/10", "shared by customers of a provider"),
        Of("127.0.0.0/8", "loopback"),
        Of("169.254.0.0/16", "link-local"),
        Of("172.16.0.0/12", "private"),
        Of("192.0.0.0/24", "reserved for protocols"),
        Of("192.0.2.0/24", "reserved for documentation"),
        Of("192.88.99.0/24", "a relay to 6to4"),
        Of("192.168.0.0/16", "private"),
        Of("198.18.0.0/15", "reserved for benchmarks"),
        Of("198.51.100.0/24", "reserved for documentation"),
        Of("203.0.113.0/24", "reserved for documentation"),
        Of("224.0.0.0/4", "multicast"),
        Of("240.0.0.0/4", "reserved"),
    ];

    // RFC 4291 §2.4: global unicast is 2000::/3 today; what IPv4 addresses are put into is judged by the address inside.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly (IPNetwork Network, string Purpose)[] V6 =
    [
        Of("::/128", "unspecified"),
        Of("::1/128", "loopback"),
        Of("64:ff9b:1::/48", "for translation within a network"),
        Of("100::/64", "for discarding"),
        Of("2001:2::/48", "reserved for benchmarks"),
        Of("2001:10::/28", "no address but a hash"),
        Of("2001:20::/28", "no address but a hash"),
        Of("2001:db8::/32", "reserved for documentation"),
        Of("3fff::/20", "reserved for documentation"),
        Of("5f00::/16", "for segment routing"),
        Of("fc00::/7", "private"),
        Of("fe80::/10", "link-local"),
        Of("fec0::/10", "site-local"),
        Of("ff00::/8", "multicast"),
    ];

    /// <summary>What an address is instead of public, or null when it is public.</summary>
    public static string? PurposeOf(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return PurposeIn(V4, address);
        if (address.IsIPv4MappedToIPv6)
            return null;
        if (PurposeIn(V6, address) is { } purpose)
            return purpose;
        return GlobalUnicast.Contains(address) || EmbeddedAddress.Of(address) is not null ? null : "reserved";
    }

    private static string? PurposeIn((IPNetwork Network, string Purpose)[] table, IPAddress address) =>
        Array.Find(table, entry => entry.Network.Contains(address)).Purpose;

    private static (IPNetwork Network, string Purpose) Of(string network, string purpose) =>
        (IPNetwork.Parse(network), purpose);
}
