namespace Waxseal.Access.Secrets;

/// <summary>How long nobody may log in after failures in a row: twice as long each time.</summary>
internal static class Delays
{
    private const int Free = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static TimeSpan After(int failures) =>
        failures < Free ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - Free), Longest.TotalSeconds));
}
