namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>The form of a TLSA record in <c>policy-string</c> (RFC 8460 §4.5).</summary>
internal static class TlsaText
{
    // RFC 6698 §2.2: certificate usage, selector, matching type, certificate association data in hexadecimal;
    // RFC 8460 §4.5: single spaces, no spaces or parentheses within the data.
    public static bool IsTlsa(ReadOnlySpan<char> text)
    {
        int field = 0;
        foreach (Range range in text.Split(' '))
        {
            if (!(field < 3 ? IsOctet(text[range]) : IsHex(text[range])))
                return false;
            field++;
        }

        return field == 4;
    }

    private static bool IsOctet(ReadOnlySpan<char> text)
    {
        int value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit) || value > byte.MaxValue)
                return false;
            value = (value * 10) + (digit - '0');
        }

        return !text.IsEmpty && value <= byte.MaxValue;
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
        }

        return !text.IsEmpty && text.Length % 2 == 0;
    }
}
