using Interop.Tests.Network;
using Interop.Tests.Servers;

namespace Interop.Tests.Domains;

/// <summary>
/// The name servers: one for the root zone and the top-level domains, and two for the policy domains, of which the second gets its
/// zones from the first. DS records go up as registries fetch them, by CDS (RFC 8078 §3).
/// </summary>
internal sealed class NameServers(
    RunFolder folder, Namespaces namespaces, Action<Server> started, Func<string, Func<Task<bool>>, CancellationToken, Task> until)
{
    private const string ParentName = "ns.test";

    // What resolvers are tested with; there it is bogus as well.
    private const string BogusDomain = "dnssec-failed.org";

    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(60);

    private readonly Dns _dns = new(namespaces);
    private readonly KnotServer _parent = new("parent", folder, Addresses.Parent);
    private readonly KnotServer _first = new("first", folder, Addresses.First, Addresses.First6);
    private readonly KnotServer _second = new("second", folder, Addresses.Second, Addresses.Second6, Addresses.WithoutTcp);

    public async Task StartAsync(string keyDigest, string anchorFile, CancellationToken cancellationToken)
    {
        await AddZonesAsync(keyDigest, cancellationToken);
        started(_first.Start(namespaces, secondary: Addresses.Second));
        string[] signed = [.. PolicyDomain.All.Where(domain => domain.Signing != Signing.None).Select(domain => domain.Name), BogusDomain];
        Dictionary<string, string> offered = await OffersAsync(_first, signed, cancellationToken);
        started(_second.Start(namespaces, primary: Addresses.First));

        // The root zone can be written when the keys of the zones below it are known, and read without starting anew.
        _parent.Sign("test", Test(offered));
        _parent.Sign("org", ZoneText.Of("org", [ParentName], [.. Delegation(BogusDomain, ["ns1.example.test"]), $"{BogusDomain}. DS {OtherKey(offered[BogusDomain])}"]));
        started(_parent.Start(namespaces));
        Dictionary<string, string> below = await OffersAsync(_parent, ["test", "org"], cancellationToken);
        _parent.Sign(".", ZoneText.Of(".", [ParentName],
        [
            .. below.SelectMany(zone => new[] { $"{zone.Key}. NS {ParentName}.", $"{zone.Key}. DS {zone.Value}" }),
            $"{ParentName}. A {Addresses.Parent}",
        ]));
        await _parent.ReloadAsync(cancellationToken);
        Dictionary<string, string> root = await OffersAsync(_parent, [""], cancellationToken);
        await File.WriteAllTextAsync(anchorFile, $". IN DS {root[""]}\n", cancellationToken);

        string[] onSecond = [.. PolicyDomain.All.Where(domain => domain.IsOnSecond).Select(domain => domain.Name)];
        await until("the second name server has the zones",
            async () => (await _dns.AskAsync(_second.Address, onSecond, "SOA", cancellationToken)).Count == onSecond.Length, cancellationToken);
    }

    private async Task AddZonesAsync(string keyDigest, CancellationToken cancellationToken)
    {
        foreach (PolicyDomain domain in PolicyDomain.All)
        {
            string zone = domain.Zone(keyDigest);
            if (domain.Signing == Signing.None)
                _first.Serve(domain.Name, zone);
            else if (domain.Signing == Signing.Expired)
                _first.Serve(domain.Name, await SignLongAgoAsync(domain.Name, zone, cancellationToken));
            else
                _first.Sign(domain.Name, zone, domain.Signing == Signing.Rsa ? "rsa" : "ecdsa");
            if (domain.IsOnSecond)
                _second.Follow(domain.Name);
        }

        _first.Sign(BogusDomain, ZoneText.Of(BogusDomain, ["ns1.example.test"], ZoneText.AddressLines("@", [Addresses.Web])));
    }

    private Task<string> SignLongAgoAsync(string zone, string text, CancellationToken cancellationToken) =>
        new KnotServer("long-ago", folder, Addresses.First).SignAsOfAsync(zone, text, TimeProvider.System.GetUtcNow() - LongAgo, cancellationToken);

    private static string Test(Dictionary<string, string> offered) => ZoneText.Of("test", [ParentName],
    [
        .. ZoneText.AddressLines("ns", [Addresses.Parent]),
        .. ZoneText.NameServerAddresses(".example"),
        .. from domain in PolicyDomain.All
           from line in Delegation(domain.Name, domain.NameServers).Concat(domain.Signing switch
           {
               Signing.None => [],
               Signing.OtherDs => [$"{domain.Name}. DS {OtherKey(offered[domain.Name])}"],
               _ => [$"{domain.Name}. DS {offered[domain.Name]}"],
           })
           select line,
    ]);

    private static IEnumerable<string> Delegation(string zone, string[] nameServers) => nameServers.Select(server => $"{zone}. NS {server}.");

    // The DS record of a key that is not there: another digest.
    private static string OtherKey(string signer) => signer[..^64] + new string('0', 64);

    /// <summary>The DS records that zones offer to their parent, once all are signed.</summary>
    private async Task<Dictionary<string, string>> OffersAsync(KnotServer server, string[] zones, CancellationToken cancellationToken)
    {
        Dictionary<string, string> offers = [];
        await until($"{string.Join(", ", zones)} offer DS records", async () =>
        {
            offers = await _dns.AskAsync(server.Address, zones.Select(zone => $"{zone}."), "CDS", cancellationToken);
            return offers.Count == zones.Length;
        }, cancellationToken);
        return offers;
    }
}
