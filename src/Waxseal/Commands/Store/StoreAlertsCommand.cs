using System.CommandLine;
using System.Globalization;
using Waxseal.Alerts.Judgement;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Alerts;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Tells what is the matter, what was, and how the routes fare.</summary>
internal sealed class StoreAlertsCommand : StoreSubcommand
{
    private const int MostPast = 1000;
    private const int PastShown = 10;
    private const int Columns = 22;

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };
    private readonly Option<bool> _all = new("--all") { Description = $"Show each open alert in full, and all that are over (the latest {MostPast})." };

    public StoreAlertsCommand(Surroundings surroundings)
        : base("alerts", "Tell what is the matter now, what was, and whether messages about it arrive.", surroundings)
    {
        Add(_json);
        Add(_all);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        List<Alert> open = await ListAsync(store.StoredAlerts.OpenAsync(cancellationToken));
        bool all = parsed.GetValue(_all);
        bool isJson = parsed.GetValue(_json);
        List<Alert> past = await ListAsync(store.StoredAlerts.PastAsync(all || isJson ? MostPast : PastShown, cancellationToken));
        IReadOnlyList<RouteRecord> routes = await store.StoredAlerts.RoutesAsync(cancellationToken);
        if (isJson)
        {
            Surroundings.Out.Flush();
            JsonOutput.Write(Surroundings.OutStream, AlertListJson.Of(open, past, routes), StoreJsonContext.Default.AlertListJson);
        }
        else
        {
            WriteText(open, past, routes, all, isOn: configuration.Alerts is not null);
        }

        return open.Count > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private static async Task<List<Alert>> ListAsync(IAsyncEnumerable<Alert> alerts)
    {
        List<Alert> list = [];
        await foreach (Alert alert in alerts)
            list.Add(alert);
        return list;
    }

    private void WriteText(List<Alert> open, List<Alert> past, IReadOnlyList<RouteRecord> routes, bool all, bool isOn)
    {
        Page page = Surroundings.NewPage();
        if (!isOn)
            page.Paragraph(Styled.Warning("The configuration has no section [alerts], so nothing is raised."));
        page.Paragraph(open.Count == 0 ? Styled.Good("No alert is open.") : Styled.Strong(open.Count == 1 ? "1 alert is open." : $"{open.Count:N0} alerts are open."));
        foreach (Alert alert in open)
        {
            page.Heading(alert.Latest.Text.Title);
            page.Paragraph((alert.IsUrgent ? Styled.Error("urgent") + ", " : Styled.Empty) + Styled.Dim($"{alert.Key.Kind.ToWord()}, {alert.State.ToWord()}, since {Wording.Time(alert.RaisedAt)}{(alert.CalmSince is { } calm ? $", quiet since {Wording.Time(calm)}" : "")}"));
            if (all)
            {
                page.Blank();
                foreach (string line in alert.Latest.Text.Details.TrimEnd('\n').Split('\n'))
                    WriteLine(page, line);
                continue;
            }

            page.Paragraph(alert.Latest.Text.InShort);
            if (alert.Latest.Text.Remedy.Length > 0)
                page.Paragraph(Styled.Strong("What to do: ") + alert.Latest.Text.Remedy);
        }

        if (past.Count > 0)
            page.Heading("Over");
        foreach (Alert alert in past)
            page.Row(Styled.Dim($"{Wording.Time(alert.ClearedAt ?? alert.ToldAt)}"), alert.Latest.Text.Title, Columns);
        if (routes.Count > 0)
            page.Heading("Messages");
        foreach (RouteRecord route in routes)
            page.Row(route.Route, RouteInWords(route), Columns);
    }

    private static void WriteLine(Page page, string line)
    {
        if (line.Length == 0)
            page.Blank();
        else if (line.StartsWith("- ", StringComparison.Ordinal))
            page.Item(line[2..]);
        else if (line.StartsWith("    ", StringComparison.Ordinal))
            page.Verbatim(line);
        else
            page.Paragraph(line);
    }

    private static Styled RouteInWords(RouteRecord route)
    {
        Styled counts = string.Create(CultureInfo.InvariantCulture, $"{route.Sent:N0} sent{(route.LastSentAt is { } last ? $" (last {Wording.Time(last)})" : "")}, {route.Waiting:N0} waiting, {route.GivenUp:N0} given up");
        return route.Trouble is { } trouble ? counts + ". " + Styled.Error(trouble) : counts;
    }
}
