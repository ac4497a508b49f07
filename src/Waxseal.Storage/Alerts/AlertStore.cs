using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Alerts;

/// <summary>
/// Keeps what is the matter. What becomes of an alert and the messages about it are written at once, so each is told once,
/// however many processes find it and wherever one of them is killed.
/// </summary>
internal sealed class AlertStore(WriteQueue writes)
{
    private const string Raise = """
        INSERT INTO alert (policy_domain, alert_id, kind, subject, state, urgent, raised_at, told_at, returns)
        VALUES (@policy_domain, @alert_id, @kind, @subject, 'raised', @urgent, @at, @at,
            COALESCE((SELECT MAX(returns) + 1 FROM alert WHERE policy_domain = @policy_domain AND kind = @kind AND subject = @subject AND cleared_at >= @lately), 0))
        ON CONFLICT (policy_domain, kind, subject) WHERE cleared_at IS NULL DO NOTHING
        """;

    private const string Sustain = """
        UPDATE alert SET state = 'sustained', told_at = @at, urgent = @urgent
        WHERE policy_domain = @policy_domain AND alert_id = @alert_id AND cleared_at IS NULL AND told_at = @told_at
        """;

    private const string Clear = """
        UPDATE alert SET state = 'cleared', told_at = @at, cleared_at = @at
        WHERE policy_domain = @policy_domain AND alert_id = @alert_id AND cleared_at IS NULL AND calm_since IS NOT NULL
        """;

    private const string SetCalm = """
        UPDATE alert SET calm_since = @calm_since WHERE policy_domain = @policy_domain AND alert_id = @alert_id AND cleared_at IS NULL
        """;

    private const string InsertEvent = """
        INSERT INTO alert_event (policy_domain, alert_id, ordinal, event, at, first_day, last_day, sessions, failed, title, in_short, remedy, details)
        VALUES (@policy_domain, @alert_id,
            (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM alert_event WHERE policy_domain = @policy_domain AND alert_id = @alert_id),
            @event, @at, @first_day, @last_day, @sessions, @failed, @title, @in_short, @remedy, @details)
        RETURNING ordinal
        """;

    private const string InsertMessage = """
        INSERT INTO alert_message (policy_domain, alert_id, ordinal, route, state, urgent, created_at, due_at, attempts)
        VALUES (@policy_domain, @alert_id, @ordinal, @route, 'waiting', @urgent, @at, @at, 0)
        """;

    private const string PruneMessages = "DELETE FROM alert_message WHERE EXISTS (SELECT 1 FROM alert WHERE alert.policy_domain = alert_message.policy_domain AND alert.alert_id = alert_message.alert_id AND cleared_at < @before)";
    private const string PruneEvents = "DELETE FROM alert_event WHERE EXISTS (SELECT 1 FROM alert WHERE alert.policy_domain = alert_event.policy_domain AND alert.alert_id = alert_event.alert_id AND cleared_at < @before)";
    private const string PruneAlerts = $"DELETE FROM alert WHERE {Outlived.Alerts}";

