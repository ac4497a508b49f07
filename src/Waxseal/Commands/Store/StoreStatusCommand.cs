using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Tells what is in the store.</summary>
internal sealed class StoreStatusCommand(Surroundings surroundings) : StoreSubcommand("status", "Tell where the store is and what is in it.", surroundings)
{
    private const int Columns = 14;

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        IReadOnlyDictionary<ReportState, long> states = await store.Stored.StatesAsync(cancellationToken);
        Page page = Surroundings.NewPage();
        page.Paragraph($"{store.Engine.Name}: {store.Engine.Place}");
        if (states.Count == 0)
        {
            page.Paragraph("There are no reports yet. waxseal serve takes them in; waxseal store add FILE puts some there.");
            return ExitCode.Clean;
        }

        foreach (ReportState state in Enum.GetValues<ReportState>().Where(states.ContainsKey))
            page.Row($"{states[state].ToString("N0", CultureInfo.InvariantCulture),10}", InWords(state), Columns);
        IReadOnlyList<string> domains = await store.Stored.PolicyDomainsAsync(cancellationToken);
        page.Row($"{domains.Count.ToString("N0", CultureInfo.InvariantCulture),10}", domains.Count == 1 ? $"policy domain: {domains[0]}" : "policy domains", Columns);
        return ExitCode.Clean;
    }

    private static string InWords(ReportState state) => state switch
    {
        ReportState.Counted => "reports that count",
        ReportState.Replaced => "reports that were replaced by corrected ones",
        ReportState.Conflicting => "reports that contradict one that is more to be trusted",
        ReportState.Quarantined => "reports in quarantine",
        ReportState.Foreign => "reports about domains that are not ours",
        _ => "messages that cannot be read as a report",
    };
}
