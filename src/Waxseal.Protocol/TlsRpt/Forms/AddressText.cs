using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>The text form of the addresses in a report (RFC 8460 §4.4).</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Reads an address and gives its one proper form; false when the text is no address.</summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? normal)
    {
        normal = IsIPv4(text) ? text : null;
        if (normal is null && IsIPv6(text, out IPAddress? address))
            normal = address.ToString();
        return normal is not null;
    }

    // IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
    private static bool IsIPv4(ReadOnlySpan<char> text)
    {
        int octets = 0;
        foreach (Range octet in text.Split('.'))
        {
            if (++octets > 4 || !IsDecOctet(text[octet]))
                return false;
        }

        return octets == 4;
    }

    // dec-octet = 0 to 255 without leading zeros, so that nobody takes it for octal
    private static bool IsDecOctet(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0'))
            return false;

        int value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            value = (value * 10) + (digit - '0');
        }

        return value <= 255;
    }

    // The framework also reads zones, prefixes, brackets and octal tails; none of them gets as far as that.
    private static bool IsIPv6(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (!text.Contains(':') || text.ContainsAnyExcept(IPv6Characters))
            return false;
        if (text.Contains('.') && !IsIPv4(text[(text.LastIndexOf(':') + 1)..]))
            return false;

        return IPAddress.TryParse(text, out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }
}
