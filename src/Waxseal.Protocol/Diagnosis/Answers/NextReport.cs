using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>The report that would tell more: of which reporter, for which day, due when.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="Day">The UTC day it will speak of.</param>
/// <param name="Due">When it is made, about; null when nothing is known of the reporter's habits.</param>
/// <param name="Habit">An earlier report of the reporter whose report-id tells when it was made, or null.</param>
internal sealed record NextReport(Reporter Reporter, DateOnly Day, DateTimeOffset? Due, ReportedPolicy? Habit)
{
    // A report made later than this after the end of its day is late, and shows no habit.
    internal static readonly TimeSpan Late = TimeSpan.FromHours(30);

    /// <summary>The first report of a failing reporter that is not there yet.</summary>
    public static NextReport After(Incident incident, Reporter reporter)
    {
        ImmutableArray<ReportedPolicy> said = incident.AllOf(reporter);
        DateOnly day = incident.LastPlausible(said) is { } last ? UtcDay.Add(last, 1) : incident.Today;
        return new(reporter, day, DueFor(incident, reporter, day), LastTimely(said));
    }

    /// <summary>When the reporter makes its report of a day, or null.</summary>
    public static DateTimeOffset? DueFor(Incident incident, Reporter reporter, DateOnly day) =>
        MadeAfterDay(reporter, incident.AllOf(reporter)) is { } after ? UtcDay.AfterEndOf(day, after) : null;

    /// <summary>"about 2024-11-09 19:30 UTC", or "a day or two later" where nothing is known.</summary>
    public static string DueInWords(DateTimeOffset? due) => due is { } time ? $"about {Phrase.Time(time)}" : "a day or two later";

    // The habits of a reporter are known, and where a report-id tells its own time, they are seen.
    private static TimeSpan? MadeAfterDay(Reporter reporter, ImmutableArray<ReportedPolicy> said) =>
        LastTimely(said) is { } timed ? RoundToHalfHour(MadeAfter(timed)!.Value) : reporter.Profile.ReportAfter;

    private static ReportedPolicy? LastTimely(ImmutableArray<ReportedPolicy> said) =>
        said.LastOrDefault(policy => MadeAfter(policy) is { } after && after > TimeSpan.Zero && after < Late);

    /// <summary>How long after the end of its day a report was made; null where its report-id does not tell.</summary>
    internal static TimeSpan? MadeAfter(ReportedPolicy policy) =>
        policy.Made - UtcDay.AfterEndOf(policy.Days.Last, TimeSpan.Zero);

    private static TimeSpan RoundToHalfHour(TimeSpan span) =>
        TimeSpan.FromMinutes(30 * Math.Round(span.TotalMinutes / 30));
}
