using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Looks;
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
        LookCounts looks = await store.StoredLooks.CountsAsync(cancellationToken);
        IReadOnlyDictionary<ReportState, long> states = await store.Stored.StatesAsync(cancellationToken);
        Page page = Surroundings.NewPage();
        page.Paragraph($"{store.Engine.Name}: {store.Engine.Place}");
        if (states.Count == 0)
        {
            page.Paragraph("There are no reports yet. waxseal serve takes them in; waxseal store add FILE puts some there.");
            WriteLooks(page, looks);
            return ExitCode.Clean;
        }

        foreach (ReportState state in Enum.GetValues<ReportState>().Where(states.ContainsKey))
            page.Row($"{states[state].ToString("N0", CultureInfo.InvariantCulture),10}", InWords(state), Columns);
        IReadOnlyList<string> domains = await store.Stored.PolicyDomainsAsync(cancellationToken);
        page.Row($"{domains.Count.ToString("N0", CultureInfo.InvariantCulture),10}", domains.Count == 1 ? $"policy domain: {domains[0]}" : "policy domains", Columns);
        WriteLooks(page, looks);
        return ExitCode.Clean;
    }

    private static void WriteLooks(Page page, LookCounts looks)
    {
        if (looks.Last is not { } last)
            return;
        string of = looks.PolicyDomains == 1 ? "one policy domain" : $"{looks.PolicyDomains.ToString("N0", CultureInfo.InvariantCulture)} policy domains";
        page.Row(Number(looks.Looks), $"{(looks.Looks == 1 ? "look" : "looks")} at {of}, the last at {last.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC", Columns);
        page.Row(Number(looks.Changes), looks.Changes == 1 ? "change between looks" : "changes between looks", Columns);
    }

    private static string Number(long number) => $"{number.ToString("N0", CultureInfo.InvariantCulture),10}";

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
