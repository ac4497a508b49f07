using System.Data.Common;
using System.Runtime.CompilerServices;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Reports;

/// <summary>Gives stored reports out, and sums of what they count.</summary>
internal sealed class StoredReports(Engine engine)
{
    private const int PageRows = 500;

    private const string Columns = """
        policy_domain, report_key, state, received_at, channel, origin, trust, trust_reason, submitter, times_received, reporter,
        organization_name, report_id, range_start, range_end, successful, failed, defects, fault, policy_domains, first_day, reader
        """;

    // Pages by key, so that the last page costs no more than the first, and writers are not held up.
    private const string Page = $"""
        SELECT {Columns} FROM report
        WHERE (policy_domain, report_key) > (@after_domain, @after_key)
            AND (@domain IS NULL OR policy_domain = @domain) AND (@state IS NULL OR state = @state) AND received_at >= @since
        ORDER BY policy_domain, report_key LIMIT @rows
        """;

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

    private const string Domains = "SELECT DISTINCT policy_domain FROM reported_policy ORDER BY policy_domain";

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

    /// <summary>The policy domains there are sessions of.</summary>
    public async Task<IReadOnlyList<string>> PolicyDomainsAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(Domains);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<string> domains = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            domains.Add(rows.GetString(0));
        return domains;
    }

    private async Task<List<StoredReport>> PageAsync(ReportFilter filter, (string Domain, byte[] Key) after, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(
            Page.Replace("@domain IS NULL", filter.PolicyDomain is null ? "1 = 1" : "1 = 0", StringComparison.Ordinal)
                .Replace("@state IS NULL", filter.State is null ? "1 = 1" : "1 = 0", StringComparison.Ordinal),
            ("after_domain", after.Domain), ("after_key", after.Key), ("domain", filter.PolicyDomain ?? ""), ("state", filter.State?.ToWord() ?? ""),
            ("since", filter.Since?.ToUnixTimeMilliseconds() ?? 0), ("rows", PageRows));
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<StoredReport> page = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            page.Add(Of(rows));
        return page;
    }

    private static StoredReport Of(DbDataReader row) => new(
        new(row.GetString(0), row.Bytes(1)),
        Words.StateOf(row.GetString(2)),
        new(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), Words.ChannelOf(row.GetString(4)), row.GetString(5))
        {
            Trust = Words.TrustOf(row.GetString(6)),
            TrustReason = row.GetString(7),
            Submitter = row.TextOrNull(8),
        })
    {
        TimesReceived = row.GetInt64(9),
        Reporter = row.GetString(10),
        OrganizationName = row.TextOrNull(11),
        ReportId = row.TextOrNull(12),
        DateRange = row.NumberOrNull(13) is { } start && row.NumberOrNull(14) is { } end
            ? new ReportDateRange(DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(end))
            : null,
        Successful = row.GetInt64(15),
        Failed = row.GetInt64(16),
        Defects = row.GetString(17),
        Fault = row.TextOrNull(18),
        PolicyDomains = SessionRows.TextsIn(row.GetString(19)),
        FirstDay = row.IsDBNull(20) ? null : row.Whole(20),
        Reader = row.Whole(21),
    };
}
