using System.Data.Common;
using System.Runtime.CompilerServices;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Reports;

/// <summary>Gives stored reports out, and sums of what they count.</summary>
internal sealed class StoredReports(Engine engine)
{
    private const int PageRows = 500;

    private const string Body = "SELECT body FROM report_body WHERE policy_domain = @policy_domain AND report_key = @report_key";

    private const string Bodies = """
        SELECT body FROM report_body WHERE (policy_domain, report_key) IN (
            SELECT report_domain, report_key FROM reported_policy WHERE policy_domain = @policy_domain AND day BETWEEN @first AND @last
            GROUP BY report_domain, report_key ORDER BY MAX(day) DESC, report_key LIMIT @most)
        """;

    private const string Days = """
        SELECT day, reporter, SUM(successful), SUM(failed) FROM reported_policy
        WHERE policy_domain = @policy_domain AND day BETWEEN @first AND @last AND counted_elsewhere = 0
        GROUP BY day, reporter ORDER BY day, reporter
        """;

    private const string States = "SELECT state, COUNT(*) FROM report GROUP BY state";

    /// <summary>All reports that fit, in the order of policy domain and key.</summary>
    public async IAsyncEnumerable<StoredReport> ListAsync(ReportFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string Domain, byte[] Key) after = ("", []);
        while (true)
        {
            List<StoredReport> page = await PageAsync(filter, after, cancellationToken).ConfigureAwait(false);
            foreach (StoredReport report in page)
                yield return report;
            if (page.Count < PageRows)
                yield break;
            after = (page[^1].Reference.PolicyDomain, page[^1].Reference.Key.ToArray());
        }
    }

    /// <summary>The bytes of a report as they arrived, gzip; null when they are not kept any more.</summary>
    public async Task<byte[]?> BodyAsync(ReportRef report, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(Body, ("policy_domain", report.PolicyDomain), ("report_key", report.Key.ToArray()));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as byte[];
    }

    /// <summary>The bytes of the newest reports about a policy domain and some days, gzip, as far as they are kept.</summary>
    public async IAsyncEnumerable<byte[]> BodiesAsync(string policyDomain, DateOnly first, DateOnly last, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(Bodies, ("policy_domain", policyDomain), ("first", Day.Number(first)), ("last", Day.Number(last)), ("most", most));
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return rows.Bytes(0);
    }

    /// <summary>The sessions of a policy domain, by day and reporter.</summary>
    public async Task<IReadOnlyList<DaySessions>> DaysAsync(string policyDomain, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(Days, ("policy_domain", policyDomain), ("first", Day.Number(first)), ("last", Day.Number(last)));
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<DaySessions> days = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            days.Add(new(policyDomain, Day.Of(rows.Whole(0)), rows.GetString(1), rows.Whole(2), rows.Whole(3)));
        return days;
    }

    /// <summary>How many reports there are in each state.</summary>
    public async Task<IReadOnlyDictionary<ReportState, long>> StatesAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(States);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<ReportState, long> states = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            states[Words.StateOf(rows.GetString(0))] = rows.GetInt64(1);
        return states;
    }

    // Pages by key, so that the last page costs no more than the first, and writers are not held up.
    private async Task<List<StoredReport>> PageAsync(ReportFilter filter, (string Domain, byte[] Key) after, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        (string conditions, (string, object?)[] values) = filter.Conditions;
        string text = $"""
            SELECT {StoredReportRow.Columns} FROM report WHERE (policy_domain, report_key) > (@after_domain, @after_key) AND {conditions}
            ORDER BY policy_domain, report_key LIMIT @rows
            """;
        await using DbCommand command = connection.Command(text, [.. values, ("after_domain", after.Domain), ("after_key", after.Key), ("rows", PageRows)]);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<StoredReport> page = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            page.Add(StoredReportRow.Of(rows));
        return page;
    }
}
