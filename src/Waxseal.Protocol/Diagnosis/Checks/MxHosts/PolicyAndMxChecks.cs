using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.MxHosts;

/// <summary>Holds the policy against the MX hosts (layer J).</summary>
internal static class PolicyAndMxChecks
{
    public static IEnumerable<Detection> Find(CheckView view)
    {
        if (view.Policy is not { Mode: not StsMode.None } policy || view.Facts.MxHosts.IsEmpty)
            return [];

        ImmutableArray<(MxHostFacts Host, DomainName Name)> hosts =
        [
            .. view.Facts.MxHosts.Select(host => (host, Name: NameOf(host)))
                .Where(entry => entry.Name is not null).Select(entry => (entry.host, entry.Name!)),
        ];
        ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted = [.. hosts.Where(entry => !policy.Allows(entry.Name))];
        return unlisted.IsEmpty ? Unused(view, policy, hosts) : [Unlisted(view, policy, hosts, unlisted)];
    }

    /// <summary>Whether there is a policy that demands something, and an MX host is not in it.</summary>
    internal static bool IsUnlisted(CheckView view, MxHostFacts host) =>
        view.Policy is { Mode: not StsMode.None } policy && NameOf(host) is { } name && !policy.Allows(name);

    /// <summary>The mx line that names something else than a host, and so leaves MX hosts out; null where there is none.</summary>
    internal static Problem? SlipBehind(CheckView view) => view.Facts.MxHosts.Any(host => IsUnlisted(view, host))
        ? view.Policies.First(reading => reading.Policy.Value is not null).Policy.Problems.FirstOrDefault(problem => SlipCauses.OfPolicy(problem.Code) == "H07")
        : null;

    private static DomainName? NameOf(MxHostFacts host) => DomainName.TryParse(host.Name, out DomainName? name, out _) ? name : null;

    private static Detection Unlisted(
        CheckView view, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> all, ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted)
    {
        string missing = Phrase.List([.. unlisted.Take(6).Select(entry => entry.Host.Name)]);
        string lines = string.Join(", ", policy.MxPatterns.Take(8).Select(pattern => pattern.ToString()));
        string causeId = CauseOf(view, policy, all, unlisted);
        return new(causeId, Consequence.AgainstPolicy, unlisted[0].Host.Name, $"The policy lists {lines}, and that does not cover {missing}.{Slip(view)}")
        {
            // Where the lines show what went wrong, nothing has to be guessed; else new MX hosts may be those of a filter service.
            Share = causeId is "J01" && unlisted.Length == all.Length ? 0.65 : causeId is "J01" or "J06" ? 0.9 : 0.95,
            Rivals = causeId is "J01" && unlisted.Length == all.Length ? [("J09", 0.25)] : causeId is "J01" or "J06" ? [("J09", 0.05)] : [],
            Paste = Paste(view, causeId, policy, unlisted),
        };
    }

    private static string Slip(CheckView view) => SlipBehind(view) is { } slip ? $" {PolicyTextChecks.Seen(slip)}" : "";

    private static string Paste(CheckView view, string causeId, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted) => causeId switch
    {
        "J04" => string.Join('\n', policy.MxPatterns.Select(Widened).Where(pattern => unlisted.Any(entry => pattern.Matches(entry.Name))).Select(pattern => $"mx: {pattern}")),

        // The policy tells which host the MX record was to name.
        "J08" when policy.MxPatterns.Any(pattern => !pattern.IsWildcard) =>
            string.Join('\n', policy.MxPatterns.Where(pattern => !pattern.IsWildcard).Take(4).Select(pattern => $"{view.Domain}. 3600 IN MX 10 {pattern.Name}.")),
        _ => MxLines.For([.. MxLines.NamesOf(view).Where(name => !DomainName.TryParse(name, out DomainName? host, out _) || !policy.Allows(host))]),
    };

    private static MxPattern Widened(MxPattern pattern) => pattern with { IsWildcard = true };

    private static string CauseOf(
        CheckView view, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> all, ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted)
    {
        (MxHostFacts host, DomainName name) = unlisted[0];
        if (host.IsImplicit)
            return "J08";
        if (SlipBehind(view) is not null)
            return "H07";
        if (policy.MxPatterns.Any(pattern => pattern.IsWildcard && name.Value.EndsWith($".{pattern.Name.Value}", StringComparison.Ordinal)))
            return "J03";
        if (host.IsAlias && Targets(view, host).Any(policy.Allows))
            return "J07";
        if (policy.MxPatterns.Any(pattern => !pattern.IsWildcard && pattern.Name.Value == view.Domain) && unlisted.Length == all.Length)
            return "J02";

        // RFC 8461 §4.1: a wildcard stands for exactly one label, so it helps no other names.
        if (policy.MxPatterns.Any(pattern => !pattern.IsWildcard && Widened(pattern).Matches(name)))
            return "J04";
        return unlisted.Length < all.Length && unlisted.All(entry => entry.Host.Preference > all.Min(other => other.Host.Preference)) ? "J06" : "J01";
    }

    private static IEnumerable<DomainName> Targets(CheckView view, MxHostFacts host) =>
        new[] { view.Answer(host.Name, "A"), view.Answer(host.Name, "AAAA") }
            .SelectMany(answer => answer.Aliases)
            .Select(alias => DomainName.TryParse(alias, out DomainName? name, out _) ? name : null)
            .OfType<DomainName>();

    // Old lines stay on purpose while senders may hold the old policy (RFC 8461 §8.2); it is only worth a word.
    private static IEnumerable<Detection> Unused(CheckView view, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> hosts)
    {
        ImmutableArray<MxPattern> unused = [.. policy.MxPatterns.Where(pattern => !hosts.Any(entry => pattern.Matches(entry.Name)))];
        return unused.IsEmpty
            ? []
            : [new("J10", Consequence.Nothing, view.PolicyHost, $"No MX record needs {Phrase.List([.. unused.Take(6).Select(pattern => pattern.ToString())])}.")];
    }
}
