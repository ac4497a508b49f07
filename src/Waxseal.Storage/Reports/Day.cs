namespace Waxseal.Storage.Reports;

/// <summary>Days as they stand in the database: 20241107 for 2024-11-07.</summary>
internal static class Day
{
    public static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    public static DateOnly Of(long number) => new((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));
}
