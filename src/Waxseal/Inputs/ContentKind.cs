using System.Buffers;
using System.Buffers.Text;
using Waxseal.Mail;

namespace Waxseal.Inputs;

/// <summary>What a file holds, told from its first bytes; names and labels do not count.</summary>
internal enum ContentKind
{
    Unknown,
    Json,
    Gzip,
    Zip,
    Base64,
    Mail,
    Mbox,
}

internal static class ContentKinds
{
    /// <summary>Bytes at the start of a file that are enough to tell; the header of a mail may be long.</summary>
    public const int HeadBytes = 64 * 1024;

    private static readonly SearchValues<byte> LineEndAndSpace = SearchValues.Create(" \t\r\n"u8);

    // Fields of which a mail as stored or exported has one at least (RFC 5322 §3.6, RFC 2045 §4).
    private static readonly string[] MailFields =
    [
        "From", "To", "Subject", "Date", "Received", "Return-Path", "Delivered-To", "Message-ID", "MIME-Version",
        "Content-Type", "DKIM-Signature", "TLS-Report-Domain",
    ];

    public static ContentKind Of(ReadOnlySpan<byte> head)
    {
        if (MboxReader.IsSeparator(head))
            return ContentKind.Mbox;
        if (OfReport(head) is var kind and not ContentKind.Unknown)
            return kind;
        if (IsBase64OfReport(head))
            return ContentKind.Base64;
        return IsMail(head) ? ContentKind.Mail : ContentKind.Unknown;
    }

    private static ContentKind OfReport(ReadOnlySpan<byte> head)
    {
        // RFC 1952 §2.3.1; APPNOTE.TXT §4.3.7; byte order marks of UTF-16.
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return ContentKind.Gzip;
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
            return ContentKind.Zip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return ContentKind.Json;
        return SkipLeading(head) is [(byte)'{' or (byte)'[', ..] ? ContentKind.Json : ContentKind.Unknown;
    }

    private static bool IsBase64OfReport(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = SkipLeading(head);
        Span<byte> decoded = stackalloc byte[6];
        return text.Length >= 8
            && Base64.DecodeFromUtf8(text[..8], decoded, out _, out int written, isFinalBlock: false) == OperationStatus.Done
            && OfReport(decoded[..written]) is not ContentKind.Unknown;
    }

    private static bool IsMail(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = SkipLeading(head);
        if (!IsField(FirstLine(rest)))
            return false;

        while (FirstLine(rest) is { Length: > 0 } line && line.IndexOfAnyExcept(LineEndAndSpace) >= 0)
        {
            if (IsMailField(line))
                return true;
            rest = rest[line.Length..];
        }

        return false;
    }

    // RFC 5322 §2.2: field-name ":" ; §4.5 allows white space before the colon.
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon > 0 && line[..colon].TrimEnd(" \t"u8).IndexOfAnyExceptInRange((byte)33, (byte)126) < 0;
    }

    private static bool IsMailField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return false;

        ReadOnlySpan<byte> name = line[..colon].TrimEnd(" \t"u8);
        foreach (string field in MailFields)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, field))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return end < 0 ? text : text[..(end + 1)];
    }

    /// <summary>What follows a byte order mark of UTF-8 and white space.</summary>
    private static ReadOnlySpan<byte> SkipLeading(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        int start = head.IndexOfAnyExcept(LineEndAndSpace);
        return start < 0 ? [] : head[start..];
    }
}
