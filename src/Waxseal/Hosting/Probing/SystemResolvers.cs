using System.Collections.Immutable;
using System.Net;

namespace Waxseal.Hosting.Probing;

/// <summary>The resolvers that this machine is set up with (resolv.conf).</summary>
internal static class SystemResolvers
{
    private const string File = "/etc/resolv.conf";
    private const int Port = 53;

    /// <summary>The resolvers, and whether their word on DNSSEC can be believed: they are on this machine, or its owner says so.</summary>
    public static (ImmutableArray<IPEndPoint> Resolvers, bool AreTrusted) Read()
    {
        string[] lines = System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];
        string[][] words = [.. lines.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 1)];
        ImmutableArray<IPEndPoint> resolvers =
        [
            .. words.Where(line => line[0] == "nameserver")
                .Select(line => IPAddress.TryParse(line[1], out IPAddress? address) ? new IPEndPoint(address, Port) : null)
                .OfType<IPEndPoint>(),
        ];
        bool isSaid = words.Any(line => line[0] == "options" && line.Contains("trust-ad"));
        return (resolvers, isSaid || resolvers.All(resolver => IPAddress.IsLoopback(resolver.Address)));
    }
}
