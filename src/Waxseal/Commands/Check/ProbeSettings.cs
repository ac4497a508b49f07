using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Waxseal.Hosting;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Senders;

namespace Waxseal.Commands.Check;

/// <summary>The options of every command that looks at policy domains.</summary>
internal sealed class ProbeSettings
{
    private const int DnsPort = 53;

    private readonly Option<string[]> _resolver = new("--resolver")
    {
        Description = "Ask this validating resolver in place of the system's (ADDR or ADDR:PORT; may be repeated).",
        HelpName = "ADDR",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _caFile = new("--ca-file")
    {
        Description = "Trust the roots in this file (PEM) in place of the system's.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _anchors = new("--trust-anchor")
    {
        Description = "Begin chains of DNSSEC at the DS or DNSKEY records in this file in place of those of the root.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _allow = new("--allow-address")
    {
        Description = "Connect to addresses of this network although they are private (CIDR; may be repeated). For laboratories.",
        HelpName = "CIDR",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "How long one policy domain may take, in seconds (1 to 600; default 120).",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 120,
    };

    private readonly Option<bool> _ipv4 = new("--ipv4", "-4") { Description = "Visit policy host and MX hosts over IPv4 alone." };
    private readonly Option<bool> _ipv6 = new("--ipv6", "-6") { Description = "Visit policy host and MX hosts over IPv6 alone." };
    private readonly Option<bool> _noMx = new("--no-mx") { Description = "Do not visit MX hosts at port 25, which many networks block." };

    private readonly Option<string?> _profile = new("--from-profile")
    {
        Description = $"Fetch as this sender alone does: {string.Join(", ", SenderProfiles.All.Select(profile => profile.Name))}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _ports = new("--ports")
    {
        Description = "Ports of name servers, policy hosts and MX hosts in a laboratory (DNS,HTTPS,SMTP).",
        HelpName = "PORTS",
        Hidden = true,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _resolver, _caFile, _anchors, _allow, _timeout, _ipv4, _ipv6, _noMx, _profile, _ports })
            command.Add(option);
    }

    /// <summary>Reads the options, all mistakes at once.</summary>
    public bool TryRead(ParseResult parsed, [NotNullWhen(true)] out Reading? reading, out string[] mistakes)
    {
        List<string> wrong = [];
        (ImmutableArray<IPEndPoint> resolvers, bool areTrusted) = Resolvers(parsed, wrong);
        int[] ports = Ports(parsed, wrong);
        double seconds = parsed.GetValue(_timeout);
        if (seconds is < 1 or > 600)
            wrong.Add("--timeout takes seconds from 1 to 600.");
        if (parsed.GetValue(_ipv4) && parsed.GetValue(_ipv6))
            wrong.Add("--ipv4 and --ipv6 exclude each other; without either both are used.");
        SenderProfile? profile = parsed.GetValue(_profile) is { } name ? SenderProfiles.Get(name) : null;
        if (profile is null && parsed.GetValue(_profile) is { } unknown)
            wrong.Add($"there is no sender profile \"{unknown}\"; the names are {string.Join(", ", SenderProfiles.All.Select(known => known.Name))}.");

        AddressRules rules = new(ProbeFiles.Networks(parsed.GetValue(_allow) ?? [], problem => wrong.Add($"--allow-address {problem}.")));
        var patience = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 600));
        ProbeOptions options = new()
        {
            Resolvers = resolvers,
            TrustsResolvers = areTrusted,
            Roots = parsed.GetValue(_caFile) is { } roots ? ProbeFiles.Roots(roots, problem => wrong.Add($"--ca-file: {problem}.")) : [],
            TrustAnchors = parsed.GetValue(_anchors) is { } anchors ? ProbeFiles.Anchors(anchors, problem => wrong.Add($"--trust-anchor: {problem}.")) : TrustAnchor.Root,
            Timeout = patience,
            StepTimeout = ProbePatience.Step(patience),
            DnsTimeout = ProbePatience.Dns(patience),
            UsesIpv4 = !parsed.GetValue(_ipv6),
            UsesIpv6 = !parsed.GetValue(_ipv4) && profile?.Families.Value != AddressFamilies.Ipv4,
            VisitsMxHosts = !parsed.GetValue(_noMx),
            UserAgents = profile is null ? SenderProfiles.UserAgents : [profile.UserAgent.Value],
            DnsPort = ports[0],
            HttpsPort = ports[1],
            SmtpPort = ports[2],
        };
        mistakes = [.. wrong];
        reading = wrong.Count == 0 ? new(options, rules, profile) : null;
        return reading is not null;
    }

    private (ImmutableArray<IPEndPoint>, bool) Resolvers(ParseResult parsed, List<string> wrong)
    {
        if (parsed.GetValue(_resolver) is not { Length: > 0 } given)
        {
            (ImmutableArray<IPEndPoint> Resolvers, bool AreTrusted) system = SystemResolvers.Read();
            if (system.Resolvers.IsEmpty)
                wrong.Add("this machine has no resolver set up; name one with --resolver ADDR.");
            return system;
        }

        List<IPEndPoint> resolvers = [];
        foreach (string text in given)
        {
            if (IPAddress.TryParse(text, out IPAddress? address))
                resolvers.Add(new(address, DnsPort));
            else if (IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && endPoint.Port > 0)
                resolvers.Add(endPoint);
            else
                wrong.Add($"--resolver takes an address such as 127.0.0.1 or [::1]:5353, not \"{text}\".");
        }

        return ([.. resolvers], true);
    }

    private int[] Ports(ParseResult parsed, List<string> wrong)
    {
        if (parsed.GetValue(_ports) is not { } text)
            return [DnsPort, 443, 25];

        int[] ports = [.. text.Split(',').Select(port => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        if (ports.Length == 3 && ports.All(port => port is > 0 and <= ushort.MaxValue))
            return ports;
        wrong.Add("--ports takes three numbers with commas between them.");
        return [DnsPort, 443, 25];
    }

    /// <summary>The options as read.</summary>
    /// <param name="Options">How to look.</param>
    /// <param name="Rules">Which addresses may be connected to.</param>
    /// <param name="Only">The one sender to look as; null for all.</param>
    internal sealed record Reading(ProbeOptions Options, AddressRules Rules, SenderProfile? Only);
}
