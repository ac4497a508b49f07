using Waxseal.Storage.Engines;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Reports;

/// <summary>Keeps reports: each once, however often and in whatever way it comes.</summary>
internal sealed class ReportStore(Engine engine, WriteQueue writes)
{
    private const string Rewrite = """
        UPDATE report SET state = @state, reporter = @reporter, organization_name = @organization_name, contact_info = @contact_info, report_id = @report_id,
            range_start = @range_start, range_end = @range_end, first_day = @first_day, last_day = @last_day, policy_domains = @policy_domains,
            successful = @successful, failed = @failed, defects = @defects, fault = @fault, reader = @reader
        WHERE policy_domain = @policy_domain AND report_key = @report_key AND state = @state_before
        """;

    private const string PruneBodies = $"DELETE FROM report_body WHERE {Outlived.Bodies}";
    private const string PruneReports = $"DELETE FROM report WHERE ({Outlived.Refused}) OR ({Outlived.Counted})";
    private const string DeleteReport = "DELETE FROM report WHERE policy_domain = @policy_domain AND report_key = @report_key AND state = @state_before";
    private const string DeleteBody = "DELETE FROM report_body WHERE policy_domain = @policy_domain AND report_key = @report_key";

    private readonly ReportGroupWriter _group = new();

    /// <summary>Stores a report; when it returns, the report is on disk.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was stored.</exception>
    public Task<StoreReceipt> AddAsync(ArrivedReport report, CancellationToken cancellationToken) =>
        writes.RunAsync(_group, ReportRow.Of(report), cancellationToken);

    /// <summary>Reads a report anew: what its bytes say by the reader of today takes the place of what was stored of it.</summary>
    /// <param name="stored">The report as it stands; if it has become something else meanwhile, nothing is done.</param>
    /// <param name="again">The same, read again.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>By what it is known from now on; null when nothing was done.</returns>
    public Task<ReportRef?> RewriteAsync(StoredReport stored, ArrivedReport again, CancellationToken cancellationToken)
    {
        byte[] key = stored.Reference.Key.ToArray();

        // What can be read now has a name at last, by which it may be known already.
        return stored.State == ReportState.Unreadable && again.Evidence is not null
            ? writes.RunAsync((session, token) => AddAnewAsync(session, stored.Reference.PolicyDomain, key, ReportRow.Of(again), token), cancellationToken)
            : writes.RunAsync((session, token) => RewriteAsync(session, stored, ReportRow.Of(again, key), token), cancellationToken);
    }

    /// <summary>Deletes what arrived before a time: of reports that count their bytes alone, their numbers stay; of all others everything.</summary>
    /// <param name="bodiesBefore">Of bytes of reports that count.</param>
    /// <param name="othersBefore">Of reports that do not count.</param>
    /// <param name="allBefore">Of the days of numbers; whole months go.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>How many reports were touched.</returns>
    public Task<(long Bodies, long Reports)> PruneAsync(DateTimeOffset bodiesBefore, DateTimeOffset othersBefore, DateTimeOffset allBefore, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int bodies = await session.RunAsync(PruneBodies, token, ("bodies", bodiesBefore.ToUnixTimeMilliseconds()), ("others", othersBefore.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                DateOnly month = Outlived.MonthOf(allBefore);
                foreach (string table in ReportTables.ByDay)
                    await engine.DeleteBeforeAsync(session, table, month, token).ConfigureAwait(false);
                await SessionSums.PruneAsync(session, month, token).ConfigureAwait(false);
                int reports = await session.RunAsync(PruneReports, token, ("others", othersBefore.ToUnixTimeMilliseconds()), ("day", Day.Number(month))).ConfigureAwait(false);
                return ((long)bodies, (long)reports);
            },
            cancellationToken);

    private async Task<ReportRef?> AddAnewAsync(WriteSession session, string policyDomain, byte[] key, ReportRow row, CancellationToken cancellationToken)
    {
        if (await session.RunAsync(DeleteReport, cancellationToken, ("policy_domain", policyDomain), ("report_key", key), ("state_before", ReportState.Unreadable.ToWord())).ConfigureAwait(false) == 0)
            return null;
        await session.RunAsync(DeleteBody, cancellationToken, ("policy_domain", policyDomain), ("report_key", key)).ConfigureAwait(false);
        await _group.WriteAsync(session, [row], cancellationToken).ConfigureAwait(false);
        return row.Reference;
    }

    private static async Task<ReportRef?> RewriteAsync(WriteSession session, StoredReport stored, ReportRow row, CancellationToken cancellationToken)
    {
        if (await session.Command(Rewrite, row.Parameters(stored.State)).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
            return null;

        object?[][] places = [.. stored.PolicyDomains.Select(domain => new object?[] { domain, stored.FirstDay ?? 0, stored.Reference.Key.ToArray() })];
        await SessionRows.DeleteAsync(session, places, cancellationToken).ConfigureAwait(false);
        if (row.Sessions is { } sessions && row.State == ReportState.Counted)
            await SessionRows.InsertAsync(session, [sessions], cancellationToken).ConfigureAwait(false);
        return row.Reference;
    }
}
