using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Hosting.Metrics;

/// <summary>The <c>metrics</c> section of the configuration file.</summary>
internal sealed class MetricsOptions : IOptions
{
    /// <summary>Where to listen. There is no password, so it is this machine unless said otherwise.</summary>
    public ImmutableArray<string> Listen { get; set; } = ["127.0.0.1:8464"];

    public static Section<MetricsOptions> Section { get; } = new("metrics", "Shows figures for Prometheus at /metrics, and how the program fares at /healthz and /readyz.",
    [
        Settings.Texts("listen", "Where to listen, by plain HTTP; there is no password, so let only those in who may see it.", o => o.Listen, (MetricsOptions o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
    ]);

    public IEnumerable<string> Problems() => [];
}
