using System.Buffers;

namespace Waxseal.Protocol.Parsing;

/// <summary>The sets of bytes that the grammars of MTA-STS and TLS-RPT are made of.</summary>
internal static class Bytes
{
    // RFC 8461 §3.1, §3.2, RFC 8460 §3: ALPHA / DIGIT / "_" / "-" / "."
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private const int MaxNameLength = 32;

    // RFC 5234 §B.1: WSP = SP / HTAB
    public static ReadOnlySpan<byte> Wsp => " \t"u8;

    /// <summary>How many bytes of white space the text begins with.</summary>
    public static int CountWsp(ReadOnlySpan<byte> text) => CountOf(text, text.IndexOfAnyExcept((byte)' ', (byte)'\t'));

    /// <summary>How many bytes of a field name the text begins with; 0 when it begins with none.</summary>
    // RFC 8461 §3.1, §3.2, RFC 8460 §3: (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
    public static int CountName(ReadOnlySpan<byte> text)
    {
        int length = CountOf(text, text.IndexOfAnyExcept(NameBytes));
        return length is > 0 and <= MaxNameLength && char.IsAsciiLetterOrDigit((char)text[0]) ? length : 0;
    }

    /// <summary>Whether the whole text is a field name.</summary>
    public static bool IsName(ReadOnlySpan<byte> text) => !text.IsEmpty && CountName(text) == text.Length;

    /// <summary>Whether the whole text can be the value of an extension field of a TXT record.</summary>
    // RFC 8461 §3.1, RFC 8460 §3: 1*(%x21-3A / %x3C / %x3E-7E)
    public static bool IsRecordValue(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !text.ContainsAny(";="u8);

    /// <summary>The length before an index, where -1 stands for the end.</summary>
    public static int CountOf(ReadOnlySpan<byte> text, int index) => index < 0 ? text.Length : index;
}
