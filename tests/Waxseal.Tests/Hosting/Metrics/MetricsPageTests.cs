using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Metrics;

namespace Waxseal.Tests.Hosting.Metrics;

public class MetricsPageTests
{
    [Fact]
    public async Task The_page_of_figures_names_every_family()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-page-").FullName;
        await using ServeHost host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);
        ServeConfiguration configuration = ServeConfiguration.Read($"[store]\ndatabase = \"sqlite:{folder}/waxseal.db\"\n", "f.toml", new Dictionary<string, string>(), out ImmutableArray<string> problems);
        Assert.Empty(problems);
        await host.ApplyAsync(configuration, TestContext.Current.CancellationToken);
        foreach (Type type in Types().Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal)))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        using Measurements measurements = new();
        using HostGauges gauges = new(host, measurements);

        SortedSet<string> families = [];
        measurements.Read(family =>
        {
            if (family.Instrument.Meter.Name != "Waxseal.Test")
                families.Add($"{PrometheusText.NameOf(family.Instrument)}{(family.Kind == FamilyKind.Counter ? "_total" : "")}: {family.Instrument.Description}");
        });

        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "metrics.md"), TestContext.Current.CancellationToken);
        SortedSet<string> told = [.. page.Split('\n').Where(line => line.StartsWith("| `w", StringComparison.Ordinal) || line.StartsWith("| `p", StringComparison.Ordinal) || line.StartsWith("| `d", StringComparison.Ordinal))
            .Select(line => line.Split('|')).Select(cells => $"{cells[1].Trim(' ', '`')}: {cells[3].Trim()}")];
        Assert.Equal(told, families);
    }

    private static IEnumerable<Type> Types() =>
        ((Assembly[])[typeof(ServeHost).Assembly, typeof(Waxseal.Storage.Store).Assembly]).SelectMany(assembly => assembly.GetTypes());
}
