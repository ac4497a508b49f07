using System.Globalization;

namespace Waxseal.Alerts.Judgement;

/// <summary>Numbers and days in words.</summary>
internal static class Wording
{
    public static string Sessions(long count) => count == 1 ? "1 session" : $"{Number(count)} sessions";

    public static string Days(long count) => count == 1 ? "1 day" : $"{Number(count)} days";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"on 2024-11-08", "from 2024-11-01 to 2024-11-07".</summary>
    public static string On(DateOnly first, DateOnly last) => first == last ? $"on {Day(first)}" : $"from {Day(first)} to {Day(last)}";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";

    /// <summary>The share of a number in another, never 0 or 100 where it is not.</summary>
    public static string Percent(long part, long whole)
    {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part > 0 && percent < 1 ? "<1 %" : part < whole && percent > 99 ? ">99 %" : $"{percent.ToString("0", CultureInfo.InvariantCulture)} %";
    }
}
