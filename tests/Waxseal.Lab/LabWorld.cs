using System.Net;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;

namespace Waxseal.Lab;

/// <summary>
/// A small Internet on loopback: a root zone, the zone "test", a policy domain "example.test" with two name servers, a policy host
/// over IPv4 and IPv6, and a resolver. Whole and healthy until a test breaks something.
/// </summary>
internal sealed class LabWorld : IAsyncDisposable
{
    public const string Domain = "example.test";
    public const string Host = "mta-sts.example.test";
    public const string GoodPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmax_age: 604800\r\n";

    private static int _count;

    private readonly List<ScriptedDnsServer> _dns = [];
    private readonly List<LabWebServer> _web = [];
    private readonly List<LabMxHost> _mx = [];
    private readonly List<IDisposable> _kept = [];
    private readonly int _number = Interlocked.Increment(ref _count);

    private LabWorld()
    {
        Parent = new("ns.test", At(3));
        First = new("ns1.example.test", At(1));
        Second = new("ns2.example.test", At(2));
    }

    public LabZone Root { get; } = new(".") { IsSigned = true };

    public LabZone Test { get; } = new("test") { IsSigned = true };

    public LabZone Zone { get; } = new(Domain);

    public LabZones Zones { get; } = [];

    public LabNameServer Parent { get; }

    public LabNameServer First { get; }

    public LabNameServer Second { get; }

    public LabResolver Resolver { get; private set; } = null!;

    public LabWebServer Web { get; private set; } = null!;

    /// <summary>The policy host over IPv6.</summary>
    public LabWebServer Web6 { get; private set; } = null!;

    /// <summary>The MX host.</summary>
    public LabMxHost Mx { get; private set; } = null!;

    public IEnumerable<LabWebServer> WebServers => _web;

    public string Policy { get; set; } = GoodPolicy;

    /// <summary>The policy domain that is looked at.</summary>
    public string Checked { get; set; } = Domain;

    public ProbeOptions Options { get; set; } = null!;

    /// <summary>The addresses that the lab allows itself, and no others.</summary>
    public AddressRules Rules { get; set; } = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    /// <summary>An address of this world, by its last number.</summary>
    public IPAddress At(int number) => new([127, (byte)(1 + (_number >> 8)), (byte)_number, (byte)number]);

    public static LabWorld Create()
    {
        LabWorld world = new();
        world.FillZones();
        world.StartWeb();
        world.Mx = world.AddMx(world.At(20));
        world.StartDns();
        return world;
    }

    /// <summary>Publishes other policy domains, each with a zone and a certificate of its own.</summary>
    public void AddDomains(IEnumerable<string> domains)
    {
        Dictionary<string, X509Certificate2> certificates = new() { [Host] = LabCertificates.ForHost };
        foreach (string domain in domains)
        {
            Publish(new LabZone(domain));
            certificates[$"mta-sts.{domain}"] = LabCertificates.For($"mta-sts.{domain}");
        }

        foreach (LabWebServer server in _web)
            server.Certificate = name => certificates.GetValueOrDefault(name, LabCertificates.ForHost);
    }

    /// <summary>Starts another web server, at the same port as the policy host.</summary>
    public LabWebServer AddWeb(IPAddress address)
    {
        LabWebServer server = new(new IPEndPoint(address, Web?.EndPoint.Port ?? 0))
        {
            Certificate = _ => LabCertificates.ForHost,
            Answer = _ => LabWebServer.Response(200, Policy),
        };
        _web.Add(server);
        return server;
    }

    /// <summary>Starts another MX host, at the same port as the first.</summary>
    public LabMxHost AddMx(IPAddress address)
    {
        LabMxHost host = new(new IPEndPoint(address, Mx?.EndPoint.Port ?? 0));
        _mx.Add(host);
        return host;
    }

