using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Waxseal.Tests.Commands;

namespace Waxseal.Tests.Hosting;

/// <summary>The files under <c>deploy</c>: the example configuration and the units of systemd.</summary>
public sealed partial class DeployTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";
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

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Analyze, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"Overall exposure level for waxseal\.service: (?<level>[0-9.]+)")]
    private static partial Regex Exposure();
}
