using System.CommandLine;
using Waxseal.Commands.Check;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>The options that bring in facts about the policy domains of the reports: from a file, or by looking now.</summary>
internal sealed class Looks
{
    // Reports of a provider may speak of thousands; to look at these is a task for waxseal check.
    private const int MostLive = 200;
    private const int AtOnce = 16;
    private const int MostNamed = 3;

    private readonly Option<string[]> _facts = new("--facts")
    {
        Description = "Weigh the facts of this file as well, as waxseal check --json wrote it (may be repeated).",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Look at the policy domains now, and weigh what shows.",
    };

    private readonly ProbeSettings _settings = new();

    public void AddTo(Command command)
    {
        command.Add(_facts);
        command.Add(_live);
        _settings.AddTo(command);
    }

    /// <summary>Gathers the looks, by policy domain.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="policyDomains">The policy domains of the reports.</param>
    /// <param name="surroundings">Where progress is shown.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The looks, and what stood in their way.</returns>
    public async Task<(Dictionary<string, LookSummary> Looks, string[] Mistakes)> GatherAsync(
        ParseResult parsed, IReadOnlyCollection<string> policyDomains, Surroundings surroundings, CancellationToken cancellationToken)
    {
        Dictionary<string, LookSummary> looks = new(StringComparer.Ordinal);
        foreach (string path in parsed.GetValue(_facts) ?? [])
        {
            if (!FactsFile.TryRead(path, out DomainFacts[]? facts, out string? problem))
                return (looks, [$"{path}: {problem}."]);
            if (policyDomains.Count > 0 && !facts.Any(domain => policyDomains.Contains(domain.PolicyDomain)))
                return (looks, [$"{path}: it speaks of {Named(facts.Select(domain => domain.PolicyDomain))}, and the reports of {Named(policyDomains)}."]);
            foreach (DomainFacts domain in facts)
                looks[domain.PolicyDomain] = Checker.Summarise(domain);
        }

        if (!parsed.GetValue(_live))
            return (looks, []);
        if (!_settings.TryRead(parsed, out ProbeSettings.Reading? settings, out string[] mistakes))
            return (looks, mistakes);
        if (policyDomains.Count > MostLive)
            return (looks, [$"--live looks at {MostLive} policy domains at most, and these reports speak of {policyDomains.Count:N0}; use waxseal check --json and --facts."]);

        using DomainProbe probe = new(settings.Options, settings.Rules, surroundings.Clock);
        using Progress progress = new(surroundings);
        IEnumerable<DomainName> names = policyDomains.Select(text => DomainName.TryParse(text, out DomainName? name, out _) ? name : null).OfType<DomainName>();
        int done = 0;
        await foreach (CheckResult result in new CheckRun(probe, AtOnce).RunAsync(names, cancellationToken))
        {
            looks[result.Facts.PolicyDomain] = Checker.Summarise(result.Facts);
            progress.Show(++done, policyDomains.Count, "policy domains looked at");
        }

        return (looks, []);
    }

    private static string Named(IEnumerable<string> policyDomains)
    {
        string[] names = [.. policyDomains.Take(MostNamed + 1)];
        return names.Length switch
        {
            0 => "no policy domain",
            > MostNamed => $"{string.Join(", ", names[..MostNamed])} and others",
            _ => string.Join(", ", names),
        };
    }
}