    public async Task<Waxseal.Protocol.Diagnosis.Facts.DomainFacts> ProbeAsync(CancellationToken cancellationToken, string? domain = null)
    {
        using DomainProbe probe = new(Options, Rules, TimeProvider.System);
        return await probe.ProbeAsync(Name(domain ?? Checked), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ScriptedDnsServer server in _dns)
            await server.DisposeAsync();
        foreach (LabWebServer server in _web)
            await server.DisposeAsync();
        foreach (LabMxHost host in _mx)
            await host.DisposeAsync();
        _kept.ForEach(kept => kept.Dispose());
    }

    /// <summary>Keeps something as long as this world lasts.</summary>
    public void Keep(IDisposable kept) => _kept.Add(kept);

    /// <summary>Lets the resolver hold what the zone said before; the name servers have it as it is now.</summary>
    public void Remember(Action<LabZone> older)
    {
        LabZone now = Zone.Copy();
        foreach (LabNameServer server in new[] { First, Second })
        {
            server.Zones.Remove(Zone.Name);
            server.Zones.Add(now);
        }

        older(Zone);
    }

    public void AddNameServer(LabNameServer server) =>
        _dns.Add(new ScriptedDnsServer(new(server.Address, Options.DnsPort), query => server.Answer(query, Zones)));

    private void FillZones()
    {
        Root.NameServers.Add("ns.test");
        Test.NameServers.Add("ns.test");
        Test.Address("ns.test", Parent.Address);
        Zone.Address("ns1.example.test", First.Address).Address("ns2.example.test", Second.Address).Address("mx.example.test", At(20));
        Zones.AddRange(Root, Test);
        Parent.Zones.AddRange(Root, Test);
        Publish(Zone);
        Resolver = new LabResolver(Zones);
    }

    // All that a policy domain publishes; the name servers and the MX host are those of the first.
    private void Publish(LabZone zone)
    {
        zone.NameServers.AddRange(["ns1.example.test", "ns2.example.test"]);
        zone.Txt($"_mta-sts.{zone.Name}", "v=STSv1; id=20260101T000000;")
            .Txt($"_smtp._tls.{zone.Name}", "v=TLSRPTv1; rua=mailto:reports@example.test")
            .Mx(zone.Name.ToString(), 10, "mx.example.test")
            .Address($"mta-sts.{zone.Name}", At(10)).Address($"mta-sts.{zone.Name}", IPAddress.IPv6Loopback);
        Zones.Add(zone);
        First.Zones.Add(zone);
        Second.Zones.Add(zone);
    }

    // The port that is free at the first address need not be free at the other.
    private void StartWeb()
    {
        while (true)
        {
            Web = AddWeb(At(10));
            try
            {
                Web6 = AddWeb(IPAddress.IPv6Loopback);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                _web.Clear();
                Web = null!;
            }
        }
    }

    private void StartDns()
    {
        ScriptedDnsServer resolver = new(new IPEndPoint(At(53), 0), query => Resolver.Answer(query));
        _dns.Add(resolver);
        Options = new ProbeOptions
        {
            Resolvers = [resolver.EndPoint],
            Roots = [LabCertificates.Authority],
            DnsPort = resolver.EndPoint.Port,
            HttpsPort = Web.EndPoint.Port,
            SmtpPort = Mx.EndPoint.Port,
            DnsTimeout = TimeSpan.FromSeconds(1),
            StepTimeout = TimeSpan.FromSeconds(3),
            Timeout = TimeSpan.FromSeconds(20),
            UserAgents = Waxseal.Protocol.Diagnosis.Senders.SenderProfiles.UserAgents,
            MxRepeats = 2,
            EhloName = "probe.test",
        };
        foreach (LabNameServer server in new[] { Parent, First, Second })
            AddNameServer(server);
    }

    private static Waxseal.Protocol.Names.DomainName Name(string text) =>
        Waxseal.Protocol.Names.DomainName.TryParse(text, out Waxseal.Protocol.Names.DomainName? name, out _) ? name : throw new ArgumentException(text);
}
