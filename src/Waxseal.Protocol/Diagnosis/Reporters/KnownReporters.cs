using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>Tells who sent a report, by organisation, contact and shape of the report-id.</summary>
public static class KnownReporters
{
    /// <summary>The profile of a sender nothing is known of.</summary>
    public static ReporterProfile Unknown { get; } = new("unknown");

    private static readonly ImmutableArray<Signature> Signatures =
    [
        new(["Google Inc.", "Google LLC"], "google.com", new("Google", new("google")
        {
            ReportAfter = TimeSpan.FromHours(10.5),
            FetchInAccessLog = "User-Agent \"Google-SMTP-STS\", from 209.85.238.0/24 (seen in 2020)",
        })),
        new(["Microsoft Corporation"], "microsoft.com", new("Microsoft", new("microsoft")
        {
            ReportAfter = TimeSpan.FromHours(19.5),
            FetchInAccessLog = "no User-Agent (\"-\"), from 2a01:111:f400::/48 or another of Microsoft's networks "
                + "(AS8075; seen in 2020)",
            FetchesWithoutUserAgent = true,
            FetchesOverIpv6 = true,
            CompletesChains = true,
        })),
        new(["Mail.ru"], "mail.ru", new("Mail.ru", new("mailru") { ReportAfter = TimeSpan.FromMinutes(10) })),
        new(["Comcast"], "comcast.net", new("Comcast", new("comcast"))),
        new(["Mimecast"], "mimecast.com", new("Mimecast", new("mimecast")
        {
            FetchInAccessLog = "User-Agent \"Mimecast MTA-STS\"",
        })),
    ];

    private static readonly ReporterProfile Stalwart = new("stalwart")
    {
        FetchInAccessLog = "User-Agent \"Stalwart/1.0.0\"",
        CallsBadCertificateFetchError = true,
        IgnoresHttpStatus = true,
    };

    private static readonly ReporterProfile Postfix = new("postfix");

    private static readonly ReporterProfile Mox = new("mox")
    {
        FetchInAccessLog = "User-Agent \"Go-http-client/1.1\"",
    };

    private static readonly ReporterProfile Halon = new("halon")
    {
        ShortFetchLimit = TimeSpan.FromSeconds(5),
        CallsBadCertificateFetchError = true,
    };

    /// <summary>The sender of a report.</summary>
    public static Reporter Identify(Report report)
    {
        string contact = ContactDomain(report.ContactInfo);
        return Known(report.OrganizationName, contact) ?? new Reporter(NameOf(report.OrganizationName, contact), BySoftware(report));
    }

    private static Reporter? Known(string? organization, string contactDomain) => Signatures.FirstOrDefault(known =>
        known.Organizations.Contains(organization ?? "", StringComparer.OrdinalIgnoreCase)
        || contactDomain == known.Contact
        || contactDomain.EndsWith("." + known.Contact, StringComparison.Ordinal))?.Reporter;

    // The name stands within sentences, so a dot at its end, as of "Inc.", is left out.
    private static string NameOf(string organization, string contactDomain) =>
        (QuotedText.OneLine(organization).TrimEnd('.', ' '), QuotedText.OneLine(contactDomain).TrimEnd('.', ' ')) switch
        {
            ({ Length: > 0 } name, _) => name,
            (_, { Length: > 0 } name) => name,
            _ => "a reporter without a name",
        };

    // Servers of many owners run the same software; the report shows which.
    private static ReporterProfile BySoftware(Report report)
    {
        if (ReportIdShapes.IsStalwart(report.ReportId) && report.ContactInfo is null)
            return Stalwart;

        // What a program alone writes tells more than the shape of an id, which others may have as well.
        return SoftwareByReason(report) switch
        {
            "mox" => Mox,
            "stalwart" => Stalwart,
            _ when ReportIdShapes.IsTlsRptReporter(report.ReportId) => Postfix,
            _ when report.OrganizationName.Contains("halon", StringComparison.OrdinalIgnoreCase) => Halon,
            _ => Unknown,
        };
    }

    private static string? SoftwareByReason(Report report) =>
        report.Policies
            .SelectMany(policy => policy.Failures)
            .Select(failure => failure.FailureReasonCode is { } reason ? StatedReasons.SoftwareOf(reason) : null)
            .FirstOrDefault(software => software is not null);

    /// <summary>What is known of a sender by its organisation and contact; of its software its reports tell more.</summary>
    /// <param name="organization">The organisation.</param>
    /// <param name="contact">The contact; null for none.</param>
    public static ReporterProfile ProfileOf(string? organization, string? contact) => Known(organization, ContactDomain(contact))?.Profile ?? Unknown;

    private static string ContactDomain(string? contact) =>
        contact?[(contact.LastIndexOf('@') + 1)..].TrimEnd('>', ' ').ToLowerInvariant() ?? "";

    private sealed record Signature(ImmutableArray<string> Organizations, string Contact, Reporter Reporter);
}
