using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Alerts.Routes;
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
            WriteJson(open, past, routes);
        else
            WriteText(open, past, routes, all, isOn: configuration.Alerts is not null);
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
            page.Paragraph((alert.IsUrgent ? Styled.Error("urgent") + ", " : Styled.Empty) + Styled.Dim($"{alert.Key.Kind.ToWord()}, {alert.State.ToWord()}, since {Time(alert.RaisedAt)}{(alert.CalmSince is { } calm ? $", quiet since {Time(calm)}" : "")}"));
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
            page.Row(Styled.Dim($"{Time(alert.ClearedAt ?? alert.ToldAt)}"), alert.Latest.Text.Title, Columns);
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
        Styled counts = string.Create(CultureInfo.InvariantCulture, $"{route.Sent:N0} sent{(route.LastSentAt is { } last ? $" (last {Time(last)})" : "")}, {route.Waiting:N0} waiting, {route.GivenUp:N0} given up");
        return route.Trouble is { } trouble ? counts + ". " + Styled.Error(trouble) : counts;
    }

    private void WriteJson(List<Alert> open, List<Alert> past, IReadOnlyList<RouteRecord> routes)
    {
        Surroundings.Out.Flush();
        using (Utf8JsonWriter json = new(Surroundings.OutStream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            WriteJson(json, "open", open);
            WriteJson(json, "past", past);
            json.WriteStartArray("routes");
            foreach (RouteRecord route in routes)
            {
                json.WriteStartObject();
                json.WriteString("route", route.Route);
                json.WriteNumber("sent", route.Sent);
                json.WriteNumber("waiting", route.Waiting);
                json.WriteNumber("givenUp", route.GivenUp);
                if (route.LastSentAt is { } last)
                    json.WriteString("lastSentAt", NoticeJson.Time(last));
                if (route.Trouble is { } trouble)
                    json.WriteString("trouble", trouble);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Surroundings.OutStream.WriteByte((byte)'\n');
    }

    private static void WriteJson(Utf8JsonWriter json, string name, List<Alert> alerts)
    {
        json.WriteStartArray(name);
        foreach (Alert alert in alerts)
        {
            json.WriteStartObject();
            NoticeJson.Write(json, alert.Key, alert.Id, alert.Latest, alert.IsUrgent);
            json.WriteString("state", alert.State.ToWord());
            json.WriteString("raisedAt", NoticeJson.Time(alert.RaisedAt));
            if (alert.CalmSince is { } calm && alert.ClearedAt is null)
                json.WriteString("calmSince", NoticeJson.Time(calm));
            if (alert.ClearedAt is { } cleared)
                json.WriteString("clearedAt", NoticeJson.Time(cleared));
            json.WriteNumber("returns", alert.Returns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
}
