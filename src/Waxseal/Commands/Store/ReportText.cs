using System.Globalization;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>What is told of a stored report, for people.</summary>
internal static class ReportText
{
    private const int ShortLetters = 12;

    public static string Subject(StoredReport report) => report.Reference.PolicyDomain.Length > 0 ? report.Reference.PolicyDomain : "(no policy domain)";

    public static string Sender(StoredReport report) => report.Reporter.Length > 0 ? report.Reporter : report.Arrival.Submitter ?? "nobody knows whom";

    /// <summary>As much of the name as is alone but for the greatest chance.</summary>
    public static string ShortId(StoredReport report) => report.Reference.Id[..ShortLetters];

    /// <summary>", 2026-03-01", ", 2026-03-01 to 2026-03-02", or nothing.</summary>
    public static string Days(StoredReport report) => report.DateRange is { } range ? $", {Days(range)}" : "";

    public static string Days(ReportDateRange range) =>
        range.FirstDay == range.LastDay ? Day(range.FirstDay) : $"{Day(range.FirstDay)} to {Day(range.LastDay)}";

    /// <summary>": 5 ok, 2 failed", or nothing for what cannot be read.</summary>
    public static Styled Sessions(StoredReport report)
    {
        if (report.DateRange is null)
            return Styled.Empty;
        string failed = $"{Number(report.Failed)} failed";
        return $": {Number(report.Successful)} ok, " + (report.Failed > 0 ? Styled.Error(failed) : failed);
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
