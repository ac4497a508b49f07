using System.Globalization;
using Waxseal.Lab;

namespace Waxseal.Bench;

/// <summary>Healthy policy domains on loopback for another process to check.</summary>
internal static class Laboratory
{
    /// <summary>Serves until its input ends.</summary>
    /// <param name="folder">
    /// Takes <c>domains</c>, one a line; <c>roots.pem</c>; <c>options</c> for <c>waxseal check</c>; and <c>policies</c>, what curl
    /// needs to get each policy. <c>ready</c> comes last.
    /// </param>
    /// <param name="count">How many policy domains.</param>
    public static async Task RunAsync(string folder, int count)
    {
        string[] domains = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"d{number}.test"))];
        await using var world = LabWorld.Create();
        world.AddDomains(domains);
        foreach (LabWebServer server in world.WebServers)
        {
            server.AllowsResumption = true;
            server.Twin = world.Web;
        }

        await ServeAsync(world, folder, domains);
    }

    /// <summary>Serves one policy domain among peers that mean ill, until its input ends.</summary>
    /// <param name="folder">Takes the same files.</param>
    /// <param name="spoil">Makes them so; null for peers that mean well.</param>
    public static async Task RunAsync(string folder, Action<LabWorld>? spoil)
    {
        await using var world = LabWorld.Create();
        spoil?.Invoke(world);
        await ServeAsync(world, folder, [LabWorld.Domain]);
    }

    private static async Task ServeAsync(LabWorld world, string folder, string[] domains)
    {
        Directory.CreateDirectory(folder);
        string roots = Path.Combine(folder, "roots.pem");
        await File.WriteAllTextAsync(roots, LabCertificates.Authority.ExportCertificatePem());
        await File.WriteAllLinesAsync(Path.Combine(folder, "domains"), domains);
        await File.WriteAllLinesAsync(Path.Combine(folder, "options"),
        [
            "--resolver", world.Options.Resolvers[0].ToString(), "--ca-file", roots,
            "--allow-address", "127.0.0.0/8", "--allow-address", "::1",
            "--ports", $"{world.Options.DnsPort},{world.Options.HttpsPort},{world.Options.SmtpPort}",
        ]);
        await File.WriteAllLinesAsync(Path.Combine(folder, "policies"), domains.Select(domain =>
            $"url = \"https://mta-sts.{domain}:{world.Options.HttpsPort}/.well-known/mta-sts.txt\"\nresolve = \"mta-sts.{domain}:{world.Options.HttpsPort}:{world.At(10)}\"\noutput = /dev/null"));
        await File.WriteAllTextAsync(Path.Combine(folder, "ready"), "");
        await Console.In.ReadToEndAsync();
    }
}
