using System.Runtime.InteropServices;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>How a record that does not begin as it must was meant to begin.</summary>
/// <param name="Code">The code of the problem.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="FieldsOffset">Where the fields go on, or null when this is no such record at all.</param>
internal sealed record OpeningSlip(string Code, string Message, int? FieldsOffset);

/// <summary>Reads the version at the beginning of a TXT record, and tells the usual ways to get it wrong.</summary>
internal static class RecordOpening
{
    private static ReadOnlySpan<byte> Version => "v=STSv1"u8;

    /// <summary>The length of the version the text begins with, or 0.</summary>
    // RFC 8461 §3.1: sts-version = %s"v=STSv1"
    public static int CountVersion(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Version))
            return 0;

        // "v=STSv10" holds these bytes too, and is another version.
        ReadOnlySpan<byte> rest = text[Version.Length..];
        return rest.IsEmpty || !IsWordByte(rest[0]) ? Version.Length : 0;
    }

    /// <summary>Whether a text was probably meant to be an MTA-STS record.</summary>
    public static bool IsLookAlike(byte[] text) =>
        CountVersion(text) > 0
        || (IsEscaped(text) && IsLookAlike(Unescape(text)))
        || Explain(text).FieldsOffset is not null;

    /// <summary>Whether quotation marks or backslashes of a zone file or a web form became part of the data.</summary>
    public static bool IsEscaped(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.TrimStart(Bytes.Wsp);
        return trimmed.StartsWith("\""u8) || trimmed.StartsWith("'"u8) || trimmed.StartsWith("\\"u8)
            || trimmed.StartsWith("\u201C"u8) || trimmed.StartsWith("v=STSv1\\"u8);
    }

    /// <summary>The text without what <see cref="IsEscaped"/> finds.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> marks = "\"'\\"u8;
        var kept = new List<byte>(text.Length);
        foreach (byte octet in text)
        {
            if (octet < 0x80 && !marks.Contains(octet))
                kept.Add(octet);
        }

        return CollectionsMarshal.AsSpan(kept).Trim(Bytes.Wsp).ToArray();
    }

    public static OpeningSlip Explain(ReadOnlySpan<byte> text)
    {
        int indent = Bytes.CountWsp(text);
        ReadOnlySpan<byte> word = VersionWord(text[indent..], out int wordOffset);
        wordOffset += indent;
        if (word.IsEmpty)
            return ExplainNoVersion(text);

        int end = wordOffset + word.Length;
        if (word.SequenceEqual("STSv1"u8))
            return ExplainExact(text, indent, end);
        if (Equals(word, "STSv1"u8))
        {
            return new("sts-record-version-case",
                "The version must be exactly v=STSv1, with these capital letters.", end);
        }

        if (word.SequenceEqual("STSv1id"u8))
        {
            return new("sts-record-semicolon-missing",
                "There is no semicolon between the version and the id.", end - "id".Length);
        }

        return Equals(word[..Math.Min(3, word.Length)], "STS"u8)
            ? new("sts-record-version-unknown",
                "Sending MTAs know no version but STSv1 and ignore this record.", end)
            : NotSts;
    }

    private static OpeningSlip NotSts => new("sts-record-not-sts",
        "This is no MTA-STS record. Sending MTAs pass over it; it does no harm unless it was meant to be one.", null);

    private static OpeningSlip ExplainExact(ReadOnlySpan<byte> text, int indent, int end)
    {
        if (indent > 0)
        {
            return new("sts-record-leading-space",
                "White space stands before the version. Begin the record with v=STSv1.", end);
        }

        return text[0] == (byte)'V'
            ? new("sts-record-version-case", "The version must be exactly v=STSv1, with a small v.", end)
            : new("sts-record-version-spaced",
                "White space stands beside the equals sign of the version. Remove it.", end);
    }

    private static OpeningSlip ExplainNoVersion(ReadOnlySpan<byte> text)
    {
        if (text.Trim(Bytes.Wsp).IsEmpty)
            return new("sts-record-empty", "The record is empty.", null);

        int later = text.IndexOf(Version);
        return later > 0
            ? new("sts-record-version-not-first", "The record must begin with v=STSv1; the other fields follow.", 0)
            : NotSts;
    }

    // "v", an equals sign and a word, with white space anywhere between them.
    private static ReadOnlySpan<byte> VersionWord(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 1;
        if (text.IsEmpty || text[0] is not ((byte)'v' or (byte)'V'))
            return default;

        offset += Bytes.CountWsp(text[offset..]);
        if (!text[offset..].StartsWith("="u8))
            return default;

        offset++;
        offset += Bytes.CountWsp(text[offset..]);
        ReadOnlySpan<byte> rest = text[offset..];
        int length = 0;
        while (length < rest.Length && IsWordByte(rest[length]))
            length++;
        return rest[..length];
    }

    private static bool IsWordByte(byte octet) => char.IsAsciiLetterOrDigit((char)octet) || octet == (byte)'.';

    private static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Ascii.EqualsIgnoreCase(left, right);
}
