using Interop.Tests.Network;

namespace Interop.Tests;

/// <summary>What the laboratory needs of the machine.</summary>
internal static class Prerequisites
{
    // Each program with the Debian package it comes in.
    private static readonly (string Program, string Package)[] Programs =
    [
        ("ip", "iproute2"), ("ss", "iproute2"), ("nft", "nftables"), ("knotd", "knot"), ("kdig", "knot-dnsutils"), ("kzonesign", "knot-dnssecutils"),
        ("unbound", "unbound"), ("nginx", "nginx"), ("postfix", "postfix"),
    ];

    /// <summary>Why there can be no laboratory; null when there can.</summary>
    public static async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return "Only root may make network namespaces.";
        if (!File.Exists("/proc/net/if_inet6"))
            return "This machine has no IPv6.";

        string[] absent = [.. Programs.Where(program => PathOf(program.Program) is null).Select(program => program.Package).Distinct()];
        if (absent.Length > 0)
            return $"Debian packages are missing: {string.Join(' ', absent)}.";

        string name = $"waxseal-interop-trial-{Environment.ProcessId}";
        CommandResult trial = await CommandLine.TryRunAsync(["ip", "netns", "add", name], cancellationToken);
        if (trial.ExitCode == 0)
            trial = await CommandLine.TryRunAsync(Namespaces.Within(name, "nft", "list", "ruleset"), cancellationToken);
        await CommandLine.TryRunAsync(["ip", "netns", "delete", name], cancellationToken);
        return trial.ExitCode == 0 ? null : $"This machine allows no network namespaces with a firewall: {trial.Error.Trim()}";
    }

    /// <summary>Where a program lies; null where there is none of that name.</summary>
    public static string? PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
