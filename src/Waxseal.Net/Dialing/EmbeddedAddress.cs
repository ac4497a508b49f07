using System.Net;
using System.Net.Sockets;

namespace Waxseal.Net.Dialing;

/// <summary>IPv4 addresses inside IPv6 addresses.</summary>
internal static class EmbeddedAddress
{
    // Where the four octets begin in each kind; in Teredo they are inverted.
    private static readonly (IPNetwork Network, int Offset, bool IsInverted)[] Kinds =
    [
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12, false),  // RFC 6145 §2.2: translated
        (IPNetwork.Parse("64:ff9b::/96"), 12, false),     // RFC 6052 §2.1: the well-known prefix of NAT64
        (IPNetwork.Parse("2002::/16"), 2, false),         // RFC 3056 §2: 6to4
        (IPNetwork.Parse("2001::/32"), 12, true),         // RFC 4380 §4: Teredo
        (IPNetwork.Parse("::/96"), 12, false),            // RFC 4291 §2.5.5.1: compatible
    ];

    /// <summary>The IPv4 address that packets to an IPv6 address end at, or null when there is none in it.</summary>
    public static IPAddress? Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;

        // RFC 4291 §2.5.5.2. IPNetwork takes these for IPv4 addresses, so no network of IPv6 holds them.
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        foreach ((IPNetwork network, int offset, bool isInverted) in Kinds)
        {
            if (network.Contains(address))
                return Inner(address.GetAddressBytes().AsSpan(offset, 4), isInverted);
        }

        return null;
    }

    private static IPAddress Inner(Span<byte> octets, bool isInverted)
    {
        for (int i = 0; isInverted && i < octets.Length; i++)
            octets[i] ^= 0xFF;
        return new IPAddress(octets);
    }
}
