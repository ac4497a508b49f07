using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Wording;

/// <summary>Turns counts, days and names into words.</summary>
internal static class Phrase
{
    // So many days are named one by one; more become first and last.
    private const int DaysNamed = 3;

    // As RFC 2606 §3 has it: a name that is nobody's.
    private const string UnnamedDomain = "your-domain.example";

    public static string Day(DateOnly day) => UtcDay.InWords(day);

    public static string Days(ImmutableArray<ReportedDays> days) =>
        days.Length <= DaysNamed
            ? List([.. days.Select(day => day.ToString())])
            : $"{Number(new DayIndex(days).Count)} days from {Day(days[0].First)} to {Day(days.Max(day => day.Last))}";

    /// <summary>The days with the word before them that a sentence needs: "on 2024-11-08", "from 2024-11-01 to 2024-11-07".</summary>
    public static string On(ImmutableArray<ReportedDays> days) =>
        days is [{ } only] ? On(only) : $"on {Days(days)}";

    public static string On(ReportedDays days) =>
        days.First == days.Last ? $"on {Day(days.First)}" : $"from {Day(days.First)} to {Day(days.Last)}";

    /// <summary>"2024-11-08 19:27 UTC".</summary>
    public static string Time(DateTimeOffset time) =>
        $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Sessions(long count) => count == 1 ? "1 session" : $"{Number(count)} sessions";

    public static string Names(IEnumerable<Reporter> reporters) => List([.. reporters.Select(reporter => reporter.Name)]);

    /// <summary>"a", "a and b", "a, b and c"; after five names the rest is counted.</summary>
    public static string List(ImmutableArray<string> words) => words.Length switch
    {
        0 => "",
        1 => words[0],
        <= 6 => $"{string.Join(", ", words[..^1])} and {words[^1]}",
        _ => $"{string.Join(", ", words[..5])} and {words.Length - 5} others",
    };

    public static string Percent(int percent) => percent switch
    {
        < 1 => "<1 %",
        > 99 => ">99 %",
        _ => $"{percent.ToString(CultureInfo.InvariantCulture)} %",
    };

    /// <summary>A duration in the largest whole unit: "1 day", "12 hours", "300 s"; "about 365 days" where two days are passed.</summary>
    public static string Duration(TimeSpan time)
    {
        bool isWholeDays = time.Ticks % TimeSpan.TicksPerDay == 0;
        if (time.TotalDays > 2 || (time.TotalDays >= 1 && isWholeDays))
            return $"{(isWholeDays ? "" : "about ")}{Count(time.TotalDays, "day")}";
        return time.TotalHours >= 1 && time.Ticks % TimeSpan.TicksPerHour == 0
            ? Count(time.TotalHours, "hour")
            : $"{Number((long)time.TotalSeconds)} s";
    }

    private static string Count(double number, string unit) => $"{Number((long)number)} {unit}{((long)number == 1 ? "" : "s")}";

    /// <summary>The name of a policy domain to put into a sentence, where the reports may not tell it.</summary>
    public static string PolicyDomain(string name) =>
        QuotedText.OneLineName(name) is { Length: > 0 } known ? known : UnnamedDomain;
}
