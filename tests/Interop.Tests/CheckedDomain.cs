using System.Text.Json;

namespace Interop.Tests;

/// <summary>What <c>waxseal check --json</c> said of one policy domain, read as any program would.</summary>
internal sealed class CheckedDomain
{
    private readonly JsonElement _domain;

    private CheckedDomain(int exitCode, JsonElement domain)
    {
        ExitCode = exitCode;
        _domain = domain;
    }

    public int ExitCode { get; }

    public string Standing => _domain.GetProperty("standing").GetString()!;

    public JsonElement Facts => _domain.GetProperty("facts");

    public JsonElement Resolver => Facts.GetProperty("resolver");

    /// <summary>The likeliest cause of each finding, sorted.</summary>
    public string[] Causes => [.. Findings.Select(finding => CausesOf(finding)[0]).Order(StringComparer.Ordinal)];

    /// <summary>The senders that cannot get the policy, or not at every address.</summary>
    public string[] FailingSenders =>
        [.. Elements(_domain, "senders").Where(sender => sender.GetProperty("failsAt").ValueKind != JsonValueKind.Null).Select(sender => sender.GetProperty("sender").GetString()!)];

    public int SenderCount => Elements(_domain, "senders").Count();

    public IEnumerable<JsonElement> PolicyHost => Elements(Facts, "policyHost");

    public IEnumerable<JsonElement> MxAddresses => Elements(Facts, "mxHosts").SelectMany(host => Elements(host, "addresses"));

    private IEnumerable<JsonElement> Findings => Elements(_domain, "findings");

    public static CheckedDomain Of(CommandResult result)
    {
        Assert.True(result.Output.Length > 0, result.Error);
        return new(result.ExitCode, JsonDocument.Parse(result.Output).RootElement.GetProperty("domains").EnumerateArray().Single());
    }

    /// <summary>What was seen of a cause, in words, with every cause that the finding weighs.</summary>
    public (string Seen, string[] Causes) Finding(string cause)
    {
        JsonElement finding = Findings.Single(finding => CausesOf(finding)[0] == cause);
        return (finding.GetProperty("happened").GetString()!, CausesOf(finding));
    }

    public JsonElement Answer(string name, string type) => Elements(Facts, "lookups")
        .Single(lookup => lookup.GetProperty("name").GetString() == name && lookup.GetProperty("type").GetString() == type)
        .GetProperty("answer");

    public JsonElement Zone(string name) => Elements(Facts, "zones").Single(zone => zone.GetProperty("name").GetString() == name);

    /// <summary>What our own validation came to, question by question.</summary>
    public Dictionary<string, string> Validations => Elements(Facts, "validations").ToDictionary(
        validation => $"{validation.GetProperty("name").GetString()} {validation.GetProperty("type").GetString()}",
        validation => validation.GetProperty("state").GetString()!);

    public static IEnumerable<JsonElement> Elements(JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    public override string ToString() => $"exit code {ExitCode}, {Standing}: "
        + string.Join("; ", Findings.Select(finding => $"{string.Join('/', CausesOf(finding))} {finding.GetProperty("happened").GetString()}"));

    private static string[] CausesOf(JsonElement finding) => [.. Elements(finding, "causes").Select(cause => cause.GetProperty("id").GetString()!)];
}
