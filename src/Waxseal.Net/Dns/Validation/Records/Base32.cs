namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>Octets in letters and digits, in the alphabet that keeps their order (RFC 4648 §7).</summary>
internal static class Base32
{
    private const int BitsPerDigit = 5;

    /// <summary>The octets, or null when the text is of other digits or leaves bits over.</summary>
    /// <param name="text">Digits in lower case, without padding (RFC 5155 §1.3).</param>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        byte[] octets = new byte[text.Length * BitsPerDigit / 8];
        int bits = 0;
        int count = 0;
        int written = 0;
        foreach (byte digit in text)
        {
            if (ValueOf(digit) is not { } value)
                return null;
            bits = (bits << BitsPerDigit) | value;
            count += BitsPerDigit;
            if (count >= 8)
            {
                count -= 8;
                octets[written++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return bits == 0 && count < BitsPerDigit ? octets : null;
    }

    private static int? ValueOf(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'v' => digit - 'a' + 10,
        _ => null,
    };
}
