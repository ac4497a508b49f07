using System.Globalization;
using System.Text;

namespace Waxseal.Terminal;

/// <summary>Makes text from outside fit to be shown: nothing in it can move the cursor, hide, or turn a line round.</summary>
internal static class Printable
{
    /// <summary>The text with everything that cannot be seen as itself written out: <c>\n</c>, <c>\x1B</c>, <c>\u{202E}</c>.</summary>
    public static string Of(string text)
    {
        int first = FirstUnsafe(text);
        if (first < 0)
            return text;

        StringBuilder result = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length;)
        {
            // A lone surrogate becomes U+FFFD, which is visible.
            Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length);
            if (IsSafe(rune))
                result.Append(rune);
            else
                result.Append(Escape(rune));
            i += length;
        }

        return result.ToString();
    }

    /// <summary>How many columns of a terminal printable text takes.</summary>
    public static int ColumnsOf(string printable)
    {
        if (Ascii.IsValid(printable))
            return printable.Length;

        int columns = 0;
        foreach (Rune rune in printable.EnumerateRunes())
            columns += ColumnsOf(rune);
        return columns;
    }

    private static int FirstUnsafe(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            // Surrogates are left to the caller, who sees both halves.
            if (char.IsSurrogate(text[i]) || !IsSafe(new Rune(text[i])))
                return i;
        }

        return -1;
    }

    private static bool IsSafe(Rune rune) => rune.IsAscii
        ? rune.Value is >= 0x20 and < 0x7F
        : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < 0x80 => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}"),
    };

    private static int ColumnsOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // Unicode Standard Annex #11, the blocks of East Asian wide characters and of pictures.
    private static bool IsWide(int value) => value
        is (>= 0x1100 and <= 0x115F)
        or (>= 0x2E80 and <= 0x303E)
        or (>= 0x3041 and <= 0xA4CF)
        or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F)
        or (>= 0x1F680 and <= 0x1F6FF)
        or (>= 0x1F900 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD);
}
