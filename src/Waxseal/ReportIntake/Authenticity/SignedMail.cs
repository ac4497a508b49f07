using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using MimeKit;
using Waxseal.Mail;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>A mail as those see it who sign it: fields, and a body that is not looked into, however it is made.</summary>
internal sealed class SignedMail : IDisposable
{
    private const int MaxFields = 1000;

    private SignedMail(ImmutableArray<Header> fields, Stream body)
    {
        Fields = fields;
        Mail = ReportMail.Of(fields);
        Message = MessageOf(fields, body);
    }

    /// <summary>The mail for MimeKit.</summary>
    public MimeMessage Message { get; }

    /// <summary>Its fields from the top.</summary>
    public ImmutableArray<Header> Fields { get; }

    /// <summary>What its header says of the report.</summary>
    public ReportMail Mail { get; }

    /// <summary>Reads a mail.</summary>
    /// <param name="bytes">The whole of it.</param>
    /// <param name="mail">The mail, to be disposed of.</param>
    /// <param name="refusal">Why it is not read, as a part of a sentence.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SignedMail? mail, [NotNullWhen(false)] out string? refusal)
    {
        mail = null;
        refusal = bytes.Length > MailLimits.Bytes ? $"the mail is larger than {MailLimits.Bytes} bytes" : null;
        if (refusal is not null)
            return false;

        int headerLength = HeaderLength(bytes.Span[..Math.Min(bytes.Length, MailLimits.HeaderBytes)]);
        if (headerLength < 0 && bytes.Length > MailLimits.HeaderBytes)
        {
            refusal = $"the header of the mail is longer than {MailLimits.HeaderBytes} bytes";
            return false;
        }

        headerLength = headerLength < 0 ? bytes.Length : headerLength;
        ImmutableArray<Header> fields = FieldsIn(bytes[..headerLength]);
        if (fields.Length is 0 or > MaxFields)
        {
            refusal = fields.IsEmpty ? "the mail has no header" : $"the header of the mail has more than {MaxFields} fields";
            return false;
        }

        mail = new(fields, StreamOf(bytes[headerLength..]));
        return true;
    }

    public void Dispose() => Message.Dispose();

    // RFC 5322 §2.1: the body follows the first empty line.
    private static int HeaderLength(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n') + 1; end > 0 && end < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes[end..];
            if (rest[0] == '\n' || rest.StartsWith("\r\n"u8))
                return end + (rest[0] == '\n' ? 1 : 2);
            int next = rest.IndexOf((byte)'\n') + 1;
            end = next == 0 ? 0 : end + next;
        }

        return -1;
    }

    private static ImmutableArray<Header> FieldsIn(ReadOnlyMemory<byte> header)
    {
        try
        {
            using MemoryStream stream = StreamOf(header);
            return [.. new MimeParser(stream, MimeFormat.Entity).ParseHeaders()];
        }
        catch (FormatException)
        {
            // MimeKit finds no header at all.
            return [];
        }
    }

    // The body is one opaque part: what is hashed is byte for byte what came, and nothing is spent on how deep it is nested.
    private static MimeMessage MessageOf(ImmutableArray<Header> fields, Stream body)
    {
        MimePart part = new();
        MimeMessage message = new() { Body = part };
        part.Headers.Clear();
        message.Headers.Clear();
        foreach (Header field in fields)
            (field.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? part.Headers : message.Headers).Add(field);
        part.Content = new MimeContent(body, part.ContentTransferEncoding);
        return message;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray());
}
