using System.Globalization;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>The report that would tell more: of which reporter, for which day, due when.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="Day">The UTC day it will speak of.</param>
/// <param name="Due">When it is made, about; null when nothing is known of the reporter's habits.</param>
/// <param name="Habit">An earlier report of the reporter whose report-id tells when it was made, or null.</param>
internal sealed record NextReport(Reporter Reporter, DateOnly Day, DateTimeOffset? Due, ReportedPolicy? Habit)
{
    /// <summary>The first report of a failing reporter that is not there yet.</summary>
    public static NextReport After(Incident incident, Reporter reporter)
    {
        ReportedPolicy[] said = [.. incident.All.Where(policy => policy.Reporter == reporter)];
        DateOnly day = said.Max(policy => policy.Days.Last).AddDays(1);
        return new(
            reporter,
            day,
            MadeAfterDay(reporter, said) is { } after ? MidnightAfter(day) + after : null,
            said.LastOrDefault(policy => policy.Made is not null));
    }

    /// <summary>When the reporter makes its report of a day, or null.</summary>
    public static DateTimeOffset? DueFor(Incident incident, Reporter reporter, DateOnly day) =>
        MadeAfterDay(reporter, [.. incident.All.Where(policy => policy.Reporter == reporter)]) is { } after
            ? MidnightAfter(day) + after
            : null;

    /// <summary>"about 2024-11-09 19:30 UTC", or "within two days" where nothing is known.</summary>
    public static string DueInWords(DateTimeOffset? due) =>
        due is { } time
            ? $"about {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
            : "a day or two later";

    // The habits of a reporter are known, and where a report-id tells its own time, they are seen.
    private static TimeSpan? MadeAfterDay(Reporter reporter, ReportedPolicy[] said)
    {
        ReportedPolicy? timed = said.LastOrDefault(policy => policy.Made is not null);
        TimeSpan? seen = timed?.Made - (timed is null ? null : MidnightAfter(timed.Days.Last));
        return seen is { } span && span > TimeSpan.Zero && span < TimeSpan.FromHours(30)
            ? RoundToHalfHour(span)
            : reporter.Profile.ReportAfter;
    }

    private static TimeSpan RoundToHalfHour(TimeSpan span) =>
        TimeSpan.FromMinutes(30 * Math.Round(span.TotalMinutes / 30));

    private static DateTimeOffset MidnightAfter(DateOnly day) =>
        new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
