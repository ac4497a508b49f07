using System.Collections.Immutable;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Senders;
using Waxseal.Protocol.Names;

namespace Waxseal.Monitor;

/// <summary>The <c>monitor</c> section of the configuration file.</summary>
internal sealed class MonitorOptions : IOptions
{
    /// <summary>The policy domains that are looked at.</summary>
    public ImmutableArray<string> Domains { get; set; } = [];

    /// <summary>How long after one look the next is due.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How much sooner or later it may be, by chance, so that looks do not come together.</summary>
    public TimeSpan Jitter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many policy domains are looked at side by side.</summary>
    public long AtOnce { get; set; } = 8;

    /// <summary>How long one look may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether MX hosts are visited at port 25.</summary>
    public bool VisitMxHosts { get; set; } = true;

    /// <summary>Networks that may be connected to although they are private.</summary>
    public ImmutableArray<string> AllowAddresses { get; set; } = [];

    /// <summary>The roots that are trusted in place of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>The trust anchors of DNSSEC in place of those of the root.</summary>
    public string? TrustAnchors { get; set; }

    public static Section<MonitorOptions> Section { get; } = new("monitor", "Looks at policy domains again and again, as waxseal check does, and keeps what it sees.",
    [
        Settings.Texts("domains", "The policy domains that are looked at.", o => o.Domains, (MonitorOptions o, ImmutableArray<string> v) => o.Domains = v, DomainProblem, "list of policy domains"),
        Settings.Time("interval", "How long after one look the next is due.", (TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)), o => o.Interval, (MonitorOptions o, TimeSpan v) => o.Interval = v),
        Settings.Time("jitter", "How much sooner or later it may be, by chance, so that looks do not come together.", (TimeSpan.Zero, TimeSpan.FromDays(1)), o => o.Jitter, (MonitorOptions o, TimeSpan v) => o.Jitter = v),
        Settings.Number("atOnce", "How many policy domains are looked at side by side.", (1, 1000), o => o.AtOnce, (MonitorOptions o, long v) => o.AtOnce = v, "policy domains"),
        Settings.Time("timeout", "How long one look may take.", (TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10)), o => o.Timeout, (MonitorOptions o, TimeSpan v) => o.Timeout = v),
        Settings.Flag("visitMxHosts", "Whether MX hosts are visited at port 25, which many networks block.", o => o.VisitMxHosts, (MonitorOptions o, bool v) => o.VisitMxHosts = v),
        Settings.Texts("allowAddresses", "Networks that may be connected to although they are private.", o => o.AllowAddresses, (MonitorOptions o, ImmutableArray<string> v) => o.AllowAddresses = v,
            text => First(report => ProbeFiles.Networks([text], report)), "list of networks such as 10.0.0.0/8"),
        Settings.Text("caFile", "The roots that are trusted (PEM); without it those of the system.", o => o.CaFile, (MonitorOptions o, string v) => o.CaFile = v,
            file => Problem(report => ProbeFiles.Roots(file, report)), "path"),
        Settings.Text("trustAnchors", "DS or DNSKEY records at which chains of DNSSEC begin; without it those of the root.", o => o.TrustAnchors, (MonitorOptions o, string v) => o.TrustAnchors = v,
            file => Problem(report => ProbeFiles.Anchors(file, report)), "path"),
    ]);

    /// <summary>Which addresses may be connected to.</summary>
    public AddressRules Rules => new(ProbeFiles.Networks(AllowAddresses, Refuse));

    /// <summary>How policy domains are looked at.</summary>
    public ProbeOptions ProbeOptions(DnsOptions dns)
    {
        (ImmutableArray<System.Net.IPEndPoint> resolvers, bool areTrusted) = dns.Addresses();
        return new()
        {
            Resolvers = resolvers,
            TrustsResolvers = areTrusted,
            Roots = CaFile is null ? [] : ProbeFiles.Roots(CaFile, Refuse),
            TrustAnchors = TrustAnchors is null ? TrustAnchor.Root : ProbeFiles.Anchors(TrustAnchors, Refuse),
            Timeout = Timeout,
            StepTimeout = ProbePatience.Step(Timeout),
            DnsTimeout = ProbePatience.Dns(Timeout),
            VisitsMxHosts = VisitMxHosts,
            UserAgents = SenderProfiles.UserAgents,
        };
    }

    public IEnumerable<string> Problems()
    {
        if (Domains.IsEmpty)
            yield return "domains names no policy domain; name at least one, such as domains = [\"example.com\"].";
        if (Jitter > Interval / 2)
            yield return $"jitter is {Spans.Of(Jitter)}; it must not be more than half of interval, {Spans.Of(Interval)}.";
    }

    private static string? DomainProblem(string text) =>
        DomainName.TryParse(text, out _, out DomainNameError? error) ? null : $"has \"{text}\", which {error.Text}";

    private static string? Problem(Action<Action<string>> read) => First(read) is { } problem ? $"cannot be used: {problem}" : null;

    private static string? First(Action<Action<string>> read)
    {
        string? first = null;
        read(problem => first ??= problem);
        return first;
    }

    // What was read when the configuration was checked may be gone when the role starts.
    private static void Refuse(string problem) => throw new IOException(problem);
}
