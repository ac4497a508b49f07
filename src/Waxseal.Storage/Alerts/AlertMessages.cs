using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Alerts;

/// <summary>
/// Hands messages out to be sent. Whoever takes one up moves the time at which it is due beyond the time that sending may take, so no
/// other process sends it meanwhile, and one that was killed leaves it to the next.
/// </summary>
internal sealed class AlertMessages(Engine engine, WriteQueue writes)
{
    private const string StartedBatch = """
        SELECT batch FROM alert_message
        WHERE route = @route AND state = 'waiting' AND due_at <= @now AND urgent >= @urgent AND batch IS NOT NULL ORDER BY due_at, batch LIMIT 1
        """;

    // What became of an alert is not told before what was told of it first. PostgreSQL would run a query within IN once for each row.
    private const string Due = """
        SELECT policy_domain, alert_id, ordinal FROM alert_message
        WHERE route = @route AND state = 'waiting' AND due_at <= @now AND urgent >= @urgent AND batch IS NULL
            AND NOT EXISTS (SELECT 1 FROM alert_message AS earlier
                WHERE earlier.policy_domain = alert_message.policy_domain AND earlier.alert_id = alert_message.alert_id
                    AND earlier.route = alert_message.route AND earlier.ordinal < alert_message.ordinal
                    AND earlier.state = 'waiting' AND earlier.batch IS NOT NULL)
        ORDER BY due_at, policy_domain, alert_id, ordinal LIMIT @most
        """;

    private const string NewBatch = """
        UPDATE alert_message SET batch = @batch
        WHERE batch IS NULL AND state = 'waiting' AND route = @route AND (policy_domain, alert_id, ordinal) IN (SELECT policy_domain, alert_id, ordinal FROM due)
        """;

    // In one order, so that two processes never wait for each other.
    private const string Lock = """
        SELECT ordinal FROM alert_message WHERE route = @route AND state = 'waiting' AND batch = @batch ORDER BY policy_domain, alert_id, ordinal
        """;

    private const string Take = """
        UPDATE alert_message SET due_at = @until, attempts = attempts + 1
        WHERE route = @route AND state = 'waiting' AND batch = @batch AND due_at <= @now
        """;

    private const string Taken = """
        SELECT alert_message.policy_domain, kind, subject, alert_message.alert_id, route, alert_message.urgent, created_at, attempts, batch,
            alert_event.ordinal, event, at, first_day, last_day, sessions, failed, title, in_short, remedy, details
        FROM alert_message
            JOIN alert ON alert.policy_domain = alert_message.policy_domain AND alert.alert_id = alert_message.alert_id
            JOIN alert_event ON alert_event.policy_domain = alert_message.policy_domain AND alert_event.alert_id = alert_message.alert_id AND alert_event.ordinal = alert_message.ordinal
        WHERE route = @route AND alert_message.state = 'waiting' AND batch = @batch AND due_at = @until
        ORDER BY created_at, alert_message.policy_domain, alert_message.alert_id, alert_event.ordinal
        """;

    private const string Settle = """
        UPDATE alert_message SET state = @state, due_at = @due_at, answer = @answer, ended_at = @ended_at
        WHERE policy_domain = @policy_domain AND alert_id = @alert_id AND ordinal = @ordinal AND route = @route AND state = 'waiting'
        """;

    private const string GiveUpOld = """
        UPDATE alert_message SET state = 'given-up', ended_at = @now, answer = COALESCE(answer, 'the route is not in the configuration any more')
        WHERE state = 'waiting' AND created_at < @before AND due_at <= @now
        """;

    /// <summary>Takes up what is due on a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="urgentOnly">Whether what is not urgent has to wait.</param>
    /// <param name="now">Now.</param>
    /// <param name="until">When another may take it up, should nothing become of it.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task<ImmutableArray<AlertMessage>> TakeAsync(string route, bool urgentOnly, DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        string fresh = Guid.NewGuid().ToString("N");
        return writes.RunAsync(
            async (session, token) =>
            {
                (string, object?)[] when = [("route", route), ("now", now.ToUnixTimeMilliseconds()), ("urgent", urgentOnly ? 1 : 0)];
                string? started = await session.Command(StartedBatch, when).ExecuteScalarAsync(token).ConfigureAwait(false) as string;
                if (started is null && await session.RunAsync($"WITH due AS MATERIALIZED ({Due}{engine.SkipLocked}) {NewBatch}", token, [.. when, ("batch", fresh), ("most", most)]).ConfigureAwait(false) == 0)
                    return [];

                (string, object?)[] batch = [("route", route), ("batch", started ?? fresh)];
                await session.RunAsync($"{Lock}{engine.ForUpdate}", token, batch).ConfigureAwait(false);
                if (await session.RunAsync(Take, token, [.. batch, ("now", now.ToUnixTimeMilliseconds()), ("until", until.ToUnixTimeMilliseconds())]).ConfigureAwait(false) == 0)
                    return [];

                await using DbDataReader rows = await session.Command(Taken, [.. batch, ("until", until.ToUnixTimeMilliseconds())]).ExecuteReaderAsync(token).ConfigureAwait(false);
                ImmutableArray<AlertMessage>.Builder taken = ImmutableArray.CreateBuilder<AlertMessage>();
                while (await rows.ReadAsync(token).ConfigureAwait(false))
                    taken.Add(Of(rows));
                return taken.ToImmutable();
            },
            cancellationToken);
    }

    /// <summary>Notes that messages were sent.</summary>
    public Task<bool> SentAsync(IEnumerable<AlertMessage> messages, string answer, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync([.. messages], MessageState.Sent, now, answer, now, cancellationToken);

    /// <summary>Notes that messages were tried in vain, and when they are to be tried again.</summary>
    public Task<bool> FailedAsync(IEnumerable<AlertMessage> messages, string answer, DateTimeOffset again, CancellationToken cancellationToken) =>
        SettleAsync([.. messages], MessageState.Waiting, again, answer, null, cancellationToken);

    /// <summary>Notes that messages will not be tried again.</summary>
    public Task<bool> GivenUpAsync(IEnumerable<AlertMessage> messages, string answer, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync([.. messages], MessageState.GivenUp, now, answer, now, cancellationToken);

    /// <summary>Gives up what nobody takes up, for its route is gone from the configuration.</summary>
    /// <returns>How many.</returns>
    public Task<int> GiveUpOldAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken) =>
        writes.RunAsync((session, token) => session.RunAsync(GiveUpOld, token, ("before", before.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds())), cancellationToken);

    private Task<bool> SettleAsync(ImmutableArray<AlertMessage> messages, MessageState state, DateTimeOffset due, string answer, DateTimeOffset? ended, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                foreach (AlertMessage message in messages)
                {
                    await session.RunAsync(Settle, token,
                        ("state", state.ToWord()), ("due_at", due.ToUnixTimeMilliseconds()), ("answer", Reports.ReportRow.Storable(answer)), ("ended_at", ended?.ToUnixTimeMilliseconds()),
                        ("policy_domain", message.Key.PolicyDomain), ("alert_id", message.AlertId), ("ordinal", message.Event.Ordinal), ("route", message.Route)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    private static AlertMessage Of(DbDataReader row) => new(
        new(row.GetString(0), AlertWords.KindOf(row.GetString(1)), row.GetString(2)), row.GetString(3), StoredAlerts.EventIn(row, 9), row.GetString(4))
    {
        IsUrgent = row.Whole(5) != 0,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        Attempts = (int)row.Whole(7),
        Batch = row.GetString(8),
    };
}
