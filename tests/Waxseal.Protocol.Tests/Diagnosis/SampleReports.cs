using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>The reporters of the samples, the words they use, and short ways to have their reports explained.</summary>
internal static class SampleReports
{
    public const string FetchError = "sts-policy-fetch-error";
    public const string PolicyInvalid = "sts-policy-invalid";
    public const string WebPkiInvalid = "sts-webpki-invalid";
    public const string ValidationFailure = "validation-failure";
    public const string NameMismatch = "certificate-host-mismatch";
    public const string Expired = "certificate-expired";
    public const string NotTrusted = "certificate-not-trusted";
    public const string NoStartTls = "starttls-not-supported";
    public const string TlsaInvalid = "tlsa-invalid";
    public const string DnssecInvalid = "dnssec-invalid";
    public const string DaneRequired = "dane-required";

    /// <summary>Long after all samples but those that say otherwise.</summary>
    public static readonly DateTimeOffset Later = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ImmutableArray<string> Enforced = Policy("enforce", 604_800, "mx.example.com");
    public static readonly ImmutableArray<string> Tested = Policy("testing", 86_400, "mx.example.com");

    public static readonly SampleReport Google = new("Google Inc.", "smtp-tls-reporting@google.com",
        (day, domain) => $"{Day(day)}T00:00:00Z_{domain}");

    public static readonly SampleReport Outlook = new("Microsoft Corporation", "tlsrpt-noreply@microsoft.com",
        (day, domain) => $"{EveningAfter(day).ToFileTime()}+{domain}");

    public static readonly SampleReport MailRu = new("Mail.ru", "tls_support@corp.mail.ru", (day, domain) => $"{Day(day)}-{domain}@mail.ru");

    public static readonly SampleReport Stalwart = new("mx7.stalwart.example", null,
        (day, domain) => $"{new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds()}_{domain.Length}");

    public static readonly SampleReport PostfixHouse = new("Postfix House", "postmaster@postfix.example",
        (day, domain) => $"{Day(day)}_idx1_{domain}");

    public static readonly SampleReport Halon = new("Halon Mail", "reports@halon.example", (day, _) => Day(day));

    /// <summary>mox is known by its reasons alone.</summary>
    public static readonly SampleReport Mox = Named("mox.example");

    public static SampleReport Named(string organization) =>
        new(organization, "postmaster@small.example", (day, domain) => $"{organization}/{Day(day)}/{domain}");

    public static ImmutableArray<string> Policy(string mode, int maxAge, params ImmutableArray<string> mxPatterns) =>
        ["version: STSv1", $"mode: {mode}", .. mxPatterns.Select(pattern => $"mx: {pattern}"), $"max_age: {maxAge}"];

    public static IEnumerable<SampleReport> EachDay(string first, int days, Func<string, SampleReport> report) =>
        Enumerable.Range(0, days).Select(offset =>
            report(Day(DateOnly.Parse(first, CultureInfo.InvariantCulture).AddDays(offset))));

    public static ReportLedger Ledger(params IEnumerable<SampleReport> reports)
    {
        var ledger = new ReportLedger();
        foreach (SampleReport report in reports)
            ledger.Add(report.ToEvidence());
        return ledger;
    }

    public static Explanation Explain(params IEnumerable<SampleReport> reports) =>
        Diagnostician.Explain(Ledger(reports), Later);

    /// <summary>The one finding of these reports.</summary>
    public static Finding TheFinding(params IEnumerable<SampleReport> reports) => Assert.Single(Explain(reports).Findings);

    public static Finding TheFindingAsOf(DateTimeOffset asOf, params IEnumerable<SampleReport> reports) =>
        Assert.Single(Diagnostician.Explain(Ledger(reports), asOf).Findings);

    private static DateTimeOffset EveningAfter(DateOnly day) => new(day.AddDays(1).ToDateTime(new TimeOnly(19, 27)), TimeSpan.Zero);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
