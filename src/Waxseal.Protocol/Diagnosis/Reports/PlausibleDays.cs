namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Tells days that a report can speak of from days that its sender's clock or software made up.</summary>
internal static class PlausibleDays
{
    // A clock may be ahead by a day.
    private const int DaysAhead = 1;

    // RFC 8460 §4.1: a report should speak of one day; a range beyond a month is taken for a fault of the sender.
    private const int LongestRange = 31;

    // Before it there was no draft of TLS reporting.
    private static readonly DateOnly First = new(2016, 1, 1);

    public static bool Contain(ReportedDays days, DateOnly today) =>
        days.First >= First
        && days.Last <= UtcDay.Add(today, DaysAhead)
        && days.Last.DayNumber - days.First.DayNumber < LongestRange;
}
