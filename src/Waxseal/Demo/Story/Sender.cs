using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Storage.Reports;

namespace Waxseal.Demo.Story;

/// <summary>One of those who send mail in the story, and reports of it.</summary>
/// <param name="Organization">The organisation, as it calls itself in reports.</param>
/// <param name="Submitter">The domain that sends the reports.</param>
/// <param name="Contact">Its contact, a mail address.</param>
/// <param name="ReportAfter">How long after the end of a day its report comes.</param>
/// <param name="Channel">How the report comes.</param>
/// <param name="AppliesDane">Whether it goes by TLSA records where there are some.</param>
/// <param name="ReportId">The report-id of a day, a policy domain and the time of sending.</param>
internal sealed record Sender(
    string Organization, string Submitter, string Contact, TimeSpan ReportAfter, Channel Channel, bool AppliesDane, Func<DateOnly, string, DateTimeOffset, string> ReportId)
{
    public static Sender Google { get; } = new(
        "Google Inc.", "google.com", "smtp-tls-reporting@google.com", TimeSpan.FromHours(10.5), Channel.Smtp, AppliesDane: false,
        (day, policyDomain, _) => $"{Day(day)}T00:00:00Z_{policyDomain}");

    public static Sender Microsoft { get; } = new(
        "Microsoft Corporation", "microsoft.com", "tlsrpt-noreply@microsoft.com", TimeSpan.FromHours(19.5), Channel.Smtp, AppliesDane: true,
        (_, policyDomain, sentAt) => $"{sentAt.ToFileTime()}+{policyDomain}");

    public static Sender MailRu { get; } = new(
        "Mail.ru", "mail.ru", "postmaster@corp.mail.ru", TimeSpan.FromMinutes(10), Channel.Smtp, AppliesDane: false,
        (day, policyDomain, _) => $"{Day(day)}.{policyDomain}@mail.ru");

    public static Sender Comcast { get; } = new(
        "Comcast", "comcast.net", "tls-reports@comcast.net", TimeSpan.FromHours(6), Channel.Https, AppliesDane: true,
        (day, policyDomain, _) => $"comcast-{Day(day)}-{policyDomain}");

    public static Sender Mimecast { get; } = new(
        "Mimecast", "mimecast.com", "no-reply@mimecast.com", TimeSpan.FromHours(3), Channel.Smtp, AppliesDane: false,
        (day, policyDomain, _) => $"{policyDomain}.{Day(day)}.mimecast");

    /// <summary>A site of its own that runs Postfix, with reports by tlsrpt-reporter.</summary>
    public static Sender HarbourMail { get; } = new(
        "Harbour Mail", "harbourmail.example", "postmaster@harbourmail.example", TimeSpan.FromHours(1), Channel.Https, AppliesDane: true,
        (day, policyDomain, _) => $"{Day(day)}_idx1_{policyDomain}");

    public static ImmutableArray<Sender> All { get; } = [Google, Microsoft, MailRu, Comcast, Mimecast, HarbourMail];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