    /// <summary>Raises an alert, unless the same is open.</summary>
    /// <param name="key">What is the matter.</param>
    /// <param name="isUrgent">Whether it may wake people.</param>
    /// <param name="text">What is to be told.</param>
    /// <param name="routes">To whom.</param>
    /// <param name="at">Now.</param>
    /// <param name="lately">If the same was cleared after this time, it returns.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>Whether it was raised.</returns>
    public Task<bool> RaiseAsync(
        AlertKey key, bool isUrgent, AlertText text, ImmutableArray<string> routes, DateTimeOffset at, DateTimeOffset lately, CancellationToken cancellationToken)
    {
        string id = IdOf(key, at);
        return writes.RunAsync(
            async (session, token) =>
            {
                int raised = await session.RunAsync(Raise, token,
                    ("policy_domain", key.PolicyDomain), ("alert_id", id), ("kind", key.Kind.ToWord()), ("subject", key.Subject), ("urgent", isUrgent ? 1 : 0),
                    ("at", at.ToUnixTimeMilliseconds()), ("lately", lately.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                if (raised == 0)
                    return false;
                await TellAsync(session, key.PolicyDomain, id, AlertState.Raised, isUrgent, text, routes, at, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Tells again of an alert that is open, unless another process has.</summary>
    public Task<bool> SustainAsync(Alert alert, bool isUrgent, AlertText text, ImmutableArray<string> routes, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int sustained = await session.RunAsync(Sustain, token,
                    ("policy_domain", alert.Key.PolicyDomain), ("alert_id", alert.Id), ("at", at.ToUnixTimeMilliseconds()), ("urgent", isUrgent ? 1 : 0),
                    ("told_at", alert.ToldAt.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                if (sustained == 0)
                    return false;
                await TellAsync(session, alert.Key.PolicyDomain, alert.Id, AlertState.Sustained, isUrgent, text, routes, at, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Clears an alert, unless another process has, or something is the matter again.</summary>
    public Task<bool> ClearAsync(Alert alert, AlertText text, ImmutableArray<string> routes, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int cleared = await session.RunAsync(Clear, token,
                    ("policy_domain", alert.Key.PolicyDomain), ("alert_id", alert.Id), ("at", at.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                if (cleared == 0)
                    return false;
                await TellAsync(session, alert.Key.PolicyDomain, alert.Id, AlertState.Cleared, isUrgent: false, text, routes, at, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Notes since when nothing is the matter, or that something is again.</summary>
    public Task<int> SetCalmAsync(Alert alert, DateTimeOffset? since, CancellationToken cancellationToken) =>
        writes.RunAsync(
            (session, token) => session.RunAsync(SetCalm, token,
                ("policy_domain", alert.Key.PolicyDomain), ("alert_id", alert.Id), ("calm_since", since?.ToUnixTimeMilliseconds())),
            cancellationToken);

    /// <summary>Deletes alerts that were cleared before a time.</summary>
    /// <returns>How many.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                foreach (string statement in new[] { PruneMessages, PruneEvents })
                    await session.RunAsync(statement, token, ("before", before.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                return await session.RunAsync(PruneAlerts, token, ("before", before.ToUnixTimeMilliseconds())).ConfigureAwait(false);
            },
            cancellationToken);

    private static async Task TellAsync(
        WriteSession session, string policyDomain, string id, AlertState state, bool isUrgent, AlertText text, ImmutableArray<string> routes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        long ordinal = await session.Command(InsertEvent,
            ("policy_domain", policyDomain), ("alert_id", id), ("event", state.ToWord()), ("at", at.ToUnixTimeMilliseconds()),
            ("first_day", text.FirstDay is { } first ? Day.Number(first) : null), ("last_day", text.LastDay is { } last ? Day.Number(last) : null),
            ("sessions", text.Sessions), ("failed", text.Failed), ("title", ReportRow.Storable(text.Title)), ("in_short", ReportRow.Storable(text.InShort)),
            ("remedy", ReportRow.Storable(text.Remedy)), ("details", ReportRow.Storable(text.Details)))
            .NumberAsync(cancellationToken).ConfigureAwait(false) ?? 0;
        foreach (string route in routes)
        {
            await session.RunAsync(InsertMessage, cancellationToken,
                ("policy_domain", policyDomain), ("alert_id", id), ("ordinal", (int)ordinal), ("route", route), ("urgent", isUrgent ? 1 : 0),
                ("at", at.ToUnixTimeMilliseconds())).ConfigureAwait(false);
        }
    }

    // The same wherever it is reckoned, so that two processes at one moment mean one alert.
    private static string IdOf(AlertKey key, DateTimeOffset at)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{key.PolicyDomain}\n{key.Kind.ToWord()}\n{key.Subject}\n{at.ToUnixTimeMilliseconds()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..10));
    }
}
