using System.Text.Json;
using Interop.Tests.Network;

namespace Interop.Tests;

/// <summary>Runs the program from the prober's end, as people do.</summary>
internal sealed class WaxsealProgram(InteropLab lab)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waxseal.dll");

    // Leave to visit the laboratory, whose addresses are not public.
    private static readonly string[] Leave = ["--allow-address", Addresses.Network4, "--allow-address", Addresses.Network6];

    /// <summary>Checks a policy domain.</summary>
    public Task<CheckedDomain> CheckAsync(string policyDomain, string resolver = Addresses.Resolver) => CheckAsync(policyDomain, resolver, Leave);

    /// <summary>Checks a policy domain without leave to visit addresses that are not public.</summary>
    public Task<CheckedDomain> CheckGuardedAsync(string policyDomain) => CheckAsync(policyDomain, Addresses.Resolver, []);

    /// <summary>Explains a report.</summary>
    /// <param name="report">The text of the report.</param>
    /// <param name="options">Further options; with <c>--live</c> it looks at the laboratory.</param>
    public async Task<JsonElement> ExplainAsync(string report, params string[] options)
    {
        lab.SkipWhereMissing();
        await File.WriteAllTextAsync(lab.ReportFile, report, TestContext.Current.CancellationToken);
        CommandResult result = await RunAsync(["explain", lab.ReportFile, "--json", .. Where(Addresses.Resolver), .. Leave, .. options]);
        Assert.True(result.ExitCode == 1, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task<CheckedDomain> CheckAsync(string policyDomain, string resolver, string[] leave)
    {
        lab.SkipWhereMissing();
        return CheckedDomain.Of(await RunAsync(["check", policyDomain, "--json", .. Where(resolver), .. leave]));
    }

    private string[] Where(string resolver) => ["--resolver", resolver, "--ca-file", lab.RootFile, "--trust-anchor", lab.AnchorFile];

    private Task<CommandResult> RunAsync(string[] arguments) => CommandLine.TryRunAsync(
        Namespaces.Within(lab.Namespaces.Prober, ["dotnet", Program, .. arguments]), TestContext.Current.CancellationToken);
}
