using System.Text;

namespace Waxseal.Access.Secrets;

/// <summary>Octets in letters and digits that people can type (RFC 4648 §6), without padding.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerDigit = 5;

    public static string Encode(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new();
        int bits = 0, count = 0;
        foreach (byte octet in octets)
        {
            bits = (bits << 8) | octet;
            for (count += 8; count >= BitsPerDigit; count -= BitsPerDigit)
                text.Append(Alphabet[(bits >> (count - BitsPerDigit)) & 31]);
            bits &= (1 << count) - 1;
        }

        return count == 0 ? text.ToString() : text.Append(Alphabet[(bits << (BitsPerDigit - count)) & 31]).ToString();
    }

    /// <summary>The octets; null when the text has other digits.</summary>
    public static byte[]? Decode(string text)
    {
        byte[] octets = new byte[text.Length * BitsPerDigit / 8];
        int bits = 0, count = 0, written = 0;
        foreach (char digit in text)
        {
            if (Alphabet.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal) is not (>= 0 and var value))
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

        return octets;
    }
}
