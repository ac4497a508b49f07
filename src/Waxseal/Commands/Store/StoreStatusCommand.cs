using System.CommandLine;
using System.Globalization;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Tells what is in the store.</summary>
internal sealed class StoreStatusCommand : StoreSubcommand
{
    private const int DomainsShown = 10;
    private const int Columns = 14;

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public StoreStatusCommand(Surroundings surroundings)
        : base("status", "Tell where the store is and what is in it.", surroundings) => Add(_json);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        LookCounts looks = await store.StoredLooks.CountsAsync(cancellationToken);
        StoreSummary summary = await store.Summaries.ReadAsync(DomainsShown, cancellationToken);
        if (parsed.GetValue(_json))
        {
            Surroundings.Out.Flush();
            StatusJson.Write(Surroundings.OutStream, store.Engine, summary, looks);
            return ExitCode.Clean;
        }

        Page page = Surroundings.NewPage();
        page.Paragraph($"{store.Engine.Name}: {store.Engine.Place} ({Size(summary.Size)}, schema step {summary.SchemaStep})");
        if (summary.Reports == 0)
            page.Paragraph("There are no reports yet. waxseal serve takes them in; waxseal store add FILE puts some there.");
        else
            WriteReports(page, summary);
        WriteLooks(page, looks);
        return ExitCode.Clean;
    }

    private static void WriteReports(Page page, StoreSummary summary)
    {
        foreach (IGrouping<ReportState, ReportCount> state in summary.Counts.GroupBy(count => count.State).OrderBy(state => state.Key))
        {
            long reports = state.Sum(count => count.Reports);
            page.Row(Number(reports), InWords(state.Key, reports == 1), Columns);
            if (state.Key == ReportState.Quarantined)
                WriteQuarantined(page, state);
        }

        if (summary.NewestArrival is { } newest)
            page.Row("newest", $"arrived {ReportText.Time(newest)} UTC", Columns);
        if (summary is { FirstDay: { } first, LastDay: { } last })
            page.Row("days", first == last ? Day(first) : $"{Day(first)} to {Day(last)}", Columns);
        page.Row("came by", string.Join(", ", summary.Counts.GroupBy(count => count.Channel).OrderBy(channel => channel.Key)
            .Select(channel => $"{channel.Key.ToWord()} {ReportText.Number(channel.Sum(count => count.Reports))}")), Columns);
        if (summary.Largest.IsEmpty)
            return;

        page.Heading(summary.PolicyDomains > summary.Largest.Length ? $"Policy domains: {ReportText.Number(summary.PolicyDomains)}; those with the most reports" : "Policy domains");
        foreach (DomainCount domain in summary.Largest)
            page.Row(Number(domain.Reports), $"{domain.PolicyDomain}, newest {ReportText.Time(domain.NewestArrival)}", Columns);
    }

    private static void WriteQuarantined(Page page, IEnumerable<ReportCount> counts)
    {
        foreach (IGrouping<WhyNotCounted, ReportCount> why in counts.GroupBy(WhyNotCounted.Of))
            page.Row("", $"{ReportText.Number(why.Sum(count => count.Reports))}: {why.Key.Reason}. {why.Key.Remedy}", Columns);
        page.Row("", "waxseal store list --state quarantined shows them.", Columns);
    }

    private static void WriteLooks(Page page, LookCounts looks)
    {
        if (looks.Last is not { } last)
            return;
        page.Heading("The monitor");
        string of = looks.PolicyDomains == 1 ? "one policy domain" : $"{ReportText.Number(looks.PolicyDomains)} policy domains";
        page.Row(Number(looks.Looks), $"{(looks.Looks == 1 ? "look" : "looks")} at {of}, the last at {ReportText.Time(last)} UTC", Columns);
        page.Row(Number(looks.Changes), looks.Changes == 1 ? "change between looks" : "changes between looks", Columns);
    }

    private static string Number(long number) => $"{ReportText.Number(number),10}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Size(long octets) => octets < 10_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{octets / 1000.0:0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{octets / 1_000_000.0:N0} MB");

    private static string InWords(ReportState state, bool isOne)
    {
        string what = isOne ? "report" : "reports";
        return state switch
        {
            ReportState.Counted => $"{what} that count{(isOne ? "s" : "")}",
            ReportState.Replaced => $"{what} replaced by a corrected or better proved one",
            ReportState.Conflicting => $"{what} contradicting one that is more to be trusted",
            ReportState.Quarantined => $"{what} in quarantine, not counted",
            ReportState.Foreign => $"{what} about policy domains that are not in reportIntake.domains",
            _ => $"{(isOne ? "message" : "messages")} that cannot be read as a report",
        };
    }
}
