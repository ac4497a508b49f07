using System.Globalization;
using System.Text;

namespace Waxseal.Net.Dns;

/// <summary>Names in the form of zone files (RFC 1035 §5.1).</summary>
internal static class PresentationName
{
    /// <summary>Reads a name into its form on the wire.</summary>
    /// <param name="text">The name.</param>
    /// <param name="wire">Where the octets go.</param>
    /// <returns>How many octets there are, or 0 when the text is no name or has too many.</returns>
    public static int Read(string text, Span<byte> wire)
    {
        int start = 0;
        int end = 1;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '.')
            {
                if (!TryCloseLabel(wire, start, end))
                    return 0;
                start = end++;
                i++;
                continue;
            }

            if (end >= wire.Length || !TryReadOctet(text, ref i, out wire[end++]))
                return 0;
        }

        // The dot of the root may be there or not.
        if (end == start + 1)
        {
            wire[start] = 0;
            return start == 0 ? 0 : end;
        }

        if (end >= wire.Length || !TryCloseLabel(wire, start, end))
            return 0;
        wire[end] = 0;
        return end + 1;
    }

    /// <summary>Writes a name that ends with the root.</summary>
    public static string Write(ReadOnlySpan<byte> wire)
    {
        if (wire.Length == 1)
            return ".";

        StringBuilder text = new(wire.Length);
        for (int i = 0; wire[i] != 0; i += wire[i] + 1)
        {
            if (i > 0)
                text.Append('.');
            foreach (byte octet in wire.Slice(i + 1, wire[i]))
                Append(text, octet);
        }

        return text.ToString();
    }

    private static bool TryCloseLabel(Span<byte> wire, int start, int end)
    {
        int length = end - start - 1;
        if (length is 0 or > DnsName.MaxLabelLength || end >= wire.Length)
            return false;
        wire[start] = (byte)length;
        return true;
    }

    private static bool TryReadOctet(string text, ref int i, out byte octet)
    {
        octet = (byte)text[i];
        if (!char.IsAscii(text[i]))
            return false;
        if (text[i++] != '\\')
            return true;
        if (i == text.Length)
            return false;
        if (!char.IsAsciiDigit(text[i]))
        {
            octet = (byte)text[i];
            return char.IsAscii(text[i++]);
        }

        bool isOctet = i + 3 <= text.Length
            && byte.TryParse(text.AsSpan(i, 3), NumberStyles.None, CultureInfo.InvariantCulture, out octet);
        i += 3;
        return isOctet;
    }

    private static void Append(StringBuilder text, byte octet)
    {
        if (octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$')
            text.Append('\\').Append((char)octet);
        else if (octet is > 0x20 and < 0x7F)
            text.Append((char)octet);
        else
            text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
    }
}
