using System.Data.Common;
using System.Security.Cryptography;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Reports;

/// <summary>Keeps reports: each once, however often and in whatever way it comes.</summary>
internal sealed class ReportStore(WriteQueue writes)
{
    private const string Insert = """
        INSERT INTO report (policy_domain, report_key, identity, state, received_at, times_received, last_received_at, channel, origin, trust,
            trust_reason, submitter, reporter, organization_name, contact_info, report_id, range_start, range_end, first_day, last_day, policy_domains,
            successful, failed, defects, fault, reader)
        VALUES (@policy_domain, @report_key, @identity, @state, @at, 1, @at, @channel, @origin, @trust,
            @trust_reason, @submitter, @reporter, @organization_name, @contact_info, @report_id, @range_start, @range_end, @first_day, @last_day, @policy_domains,
            @successful, @failed, @defects, @fault, @reader)
        ON CONFLICT (policy_domain, report_key) DO UPDATE
            SET times_received = report.times_received + 1, last_received_at = excluded.received_at
        RETURNING times_received
        """;

    private const string Rewrite = """
        UPDATE report SET state = @state, reporter = @reporter, organization_name = @organization_name, contact_info = @contact_info, report_id = @report_id,
            range_start = @range_start, range_end = @range_end, first_day = @first_day, last_day = @last_day, policy_domains = @policy_domains,
            successful = @successful, failed = @failed, defects = @defects, fault = @fault, reader = @reader
        WHERE policy_domain = @policy_domain AND report_key = @report_key
        """;

    private const string PruneBodies = """
        DELETE FROM report_body WHERE EXISTS (
            SELECT 1 FROM report WHERE report.policy_domain = report_body.policy_domain AND report.report_key = report_body.report_key
                AND received_at < CASE state WHEN 'counted' THEN @bodies ELSE @others END)
        """;

    private const string PruneReports = "DELETE FROM report WHERE (state <> 'counted' AND received_at < @others) OR (state = 'counted' AND last_day < @day)";
    private const string PrunePolicies = "DELETE FROM reported_policy WHERE day < @day";
    private const string PruneFailures = "DELETE FROM reported_failure WHERE day < @day";

    private const string InsertBody = "INSERT INTO report_body (policy_domain, report_key, body) VALUES (@policy_domain, @report_key, @body)";

    private const string Others = """
        SELECT report_key, state, trust FROM report
        WHERE policy_domain = @policy_domain AND identity = @identity AND report_key <> @report_key AND state IN ('counted', 'quarantined')
        """;

    private const string SetState = "UPDATE report SET state = @state WHERE policy_domain = @policy_domain AND report_key = @report_key";
    private const string StateOf = "SELECT state FROM report WHERE policy_domain = @policy_domain AND report_key = @report_key";

    /// <summary>Stores a report; when it returns, the report is on disk.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was stored.</exception>
    public Task<StoreReceipt> AddAsync(ArrivedReport report, CancellationToken cancellationToken)
    {
        // What can be reckoned is reckoned here, before the turn of the one writer.
        ReportIdentity? identity = report.Evidence is null
            ? null
            : ReportIdentity.Of(report.Arrival.Trust is Trust.Verified or Trust.Relayed ? report.Arrival.Submitter : null, report.Evidence);
        byte[] key = identity?.Key ?? SHA256.HashData(report.Body.Span);
        ReportRow row = ReportRow.Of(report, key, identity?.IdentityBytes ?? key[..16]);
        SessionRows? rows = report.Evidence is null ? null : SessionRows.Of(report.PolicyDomain, key, report.Evidence);
        return writes.RunAsync((session, token) => AddAsync(session, report, row, rows, token), cancellationToken);
    }

