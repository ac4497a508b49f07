using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>Turns counts, days and names into words.</summary>
internal static class Phrase
{
    // So many days are named one by one; more become first and last.
    private const int DaysNamed = 3;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Days(ImmutableArray<ReportedDays> days) =>
        days.Length <= DaysNamed
            ? List([.. days.Select(day => day.ToString())])
            : $"{days.Length} days from {Day(days[0].First)} to {Day(days.Max(day => day.Last))}";

    public static string Sessions(long count) => count == 1 ? "1 session" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} sessions";

    public static string Names(IEnumerable<Reporter> reporters) => List([.. reporters.Select(reporter => reporter.Name)]);

    /// <summary>"a", "a and b", "a, b and c"; after five names the rest is counted.</summary>
    public static string List(ImmutableArray<string> words) => words.Length switch
    {
        0 => "",
        1 => words[0],
        <= 6 => $"{string.Join(", ", words[..^1])} and {words[^1]}",
        _ => $"{string.Join(", ", words[..5])} and {words.Length - 5} others",
    };

    public static string Percent(double share) => share switch
    {
        < 0.01 => "<1 %",
        _ => $"{Math.Round(share * 100).ToString(CultureInfo.InvariantCulture)} %",
    };

    /// <summary>A duration in the largest whole unit: "1 day", "12 hours", "300 s".</summary>
    public static string Duration(TimeSpan time)
    {
        if (time.TotalDays >= 1 && time.Ticks % TimeSpan.TicksPerDay == 0)
            return time.TotalDays == 1 ? "1 day" : $"{time.TotalDays.ToString("0", CultureInfo.InvariantCulture)} days";
        if (time.TotalHours >= 1 && time.Ticks % TimeSpan.TicksPerHour == 0)
            return time.TotalHours == 1 ? "1 hour" : $"{time.TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours";
        return $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s";
    }

    /// <summary>The policy domain to put into a sentence.</summary>
    public static string PolicyDomain(Incident incident) =>
        incident.PolicyDomain.Length > 0 ? incident.PolicyDomain : "the policy domain";

    /// <summary>A cause of the catalogue with the names of an incident in its texts.</summary>
    public static Cause Fill(Cause cause, Incident incident) => cause with
    {
        Title = Fill(cause.Title, incident),
        Fix = Fill(cause.Fix, incident),
        Paste = cause.Paste is { } paste ? Fill(paste, incident) : null,
        Decides = Fill(cause.Decides, incident),
    };

    private static string Fill(string text, Incident incident) => text
        .Replace("{domain}", PolicyDomain(incident), StringComparison.Ordinal)
        .Replace("{host}", $"mta-sts.{PolicyDomain(incident)}", StringComparison.Ordinal)
        .Replace("{reporter}", Names(incident.FailingReporters), StringComparison.Ordinal)
        .Replace("{day}", Days(incident.FailingDays), StringComparison.Ordinal);
}
