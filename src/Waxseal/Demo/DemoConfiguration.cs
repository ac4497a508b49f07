using Waxseal.Alerts;
using Waxseal.Dashboard;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Control;

namespace Waxseal.Demo;

/// <summary>What <c>waxseal serve --demo</c> runs: what shows and explains, and nothing that takes in, looks, or tells people.</summary>
internal static class DemoConfiguration
{
    private const string Banner = "Made-up demonstration data";

    /// <summary>Without a file: findings and dashboard.</summary>
    public const string Default = """
        [findings]
        [dashboard]
        """;

    /// <summary>The database of the demonstration, which is never the real one.</summary>
    public static string DatabasePath => Path.Combine(DataFolder.Path, "demo.db");

    /// <summary>The configuration of the demonstration.</summary>
    /// <param name="configuration">What was read.</param>
    /// <param name="isFile">Whether it was read from a file, which names the store then.</param>
    public static ServeConfiguration Of(ServeConfiguration configuration, bool isFile)
    {
        DashboardOptions dashboard = configuration.Dashboard ?? new();
        dashboard.Banner = Banner;
        return new()
        {
            Store = isFile ? configuration.Store : new StoreOptions { Database = $"sqlite:{DatabasePath}" },
            Dns = configuration.Dns,
            Findings = configuration.Findings ?? new(),
            Dashboard = dashboard,
            Metrics = configuration.Metrics,

            // Without a route nobody is told, and pages show what would have been.
            Alerts = new AlertsConfiguration(new AlertsOptions(), [], [], []),
            Control = isFile ? configuration.Control : new ControlOptions { Socket = Path.Combine(DataFolder.Path, "demo.sock") },
        };
    }
}
