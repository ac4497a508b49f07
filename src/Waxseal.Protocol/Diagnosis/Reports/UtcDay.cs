using System.Globalization;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Reckons with UTC days. A report may name any day, so the first and the last day there are stand for all beyond.</summary>
internal static class UtcDay
{
    public static DateOnly Add(DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The end of a day and a time after it.</summary>
    public static DateTimeOffset AfterEndOf(DateOnly day, TimeSpan time)
    {
        long ticks = ((day.DayNumber + 1L) * TimeSpan.TicksPerDay) + time.Ticks;
        return new(Math.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    public static string InWords(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
