using MimeKit;
using MimeKit.Encodings;
using MimeKit.Utils;

namespace Waxseal.Mail;

/// <summary>A leaf of the tree of parts of a mail.</summary>
/// <param name="MediaType">Its media type, lower case.</param>
/// <param name="FileName">Its file name, or null.</param>
/// <param name="TransferEncoding">How its content is written.</param>
/// <param name="Content">Its content as written.</param>
/// <param name="Mail">The innermost mail it belongs to.</param>
internal sealed record MailPart(
    string MediaType, string? FileName, ContentEncoding TransferEncoding, ReadOnlyMemory<byte> Content, ReportMail Mail)
{
    public static MailPart Of(List<Header> headers, ReadOnlyMemory<byte> content, ReportMail mail)
    {
        // Deviation: RFC 2045 §5 writes Content-Type; a mail gateway writes ContentType (tests/corpus/intake/contenttype.eml).
        Header? typeField = Find(headers, "Content-Type") ?? Find(headers, "ContentType");
        _ = ContentType.TryParse(typeField?.RawValue ?? [], out ContentType? type);
        _ = ContentDisposition.TryParse(Find(headers, "Content-Disposition")?.RawValue ?? [], out ContentDisposition? disposition);
        _ = MimeUtils.TryParse(Find(headers, "Content-Transfer-Encoding")?.Value ?? "", out ContentEncoding encoding);

        // RFC 2045 §5.2: without a type it is plain text.
        string mediaType = type?.MimeType.ToLowerInvariant() ?? "text/plain";
        string? fileName = NonEmpty(disposition?.FileName) ?? NonEmpty(type?.Name);
        return new MailPart(mediaType, fileName, encoding, content, mail);
    }

    /// <summary>The content without its transfer encoding (RFC 2045 §6). Faults in it are passed over.</summary>
    public ReadOnlyMemory<byte> Decode() => TransferEncoding switch
    {
        // The decoder holds the last bytes back when their padding is missing; more of it does no harm where it is not.
        ContentEncoding.Base64 => Decode(new Base64Decoder(), [.. Content.Span, .. "=="u8]),
        ContentEncoding.QuotedPrintable => Decode(new QuotedPrintableDecoder(), Content.ToArray()),
        _ => Content,
    };

    /// <summary>How the part is named to people.</summary>
    public override string ToString() => FileName is null ? MediaType : $"{MediaType} ({FileName})";

    private static ReadOnlyMemory<byte> Decode(IMimeDecoder decoder, byte[] input)
    {
        byte[] output = new byte[decoder.EstimateOutputLength(input.Length)];
        int length = decoder.Decode(input, 0, input.Length, output);
        return output.AsMemory(0, length);
    }

    private static Header? Find(List<Header> headers, string name) =>
        headers.Find(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
