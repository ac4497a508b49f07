using System.CommandLine;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Lists reports, newest first.</summary>
internal sealed class StoreListCommand : StoreSubcommand, IHasExamples
{
    private const int Shown = 20;
    private const int Most = 10_000;
    private const int TimeColumns = 16;

    private readonly ReportChoice _choice;
    private readonly Option<int> _limit = new("--limit") { Description = $"How many at most (1 to {Most}; default {Shown}).", HelpName = "N", DefaultValueFactory = _ => Shown };
    private readonly Option<string?> _after = new("--after") { Description = "Go on after the place that the list before ended with.", HelpName = "PLACE" };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public StoreListCommand(Surroundings surroundings)
        : base("list", "List reports, the newest first: what became of them, by which way they came, and how many sessions they count.", surroundings)
    {
        _choice = new(this);
        Add(_limit);
        Add(_after);
        Add(_json);
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal store list --state quarantined", "What waits for somebody to look at it; store show tells why."),
        ("waxseal store list --domain example.com --since 2026-03-01", "What came about a policy domain."),
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        int limit = parsed.GetValue(_limit);
        if (limit is < 1 or > Most)
            return Refuse($"--limit takes a number from 1 to {Most}.");
        if (_choice.Read(parsed, out ReportFilter filter) is { } problem)
            return Refuse(problem);
        ReportCursor? after = null;
        if (parsed.GetValue(_after) is { } text && !ReportCursor.TryParse(text, out after))
            return Refuse("--after takes the place that the list before ended with, and nothing else.");

        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        ReportPage page = await store.List.NewestAsync(await ReportChoice.SettleAsync(filter, store.List, cancellationToken), limit, after, cancellationToken);
        if (parsed.GetValue(_json))
        {
            Surroundings.Out.Flush();
            JsonOutput.Write(Surroundings.OutStream, ReportListJson.Of(page), StoreJsonContext.Default.ReportListJson);
        }
        else
        {
            Write(page);
        }

        return ExitCode.Clean;
    }

    private void Write(ReportPage list)
    {
        Page page = Surroundings.NewPage();
        if (list.Reports.IsEmpty)
            page.Paragraph("There are no such reports.");
        foreach (StoredReport report in list.Reports)
        {
            page.Row(Styled.Dim(ReportText.Time(report.Arrival.At)), Styled.Strong(ReportText.Subject(report)) + $" by {ReportText.Sender(report)}{ReportText.Days(report)}", TimeColumns);
            string state = report.State.ToWord();
            page.Row(Styled.Dim(ReportText.ShortId(report)), (report.State == ReportState.Counted ? state : Styled.Warning(state))
                + $", {report.Arrival.Trust.ToWord()}, by {report.Arrival.Channel.ToWord()}" + ReportText.Sessions(report), TimeColumns);
        }

        if (list.Next is not { } next)
            return;
        page.Blank();
        page.Paragraph(Styled.Dim("There are more: --limit shows more at once, and this goes on:"));
        page.Verbatim(Styled.Dim($"  --after {next}"));
    }
}