    /// <summary>Reads a report anew: what its bytes say by the reader of today takes the place of what was stored of it.</summary>
    /// <param name="stored">The report as it stands.</param>
    /// <param name="again">The same, read again.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task<bool> RewriteAsync(StoredReport stored, ArrivedReport again, CancellationToken cancellationToken)
    {
        byte[] key = stored.Reference.Key.ToArray();
        ReportRow row = ReportRow.Of(again, key, key[..16]);
        SessionRows? rows = again.Evidence is null || again.State != ReportState.Counted ? null : SessionRows.Of(again.PolicyDomain, key, again.Evidence);
        return writes.RunAsync(
            async (session, token) =>
            {
                await SessionRows.DeleteAsync(session, key, stored.PolicyDomains, stored.FirstDay ?? 0, token).ConfigureAwait(false);
                await session.Command(Rewrite, row.Parameters).ExecuteNonQueryAsync(token).ConfigureAwait(false);
                if (rows is not null)
                    await rows.InsertAsync(session, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Deletes what arrived before a time: of reports that count their bytes alone, their numbers stay; of all others everything.</summary>
    /// <returns>How many reports were touched.</returns>
    public Task<(long Bodies, long Reports)> PruneAsync(DateTimeOffset bodiesBefore, DateTimeOffset othersBefore, DateTimeOffset allBefore, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int bodies = await session.RunAsync(PruneBodies, token, ("bodies", bodiesBefore.ToUnixTimeMilliseconds()), ("others", othersBefore.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                int day = Day.Number(DateOnly.FromDateTime(allBefore.UtcDateTime));
                foreach (string statement in new[] { PrunePolicies, PruneFailures })
                    await session.RunAsync(statement, token, ("day", day)).ConfigureAwait(false);
                int reports = await session.RunAsync(PruneReports, token, ("others", othersBefore.ToUnixTimeMilliseconds()), ("day", day)).ConfigureAwait(false);
                return ((long)bodies, (long)reports);
            },
            cancellationToken);

    private static async Task<StoreReceipt> AddAsync(
        WriteSession session, ArrivedReport report, ReportRow row, SessionRows? rows, CancellationToken cancellationToken)
    {
        ReportRef reference = new(report.PolicyDomain, row.Key);
        long times = await session.Command(Insert, row.Parameters).NumberAsync(cancellationToken).ConfigureAwait(false) ?? 0;
        if (times > 1)
        {
            object? known = await session.Command(StateOf, ("policy_domain", report.PolicyDomain), ("report_key", row.Key))
                .ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return new(ReportOutcome.Duplicate, Words.StateOf((string)known!), reference);
        }

        await session.RunAsync(InsertBody, cancellationToken, ("policy_domain", report.PolicyDomain), ("report_key", row.Key), ("body", row.Body)).ConfigureAwait(false);
        if (report.State is not (ReportState.Counted or ReportState.Quarantined) || rows is null)
            return new(ReportOutcome.Stored, report.State, reference);

        (ReportState state, bool replaces) = await SettleAsync(session, report, row, rows, cancellationToken).ConfigureAwait(false);
        if (state == ReportState.Counted)
            await rows.InsertAsync(session, cancellationToken).ConfigureAwait(false);
        return new(replaces ? ReportOutcome.Replaced : ReportOutcome.Stored, state, reference);
    }

    // RFC 8460 §4.1 knows one report of a day; whoever sends it again with other numbers corrects it. Only who is trusted as much may.
    private static async Task<(ReportState State, bool Replaces)> SettleAsync(
        WriteSession session, ArrivedReport report, ReportRow row, SessionRows rows, CancellationToken cancellationToken)
    {
        List<(byte[] Key, ReportState State, Trust Trust)> others = [];
        await using (DbDataReader found = await session.Command(Others, ("policy_domain", report.PolicyDomain), ("identity", row.Identity), ("report_key", row.Key))
            .ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await found.ReadAsync(cancellationToken).ConfigureAwait(false))
                others.Add((found.Bytes(0), Words.StateOf(found.GetString(1)), Words.TrustOf(found.GetString(2))));
        }

        if (others.Count == 0)
            return (report.State, false);

        if (others.Any(other => other.Trust < report.Arrival.Trust || (other.State == ReportState.Counted && report.State != ReportState.Counted)))
        {
            await SetStateAsync(session, report.PolicyDomain, row.Key, ReportState.Conflicting, cancellationToken).ConfigureAwait(false);
            return (ReportState.Conflicting, false);
        }

        foreach ((byte[] key, _, _) in others)
        {
            await SetStateAsync(session, report.PolicyDomain, key, ReportState.Replaced, cancellationToken).ConfigureAwait(false);

            // One identity, hence the same policy domains and days.
            await SessionRows.DeleteAsync(session, key, rows.PolicyDomains, rows.Day, cancellationToken).ConfigureAwait(false);
        }

        return (report.State, true);
    }

    private static Task<int> SetStateAsync(WriteSession session, string policyDomain, byte[] key, ReportState state, CancellationToken cancellationToken) =>
        session.RunAsync(SetState, cancellationToken, ("policy_domain", policyDomain), ("report_key", key), ("state", state.ToWord()));
}
