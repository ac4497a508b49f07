using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Names;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>What every route has.</summary>
internal abstract class RouteOptions
{
    /// <summary>The name under which its messages stand in the database.</summary>
    public string Name { get; set; } = "";

    /// <summary>The policy domains, with all below them, that it is told of; all when there are none.</summary>
    public ImmutableArray<string> PolicyDomains { get; set; } = [];

    /// <summary>The roots (PEM) that the other side's certificate is held against; null for those of the system.</summary>
    public string? CaFile { get; set; }

    public bool Takes(AlertKey key) => PolicyDomains.IsEmpty
        || PolicyDomains.Any(own => key.PolicyDomain == own || key.PolicyDomain.EndsWith($".{own}", StringComparison.Ordinal));

    protected static ImmutableArray<Setting<T>> Shared<T>()
        where T : RouteOptions =>
    [
        Settings.Text("name", "The name under which the messages of the route stand in the store; no two routes have the same.", o => o.Name, (T o, string v) => o.Name = v, ProblemOfName),
        Settings.Texts("policyDomains", "The policy domains, with all below them, that it is told of; all when there are none.", o => o.PolicyDomains, (T o, ImmutableArray<string> v) => o.PolicyDomains = [.. v.Select(name => name.ToLowerInvariant())], ProblemOfDomain, "list of domains"),
        Settings.Text("caFile", "The file with the roots (PEM) that the other side's certificate is held against; without it those of the system.", o => o.CaFile, (T o, string v) => o.CaFile = v, ProblemOfFile, "path"),
    ];

    private static string? ProblemOfName(string text) =>
        text.Length is > 0 and <= 60 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') ? null
        : $"is \"{text}\"; it takes letters, digits, - _ and ., at most 60";

    private static string? ProblemOfDomain(string text) => DomainName.TryParse(text, out _, out _) ? null : $"has \"{text}\", which is no domain name";

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
