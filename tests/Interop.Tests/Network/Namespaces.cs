using System.Diagnostics;
using System.Globalization;

namespace Interop.Tests.Network;

/// <summary>
/// Two network namespaces joined by a cable: that of the prober and that of the servers. In there every port is free, and nothing
/// leads out.
/// </summary>
/// <param name="run">What the names begin with; no other run has it.</param>
internal sealed class Namespaces(string run)
{
    private const string Device = "cable";

    public string Prober { get; } = $"{run}-prober";

    public string Servers { get; } = $"{run}-servers";

    /// <summary>The words that run a program within a namespace.</summary>
    public static IEnumerable<string> Within(string name, params IEnumerable<string> words) => ["ip", "netns", "exec", name, .. words];

    public async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (string name in new[] { Prober, Servers })
        {
            await IpAsync(["netns", "add", name], cancellationToken);
            await IpAsync(["-n", name, "link", "set", "lo", "up"], cancellationToken);
        }

        await IpAsync(["link", "add", Device, "netns", Prober, "type", "veth", "peer", "name", Device, "netns", Servers], cancellationToken);
        await SetUpAsync(Prober, [Addresses.Prober, Addresses.Prober6], folder, cancellationToken);
        await SetUpAsync(Servers, Addresses.OfServers, folder, cancellationToken);
    }

    /// <summary>
    /// Puts a firewall in front of the servers. It lets no TCP through to one name server, and counts what the prober sends to anyone
    /// but the resolver.
    /// </summary>
    public async Task SetUpFirewallAsync(string folder, CancellationToken cancellationToken)
    {
        string rules = Path.Combine(folder, "firewall.nft");
        await File.WriteAllTextAsync(rules, $$"""
            table inet firewall {
                counter strayed { }
                chain input {
                    type filter hook input priority 0
                    ip daddr {{Addresses.WithoutTcp}} tcp dport 53 drop
                    ip saddr {{Addresses.Prober}} ip daddr != {{Addresses.Resolver}} meta l4proto { tcp, udp } counter name strayed
                    ip6 saddr {{Addresses.Prober6}} meta l4proto { tcp, udp } counter name strayed
                }
            }

            """, cancellationToken);
        await CommandLine.RunAsync(Within(Servers, "nft", "-f", rules), cancellationToken);
    }

    /// <summary>How many packets the prober has sent so far to anyone but the resolver.</summary>
    public async Task<long> PacketsStrayedAsync(CancellationToken cancellationToken)
    {
        string counter = await CommandLine.RunAsync(Within(Servers, "nft", "list", "counter", "inet", "firewall", "strayed"), cancellationToken);
        string[] words = counter.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>Which addresses and ports of the servers take connections by now.</summary>
    public async Task<HashSet<string>> ListeningAsync(CancellationToken cancellationToken)
    {
        string output = await CommandLine.RunAsync(Within(Servers, "ss", "-Hltn"), cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])];
    }

    /// <summary>Deletes both, where they exist, and ends what a run that was killed has left running in them.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (string name in new[] { Prober, Servers })
        {
            CommandResult left = await CommandLine.TryRunAsync(["ip", "netns", "pids", name], cancellationToken);
            foreach (string process in left.ExitCode == 0 ? left.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
                Kill(int.Parse(process, CultureInfo.InvariantCulture));
            await CommandLine.TryRunAsync(["ip", "netns", "delete", name], cancellationToken);
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended by itself meanwhile, which is all that was wanted.
            return;
        }
    }

    private static async Task SetUpAsync(string name, string[] addresses, string folder, CancellationToken cancellationToken)
    {
        // Without nodad an address of IPv6 cannot be used for the first second.
        string batch = Path.Combine(folder, $"{name}.ip");
        await File.WriteAllLinesAsync(
            batch,
            [
                .. addresses.Select(address => $"address add {address}/{(Addresses.IsIpv6(address) ? "64" : "24")} dev {Device}{(Addresses.IsIpv6(address) ? " nodad" : "")}"),
                $"link set {Device} up",
            ],
            cancellationToken);
        await IpAsync(["-n", name, "-batch", batch], cancellationToken);
    }

    private static Task<string> IpAsync(IEnumerable<string> words, CancellationToken cancellationToken) =>
        CommandLine.RunAsync(words.Prepend("ip"), cancellationToken);
}
