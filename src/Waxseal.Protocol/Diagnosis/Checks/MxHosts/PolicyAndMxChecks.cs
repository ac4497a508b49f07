using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;

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
            .. view.Facts.MxHosts.Select(host => (host, Name: DomainName.TryParse(host.Name, out DomainName? name, out _) ? name : null))
                .Where(entry => entry.Name is not null).Select(entry => (entry.host, entry.Name!)),
        ];
        ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted = [.. hosts.Where(entry => !policy.Allows(entry.Name))];
        return unlisted.IsEmpty ? Unused(view, policy, hosts) : [Unlisted(view, policy, hosts, unlisted)];
    }

    private static Detection Unlisted(
        CheckView view, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> all, ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted)
    {
        string missing = Phrase.List([.. unlisted.Take(6).Select(entry => entry.Host.Name)]);
        bool isAll = unlisted.Length == all.Length && !all[0].Host.IsImplicit;
        string lines = string.Join(", ", policy.MxPatterns.Take(8).Select(pattern => pattern.ToString()));
        return new(CauseOf(view, policy, all, unlisted), Consequence.AgainstPolicy, unlisted[0].Host.Name, $"The policy lists {lines}, and that does not cover {missing}.")
        {
            Share = isAll ? 0.65 : 0.9,
            Rivals = isAll ? [("J09", 0.25)] : [("J09", 0.05)],
            Paste = string.Join('\n', unlisted.Take(10).Select(entry => $"mx: {entry.Host.Name}")),
        };
    }

    private static string CauseOf(
        CheckView view, StsPolicy policy, ImmutableArray<(MxHostFacts Host, DomainName Name)> all, ImmutableArray<(MxHostFacts Host, DomainName Name)> unlisted)
    {
        (MxHostFacts host, DomainName name) = unlisted[0];
        if (host.IsImplicit)
            return "J08";
        if (policy.MxPatterns.Any(pattern => pattern.IsWildcard && name.Value.EndsWith($".{pattern.Name.Value}", StringComparison.Ordinal)))
            return "J03";
        if (host.IsAlias && Targets(view, host).Any(policy.Allows))
            return "J07";
        if (policy.MxPatterns.Any(pattern => !pattern.IsWildcard && pattern.Name.Value == view.Domain) && unlisted.Length == all.Length)
            return "J02";
        if (policy.MxPatterns.Any(pattern => !pattern.IsWildcard && name.Value.EndsWith($".{pattern.Name.Value}", StringComparison.Ordinal)))
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
