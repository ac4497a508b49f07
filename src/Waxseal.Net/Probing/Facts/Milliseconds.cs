namespace Waxseal.Net.Probing.Facts;

/// <summary>Times as facts hold them.</summary>
internal static class Milliseconds
{
    /// <summary>A time in milliseconds, to a tenth.</summary>
    public static double Of(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
