using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Commands.Serve;
using Waxseal.Evidence;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Storage;
using Waxseal.Storage.Migrations;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>The options that bring in what the monitor of <c>waxseal serve</c> saw of the policy domains of the reports.</summary>
internal sealed class Histories
{
    private readonly Option<bool> _history = new("--history")
    {
        Description = "Weigh what the monitor of waxseal serve saw on the days of the reports, and what changed before them.",
    };

    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = $"With --history: the configuration file that names the store; {ConfigurationSource.UsualPath} unless said otherwise.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_history);
        command.Add(_config);
    }

    /// <summary>Reads the histories, by policy domain.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="ledger">The reports.</param>
    /// <param name="surroundings">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The histories, what stood in their way, and what is to be known of them.</returns>
    public async Task<(Dictionary<string, DomainHistory> Histories, string[] Mistakes, string? Note)> ReadAsync(
        ParseResult parsed, ReportLedger ledger, Surroundings surroundings, CancellationToken cancellationToken)
    {
        Dictionary<string, DomainHistory> histories = new(StringComparer.Ordinal);
        if (!parsed.GetValue(_history))
            return (histories, parsed.GetValue(_config) is null ? [] : ["--config names the store for --history, which is missing."], null);

        ServeConfiguration configuration = new ConfigurationSource(parsed.GetValue(_config)).Read(out ImmutableArray<string> problems);
        if (!problems.IsEmpty)
            return (histories, [.. problems], null);

        try
        {
            await using Storage.Store store = await Storage.Store.OpenExistingAsync(configuration.Store.Address, surroundings.Clock, cancellationToken);
            foreach (IGrouping<string, ReportedPolicy> domain in ledger.Policies.GroupBy(policy => policy.PolicyDomain))
                histories[domain.Key] = await new StoredEvidence(store).HistoryAsync(domain.Key, domain.Min(policy => policy.Days.First), domain.Max(policy => policy.Days.Last), cancellationToken);
        }
        catch (StoreAbsentException fault)
        {
            return (histories, [$"there is no store at {fault.Place}; name the configuration of waxseal serve with --config."], null);
        }
        catch (Exception fault) when (fault is StoreUnavailableException or SchemaException)
        {
            return (histories, [$"{fault.Message.TrimEnd('.')}."], null);
        }

        string[] unseen = [.. histories.Where(entry => entry.Value.Periods.IsEmpty).Select(entry => entry.Key)];
        foreach (string domain in unseen)
            histories.Remove(domain);
        return (histories, [], histories.Count == 0 && ledger.Reports > 0 ? "the store has no look at the policy domains of these reports; [monitor] in the configuration names those that are looked at." : null);
    }
}
