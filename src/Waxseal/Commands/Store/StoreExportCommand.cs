using System.CommandLine;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Writes the reports of the store, or its looks, as lines for other programs.</summary>
internal sealed class StoreExportCommand : StoreSubcommand
{
    private readonly Option<string> _format = new("--format") { Description = "jsonl (default) or csv.", HelpName = "FORMAT", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<bool> _looks = new("--looks") { Description = "Write the looks of the monitor instead (jsonl); --domain, --since and --until choose among them." };
    private readonly ReportChoice _choice;

    public StoreExportCommand(Surroundings surroundings)
        : base("export", "Write the reports of the store, one a line, as JSON or CSV.", surroundings)
    {
        _format.AcceptOnlyFromAmong("jsonl", "csv");
        Add(_format);
        _choice = new(this);
        Add(_looks);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        if (_choice.Read(parsed, out ReportFilter filter) is { } problem)
            return Refuse(problem);
        bool isCsv = parsed.GetValue(_format) == "csv";
        bool isOfLooks = parsed.GetValue(_looks);
        if (isOfLooks && (isCsv || filter.State is not null || filter.Reporter is not null))
            return Refuse("--looks goes with --domain, --since and --until alone.");

        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        int done = isOfLooks
            ? await WriteLooksAsync(store, filter, cancellationToken)
            : await WriteReportsAsync(store, await ReportChoice.SettleAsync(filter, store.List, cancellationToken), isCsv, cancellationToken);
        if (done == 0)
            Surroundings.NewErrorPage().Paragraph(Styled.Warning("waxseal: ") + $"the store has no {(isOfLooks ? "look" : "report")}{(filter == new ReportFilter() ? "" : " that fits")}.");
        return ExitCode.Clean;
    }

    private async Task<int> WriteLooksAsync(Storage.Store store, ReportFilter filter, CancellationToken cancellationToken)
    {
        using Progress progress = new(Surroundings);
        int done = 0;
        string[] domains = filter.PolicyDomain is { } domain ? [domain] : [.. (await store.StoredLooks.LastAsync(cancellationToken)).Select(look => look.PolicyDomain)];
        foreach (string policyDomain in domains)
        {
            await foreach (Look look in store.StoredLooks.ListAsync(policyDomain, filter.Since ?? DateTimeOffset.UnixEpoch, filter.Until ?? DateTimeOffset.MaxValue, cancellationToken))
            {
                Surroundings.Out.Write($"{LookLine.Of(look)}\n");
                progress.Show($"{++done:N0} looks");
            }
        }

        return done;
    }

    private async Task<int> WriteReportsAsync(Storage.Store store, ReportFilter filter, bool isCsv, CancellationToken cancellationToken)
    {
        if (isCsv)
            Surroundings.Out.Write(ReportTable.CsvHeader);
        using Progress progress = new(Surroundings);
        int done = 0;
        await foreach (StoredReport report in store.Stored.ListAsync(filter, cancellationToken))
        {
            Surroundings.Out.Write(isCsv ? ReportTable.Csv(report) : ReportTable.Json(report));
            progress.Show($"{++done:N0} reports");
        }

        return done;
    }
}
