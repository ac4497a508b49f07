using System.Collections.Immutable;
using MimeKit;
using MimeKit.Utils;

namespace Waxseal.Mail;

/// <summary>What the header of a report mail says. Nothing of it is verified.</summary>
internal sealed record ReportMail
{
    // More signatures than any mail needs; the rest is noise.
    private const int MaxSignatures = 10;

    /// <summary>The address in <c>From</c>, or null.</summary>
    public string? From { get; init; }

    /// <summary>The <c>d=</c> domains of all DKIM signatures, lower case, in the order of the header (RFC 6376 §3.5).</summary>
    public ImmutableArray<string> DkimDomains { get; init; } = [];

    /// <summary><c>TLS-Report-Domain</c>, the policy domain (RFC 8460 §5.3), or null.</summary>
    public string? TlsReportDomain { get; init; }

    /// <summary><c>TLS-Report-Submitter</c>, the domain that sends the report (RFC 8460 §5.3), or null.</summary>
    public string? TlsReportSubmitter { get; init; }

    /// <summary>The bytes of the mail, as it came or lies in another mail; empty when only its header was read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Whether it lies in another mail.</summary>
    public bool IsEnclosed { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Date { get; init; }

    public static ReportMail Of(IReadOnlyList<Header> headers) => new()
    {
        From = FirstAddress(Find(headers, "From")),
        DkimDomains = [.. DomainsOf(headers).Distinct()],
        TlsReportDomain = TextOf(Find(headers, "TLS-Report-Domain")),
        TlsReportSubmitter = TextOf(Find(headers, "TLS-Report-Submitter")),
        Subject = TextOf(Find(headers, "Subject")),
        Date = Find(headers, "Date") is { } field && DateUtils.TryParse(field.RawValue, out DateTimeOffset date) ? date : null,
    };

    // A field too long to be decoded in reasonable time is taken as absent.
    private static Header? Find(IReadOnlyList<Header> headers, string name) => headers.FirstOrDefault(header =>
        header.Field.Equals(name, StringComparison.OrdinalIgnoreCase) && header.RawValue.Length <= MailLimits.FieldBytes);

    private static string? TextOf(Header? header) => header?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static string? FirstAddress(Header? header) =>
        header is not null && InternetAddressList.TryParse(header.RawValue, out InternetAddressList? addresses)
            ? addresses.Mailboxes.FirstOrDefault()?.Address
            : null;

    private static IEnumerable<string> DomainsOf(IReadOnlyList<Header> headers) => headers
        .Where(header => header.Id == HeaderId.DkimSignature && header.RawValue.Length <= MailLimits.FieldBytes)
        .Take(MaxSignatures)
        .Select(header => DomainOf(header.Value))
        .OfType<string>();

    // RFC 6376 §3.2: tag-list = tag-spec *( ";" tag-spec ) [ ";" ], tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    private static string? DomainOf(string signature)
    {
        foreach (string tag in signature.Split(';'))
        {
            string[] parts = tag.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["d", { Length: > 0 } value])
                return value.ToLowerInvariant();
        }

        return null;
    }
}
