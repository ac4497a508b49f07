using System.Diagnostics.Metrics;

namespace Waxseal.Dashboard;

/// <summary>What is measured of the pages. No label has a value that a stranger chooses.</summary>
internal static class DashboardMetrics
{
    private static readonly Meter Meter = new("Waxseal.Dashboard");

    private static readonly Counter<long> Logins = Meter.CreateCounter<long>("waxseal.logins", null, "Attempts to log in at the dashboard");

    /// <summary>An attempt to log in ended.</summary>
    /// <param name="outcome">What came of it: done, refused, unusable (the provider), too-often or too-busy.</param>
    public static void LoginEnded(string outcome) => Logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
