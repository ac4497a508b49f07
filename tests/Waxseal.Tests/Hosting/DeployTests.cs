using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waxseal.Tests.Commands;

namespace Waxseal.Tests.Hosting;

/// <summary>The files under <c>deploy</c>: the example configuration and the units of systemd.</summary>
public sealed partial class DeployTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";
    private const string Promtool = "/usr/bin/promtool";
    private const double MostExposure = 2.0;

    private static readonly string Deploy = Path.Combine(AppContext.BaseDirectory, "deploy");

    [Fact]
    public async Task The_example_configuration_is_taken()
    {
        Outcome outcome = await CommandRun.Of("config", "check", "--config", Path.Combine(Deploy, "waxseal.toml"));

        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Fact]
    public async Task The_units_are_well_formed()
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd-analyze is not there.");

        // A unit is looked for by its name, and its program has to be there.
        string folder = Directory.CreateTempSubdirectory("waxseal-units-").FullName;
        foreach (string unit in Directory.EnumerateFiles(Deploy, "waxseal*").Where(file => !file.EndsWith(".toml", StringComparison.Ordinal)))
            await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(unit)), (await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken)).Replace("/usr/local/lib/waxseal/waxseal", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (int code, string said) = await RunAsync(["verify", "--man=no", .. Directory.GetFiles(folder)]);
        Directory.Delete(folder, recursive: true);

        Assert.True(code == 0 && !said.Contains("waxseal", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task The_service_is_exposed_as_little_as_it_can_be()
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd-analyze is not there.");

        (_, string said) = await RunAsync(["security", "--offline=true", "--no-pager", Path.Combine(Deploy, "waxseal.service")]);

        Match exposure = Exposure().Match(said);
        Assert.True(exposure.Success, said);
        Assert.True(double.Parse(exposure.Groups["level"].Value, CultureInfo.InvariantCulture) <= MostExposure, said);
    }

    [Fact]
    public async Task The_alert_rules_of_Prometheus_hold()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool (package prometheus) is not there.");

        (int code, string said) = await RunAsync(["check", "rules", Path.Combine(Deploy, "prometheus-rules.yml")], Promtool);

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task The_queries_of_the_Grafana_dashboard_are_well_formed()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool (package prometheus) is not there.");
        string rules = Path.GetTempFileName();
        await File.WriteAllTextAsync(rules, JsonSerializer.Serialize(new { groups = new[] { new { name = "panels", rules = Queries().Select((query, i) => new { record = $"panel:{i}", expr = query }) } } }), TestContext.Current.CancellationToken);

        (int code, string said) = await RunAsync(["check", "rules", rules], Promtool);
        File.Delete(rules);

        Assert.True(code == 0, said);
    }

    [Fact]
    public void The_Grafana_dashboard_and_the_alert_rules_ask_for_figures_that_are_shown()
    {
        string shown = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "metrics.md"));

        foreach (Match name in FamilyName().Matches(string.Join('\n', [.. Queries(), File.ReadAllText(Path.Combine(Deploy, "prometheus-rules.yml"))])))
            Assert.Contains($"`{(name.Value.EndsWith("_bucket", StringComparison.Ordinal) ? name.Value[..^"_bucket".Length] : name.Value)}`", shown, StringComparison.Ordinal);
    }

    // With the variables of Grafana filled in.
    private static List<string> Queries()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana-dashboard.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal)),
        ];
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments, string program = Analyze)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"\b(waxseal|process|dotnet)_[a-z_]+\b(?=[\[{)\s])")]
    private static partial Regex FamilyName();

    [GeneratedRegex(@"Overall exposure level for waxseal\.service: (?<level>[0-9.]+)")]
    private static partial Regex Exposure();
}
