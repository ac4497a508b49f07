using System.Collections.Immutable;
using System.Net;
using Waxseal.Hosting.Configuration;
using Waxseal.Net.Dns;

namespace Waxseal.Hosting;

/// <summary>The <c>dns</c> section of the configuration file.</summary>
internal sealed class DnsOptions : IOptions
{
    private const int Port = 53;

    /// <summary>The resolvers that are asked, in turn; those of the system when there are none.</summary>
    public ImmutableArray<string> Resolvers { get; set; } = [];

    public static Section<DnsOptions> Section { get; } = new("dns", "How names are looked up.",
    [
        Settings.Texts("resolvers", "The resolvers that are asked, in turn; those of the system when there are none.", o => o.Resolvers, (DnsOptions o, ImmutableArray<string> v) => o.Resolvers = v, ProblemOf, "list of ADDRESS or ADDRESS:PORT"),
    ]);

    /// <summary>A resolver by these options.</summary>
    public StubResolver NewResolver(TimeProvider clock) =>
        new(new StubResolverOptions { Resolvers = Addresses().Resolvers, AttemptTimeout = TimeSpan.FromSeconds(2) }, clock);

    /// <summary>The resolvers, and whether their word on DNSSEC can be believed: whoever names them vouches for the way to them.</summary>
    // resolv.conf(5): without any, the name server of this machine is asked.
    public (ImmutableArray<IPEndPoint> Resolvers, bool AreTrusted) Addresses()
    {
        if (!Resolvers.IsEmpty)
            return ([.. Resolvers.Select(Of).OfType<IPEndPoint>()], true);
        (ImmutableArray<IPEndPoint> resolvers, bool areTrusted) = SystemResolvers.Read();
        return (resolvers.IsEmpty ? [new(IPAddress.Loopback, Port)] : resolvers, areTrusted);
    }

    public IEnumerable<string> Problems() => [];

    private static string? ProblemOf(string text) =>
        Of(text) is null ? $"has \"{text}\"; it takes addresses such as 127.0.0.1 or [::1]:5353" : null;

    private static IPEndPoint? Of(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? new(address, Port)
        : IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && endPoint.Port > 0 ? endPoint
        : null;
}
