using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Reports;

/// <summary>Lists reports for people, newest first, and gives one whole.</summary>
internal sealed class ReportList(Engine engine)
{
    /// <summary>The fewest letters that a name of a report may be shortened to.</summary>
    public const int LeastLetters = 4;

    private const int MostLetters = 64;

    private const string After = """
        received_at <= @after_at AND (received_at < @after_at OR policy_domain < @after_domain OR (policy_domain = @after_domain AND report_key < @after_key))
        """;

    // By the key within each policy domain, for the key alone has no index; the join in this order.
    private const string WithId = $"""
        {LooseScan.Subjects}
        SELECT {StoredReportRow.Columns} FROM domain CROSS JOIN report
        WHERE report.policy_domain = domain.name AND report_key BETWEEN @first AND @last
        LIMIT 2
        """;

    private const string Reporters = $"{LooseScan.Reporters} SELECT name FROM known WHERE name <> ''";

    private const string Policies = """
        SELECT ordinal, policy_type, policy_string, mx_patterns, successful, failed, counted_elsewhere FROM reported_policy
        WHERE policy_domain = @domain AND day = @day AND report_key = @key ORDER BY ordinal
        """;

    private const string Failures = """
        SELECT ordinal, result_type, sessions, sending_ip, mx_host, mx_helo, receiving_ip, failure_reason, more_information FROM reported_failure
        WHERE policy_domain = @domain AND day = @day AND report_key = @key ORDER BY ordinal, detail
        """;

    /// <summary>A page of the reports that fit, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ReportPage> NewestAsync(ReportFilter filter, int most, ReportCursor? after, CancellationToken cancellationToken)
    {
        (string conditions, (string, object?)[] values) = filter.Conditions;
        if (after is not null)
            (conditions, values) = ($"{conditions} AND {After}", [.. values, ("after_at", after.At), ("after_domain", after.PolicyDomain), ("after_key", after.Key)]);
        ImmutableArray<StoredReport> reports = await ReadAsync(
            $"SELECT {StoredReportRow.Columns} FROM report WHERE {conditions} ORDER BY received_at DESC, policy_domain DESC, report_key DESC LIMIT @rows",
            [.. values, ("rows", most + 1L)], StoredReportRow.Of, cancellationToken).ConfigureAwait(false);
        return reports.Length > most ? new(reports[..most], ReportCursor.Of(reports[most - 1])) : new(reports, null);
    }

    /// <summary>The reports whose names begin so, two at most.</summary>
    /// <param name="id">The first letters of a name, or all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImmutableArray<StoredReport>> WithIdAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length is < LeastLetters or > MostLetters || !id.All(char.IsAsciiHexDigit))
            return [];
        return await ReadAsync(WithId, [("first", Convert.FromHexString(id.PadRight(MostLetters, '0'))), ("last", Convert.FromHexString(id.PadRight(MostLetters, 'f')))],
            StoredReportRow.Of, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The reporters there are reports of.</summary>
    public Task<ImmutableArray<string>> ReportersAsync(CancellationToken cancellationToken) => ReadAsync(Reporters, [], row => row.GetString(0), cancellationToken);

    /// <summary>What a report that counts says of each policy; empty for one that does not count, whose bytes alone tell.</summary>
    public async Task<ImmutableArray<PolicySessions>> PoliciesAsync(StoredReport report, CancellationToken cancellationToken)
    {
        ImmutableArray<(long Ordinal, PolicySessions Policy)>.Builder policies = ImmutableArray.CreateBuilder<(long, PolicySessions)>();
        foreach (string domain in report.PolicyDomains)
        {
            (string, object?)[] place = [("domain", domain), ("day", report.FirstDay ?? 0), ("key", report.Reference.Key.ToArray())];
            ILookup<long, FailureDetail> failures = (await ReadAsync(Failures, place, row => (Ordinal: row.Whole(0), Failure: FailureOf(row)), cancellationToken).ConfigureAwait(false))
                .ToLookup(one => one.Ordinal, one => one.Failure);
            policies.AddRange(await ReadAsync(Policies, place, row => (row.Whole(0), PolicyOf(domain, row, failures)), cancellationToken).ConfigureAwait(false));
        }

        return [.. policies.OrderBy(one => one.Ordinal).Select(one => one.Policy)];
    }

    private static PolicySessions PolicyOf(string domain, DbDataReader row, ILookup<long, FailureDetail> failures) => new(
        domain,
        new ReportPolicy
        {
            Type = PolicyTypes.FromWord(row.GetString(1)),
            TypeText = row.GetString(1),
            PolicyString = SessionRows.TextsIn(row.GetString(2)),
            PolicyDomain = domain,
            MxHosts = SessionRows.TextsIn(row.GetString(3)),
            SuccessfulSessions = row.Whole(4),
            FailedSessions = row.Whole(5),
            Failures = [.. failures[row.Whole(0)]],
        },
        row.Whole(6) == 1);

    private static FailureDetail FailureOf(DbDataReader row) => new()
    {
        Type = ResultTypes.FromWord(row.GetString(1)),
        TypeText = row.GetString(1),
        FailedSessions = row.Whole(2),
        SendingMtaIp = row.TextOrNull(3),
        ReceivingMxHost = row.TextOrNull(4),
        ReceivingMxHelo = row.TextOrNull(5),
        ReceivingIp = row.TextOrNull(6),
        FailureReasonCode = row.TextOrNull(7),
        AdditionalInformation = row.TextOrNull(8),
    };

    private async Task<ImmutableArray<T>> ReadAsync<T>(string query, (string, object?)[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        [.. await engine.ListAsync(query, read, cancellationToken, values).ConfigureAwait(false)];
}

/// <summary>Some reports of a list.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="Next">Where it goes on; null at the end.</param>
internal sealed record ReportPage(ImmutableArray<StoredReport> Reports, ReportCursor? Next);
