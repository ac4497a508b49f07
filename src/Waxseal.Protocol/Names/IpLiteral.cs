namespace Waxseal.Protocol.Names;

/// <summary>The addresses that a URI writes in brackets.</summary>
internal static class IpLiteral
{
    // RFC 3986 §3.2.2: IP-literal = "[" ( IPv6address / IPvFuture ) "]"
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] is (byte)'v' or (byte)'V' ? IsFuture(text) : IsVersion6(text));

    // RFC 3986 §3.2.2: IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
    private static bool IsFuture(ReadOnlySpan<byte> text)
    {
        int dot = text.IndexOf((byte)'.');
        if (dot < 2 || dot == text.Length - 1 || !IsHex(text[1..dot]))
            return false;

        foreach (byte b in text[(dot + 1)..])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && !"-._~!$&'()*+,;=:"u8.Contains(b))
                return false;
        }

        return true;
    }

    // RFC 3986 §3.2.2: IPv6address has eight groups; the last two may be an IPv4address, and "::" stands for one or
    // more groups, once.
    private static bool IsVersion6(ReadOnlySpan<byte> text)
    {
        bool isShortened = text.StartsWith("::"u8);
        int offset = isShortened ? 2 : 0;
        int groups = 0;
        while (offset < text.Length)
        {
            ReadOnlySpan<byte> rest = text[offset..];
            int colon = rest.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? rest : rest[..colon];
            groups += GroupsOf(group, isLast: colon < 0);
            if (groups > 8)
                return false;
            if (colon < 0)
                break;

            offset += colon + 1;
            if (offset == text.Length)
                return false;
            if (text[offset] == ':')
            {
                if (isShortened)
                    return false;
                isShortened = true;
                offset++;
            }
        }

        return isShortened ? groups < 8 : groups == 8;
    }

    private static int GroupsOf(ReadOnlySpan<byte> group, bool isLast)
    {
        const int None = 9;
        if (group.Length is >= 1 and <= 4 && IsHex(group))
            return 1;
        return isLast && IsVersion4(group) ? 2 : None;
    }

    // RFC 3986 §3.2.2: IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
    private static bool IsVersion4(ReadOnlySpan<byte> text)
    {
        int octets = 0;
        foreach (Range range in text.Split((byte)'.'))
        {
            if (++octets > 4 || !IsDecOctet(text[range]))
                return false;
        }

        return octets == 4;
    }

    // RFC 3986 §3.2.2: dec-octet is 0 to 255 without leading zeros.
    private static bool IsDecOctet(ReadOnlySpan<byte> text) =>
        text.Length is >= 1 and <= 3
        && (text.Length == 1 || text[0] != '0')
        && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && byte.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!char.IsAsciiHexDigit((char)b))
                return false;
        }

        return true;
    }
}
