using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>
/// Decodes JSON strings that a strict decoder throws at: cut when too long, with U+FFFD for what is no character.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Decodes a string whose escapes are known to be well formed.</summary>
    /// <param name="written">The bytes between the quotation marks.</param>
    /// <param name="isEscaped">Whether there is a backslash among them.</param>
    /// <param name="isCut">Whether the text was too long.</param>
    /// <param name="isRepaired">Whether characters had to be replaced.</param>
    public static string Decode(ReadOnlySpan<byte> written, bool isEscaped, out bool isCut, out bool isRepaired)
    {
        isCut = written.Length > ReportLimits.TextBytes;
        if (isCut)
            written = Cut(written);
        isRepaired = !Utf8.IsValid(written);
        if (!isEscaped)
            return Encoding.UTF8.GetString(written);

        Span<char> text = stackalloc char[written.Length];
        text = text[..Unescape(written, text)];
        if (isCut && text.Length > 0 && char.IsHighSurrogate(text[^1]))
            text = text[..^1];
        isRepaired |= Repair(text);
        return text.ToString();
    }

    // Cuts between two characters, not within the bytes of one.
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> written)
    {
        int end = ReportLimits.TextBytes;
        int lowest = end - 3;
        while (end > lowest && (written[end] & 0xC0) == 0x80)
            end--;
        return written[..end];
    }

    // RFC 8259 §7: char = unescaped / escape ( ... / %x75 4HEXDIG )
    private static int Unescape(ReadOnlySpan<byte> written, Span<char> text)
    {
        int length = 0;
        while (true)
        {
            int plain = written.IndexOf((byte)'\\');
            length += Encoding.UTF8.GetChars(plain < 0 ? written : written[..plain], text[length..]);
            if (plain < 0)
                return length;

            written = written[plain..];
            int taken = written.Length > 1 && written[1] == 'u' ? 6 : 2;
            if (written.Length < taken)
                return length; // Cut in the middle of an escape.

            text[length++] = Escape(written[1..taken]);
            written = written[taken..];
        }
    }

    private static char Escape(ReadOnlySpan<byte> escape) => escape[0] switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'u' => (char)ushort.Parse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        byte other => (char)other,
    };

    // RFC 7493 §2.1: no surrogates on their own. NUL is a character, but one that data bases refuse.
    private static bool Repair(Span<char> text)
    {
        bool isRepaired = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                text[i] = Replacement;
                isRepaired = true;
            }
        }

        return isRepaired;
    }
}
