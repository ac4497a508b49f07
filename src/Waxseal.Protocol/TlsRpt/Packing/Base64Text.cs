using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Decodes base64 (RFC 4648 §4) as mail programs leave it: with line breaks, strays and without padding.</summary>
internal static class Base64Text
{
    private const byte Padding = (byte)'=';
    private const int NoDigit = -1;

    /// <summary>Decodes the first bytes, as far as they are base64 without faults.</summary>
    /// <returns>How many bytes were decoded.</returns>
    public static int DecodeSample(ReadOnlySpan<byte> text, Span<byte> sample)
    {
        var bits = new BitCollector();
        int length = 0;
        foreach (byte character in text)
        {
            int digit = DigitOf(character);
            if (length == sample.Length || (digit == NoDigit && !IsWhiteSpace(character)))
                break;
            if (digit != NoDigit && bits.Push(digit, out byte decoded))
                sample[length++] = decoded;
        }

        return length;
    }

    // Deviation: RFC 4648 §3.3 has characters outside the alphabet refused; RFC 2045 §6.8 has them ignored, and reports
    // that a strict decoder refuses have been sent.
    public static void Decode(Layer layer, Unpacker unpacker)
    {
        ReadOnlySpan<byte> text = layer.Bytes.Span;
        byte[] decoded = new byte[(text.Length / 4 * 3) + 3];
        var bits = new BitCollector();
        int length = 0;
        int digits = 0;
        int firstFault = -1;
        int end = text.IndexOf(Padding);
        ReadOnlySpan<byte> body = end < 0 ? text : text[..end];
        for (int i = 0; i < body.Length; i++)
        {
            int digit = DigitOf(body[i]);
            if (digit != NoDigit)
            {
                digits++;
                if (bits.Push(digit, out byte next))
                    decoded[length++] = next;
            }
            else if (firstFault < 0 && !IsWhiteSpace(body[i]))
            {
                firstFault = i;
            }
        }

        if (firstFault < 0 && !IsPadding(text[body.Length..], digits))
            firstFault = body.Length;
        if (firstFault >= 0)
            unpacker.Note(PackingDefects.Base64Faults, firstFault);
        unpacker.Add(layer, decoded.AsMemory(0, length));
    }

    // RFC 4648 §4: as many as make the number of characters a multiple of four, and nothing after them
    private static bool IsPadding(ReadOnlySpan<byte> rest, int digits)
    {
        int count = 0;
        foreach (byte character in rest)
        {
            if (character == Padding)
                count++;
            else if (!IsWhiteSpace(character))
                return false;
        }

        return count == (4 - (digits % 4)) % 4;
    }

    // RFC 4648 §4, table 1
    private static int DigitOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => NoDigit,
    };

    private static bool IsWhiteSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>Makes bytes of groups of six bits.</summary>
    private struct BitCollector
    {
        private uint _bits;
        private int _count;

        public bool Push(int sixBits, out byte next)
        {
            _bits = (_bits << 6) | (uint)sixBits;
            _count += 6;
            if (_count < 8)
            {
                next = 0;
                return false;
            }

            _count -= 8;
            next = (byte)(_bits >> _count);
            return true;
        }
    }
}
