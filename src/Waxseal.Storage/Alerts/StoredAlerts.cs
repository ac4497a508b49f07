using System.Data.Common;
using System.Runtime.CompilerServices;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Alerts;

/// <summary>Gives alerts out.</summary>
internal sealed class StoredAlerts(Engine engine)
{
    private const string Columns = """
        alert.policy_domain, kind, subject, alert.alert_id, state, urgent, raised_at, told_at, calm_since, cleared_at, returns,
        ordinal, event, at, first_day, last_day, sessions, failed, title, in_short, remedy, details
        """;

    private const string Latest = """
        FROM alert JOIN alert_event ON alert_event.policy_domain = alert.policy_domain AND alert_event.alert_id = alert.alert_id
            AND ordinal = (SELECT MAX(ordinal) FROM alert_event AS other WHERE other.policy_domain = alert.policy_domain AND other.alert_id = alert.alert_id)
        """;

    private const string Open = $"SELECT {Columns} {Latest} WHERE cleared_at IS NULL ORDER BY raised_at DESC, alert.policy_domain, kind, subject";
    private const string OpenOf = $"SELECT {Columns} {Latest} WHERE alert.policy_domain = @policy_domain AND cleared_at IS NULL ORDER BY kind, subject";
    private const string Past = $"SELECT {Columns} {Latest} WHERE cleared_at IS NOT NULL ORDER BY cleared_at DESC, alert.policy_domain, kind, subject LIMIT @most";

    private const string Routes = """
        SELECT route, SUM(CASE state WHEN 'waiting' THEN 1 ELSE 0 END), SUM(CASE state WHEN 'sent' THEN 1 ELSE 0 END), SUM(CASE state WHEN 'given-up' THEN 1 ELSE 0 END),
            MAX(CASE state WHEN 'sent' THEN ended_at END),
            (SELECT answer FROM alert_message AS bad WHERE bad.route = alert_message.route AND (state = 'waiting' OR state = 'given-up') AND answer IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM alert_message AS good WHERE good.route = bad.route AND good.state = 'sent' AND good.ended_at >= COALESCE(bad.ended_at, bad.due_at))
                ORDER BY due_at DESC LIMIT 1)
        FROM alert_message GROUP BY route ORDER BY route
        """;

    /// <summary>Those that are open, newest first.</summary>
    public IAsyncEnumerable<Alert> OpenAsync(CancellationToken cancellationToken) => ListAsync(Open, [], cancellationToken);

    /// <summary>Those of one policy domain that are open.</summary>
    public IAsyncEnumerable<Alert> OpenAsync(string policyDomain, CancellationToken cancellationToken) =>
        ListAsync(OpenOf, [("policy_domain", policyDomain)], cancellationToken);

    /// <summary>Those that are over, latest first.</summary>
    public IAsyncEnumerable<Alert> PastAsync(int most, CancellationToken cancellationToken) => ListAsync(Past, [("most", most)], cancellationToken);

    /// <summary>How each route fares that there were messages for.</summary>
    public async Task<IReadOnlyList<RouteRecord>> RoutesAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(Routes);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<RouteRecord> routes = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            routes.Add(new(rows.GetString(0), rows.Whole(1), rows.Whole(2), rows.Whole(3),
                rows.NumberOrNull(4) is { } sent ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null, rows.TextOrNull(5)));
        }

        return routes;
    }

    internal static AlertEvent EventIn(DbDataReader row, int column) => new(
        (int)row.Whole(column), AlertWords.StateOf(row.GetString(column + 1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column + 2)),
        new AlertText(row.GetString(column + 7), row.GetString(column + 8), row.GetString(column + 9), row.GetString(column + 10))
        {
            FirstDay = row.IsDBNull(column + 3) ? null : Day.Of(row.Whole(column + 3)),
            LastDay = row.IsDBNull(column + 4) ? null : Day.Of(row.Whole(column + 4)),
            Sessions = row.GetInt64(column + 5),
            Failed = row.GetInt64(column + 6),
        });

    private async IAsyncEnumerable<Alert> ListAsync(string query, (string, object?)[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(query, parameters);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return Of(rows);
    }

    private static Alert Of(DbDataReader row) => new(new(row.GetString(0), AlertWords.KindOf(row.GetString(1)), row.GetString(2)), row.GetString(3))
    {
        State = AlertWords.StateOf(row.GetString(4)),
        IsUrgent = row.Whole(5) != 0,
        RaisedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        ToldAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        CalmSince = row.NumberOrNull(8) is { } calm ? DateTimeOffset.FromUnixTimeMilliseconds(calm) : null,
        ClearedAt = row.NumberOrNull(9) is { } cleared ? DateTimeOffset.FromUnixTimeMilliseconds(cleared) : null,
        Returns = (int)row.Whole(10),
        Latest = EventIn(row, 11),
    };
}
