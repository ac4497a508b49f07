using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Retention;

/// <summary>Tells what is stored of each kind, and deletes what has been kept long enough.</summary>
internal sealed class StoreCleaning(Store store)
{
    private const string Bodies = $"""
        SELECT COUNT(*), SUM(LENGTH(body)), (SELECT MIN(received_at) FROM report JOIN report_body ON report_body.policy_domain = report.policy_domain AND report_body.report_key = report.report_key),
            SUM(CASE WHEN {Outlived.Bodies} THEN 1 ELSE 0 END)
        FROM report_body
        """;

    private const string Refused = $"SELECT COUNT(*), NULL, MIN(received_at), SUM(CASE WHEN {Outlived.Refused} THEN 1 ELSE 0 END) FROM report WHERE state <> 'counted'";

    // Days are kept as numbers.
    private const string Numbers = $"SELECT COUNT(*), NULL, MIN(first_day), SUM(CASE WHEN {Outlived.Counted} THEN 1 ELSE 0 END) FROM report WHERE state = 'counted'";

    private const string Alerts = $"SELECT COUNT(*), NULL, MIN(cleared_at), SUM(CASE WHEN {Outlived.Alerts} THEN 1 ELSE 0 END) FROM alert WHERE cleared_at IS NOT NULL";
    private const string Documents = $"SELECT COUNT(*), SUM(LENGTH(document)), MIN(looked_at), SUM(CASE WHEN {Outlived.Documents} THEN 1 ELSE 0 END) FROM look_document";
    private const string Looks = $"SELECT COUNT(*), NULL, MIN(looked_at), SUM(CASE WHEN {Outlived.Looks} THEN 1 ELSE 0 END) FROM look";
    private const string Values = $"SELECT COUNT(*), NULL, MIN(last_seen), SUM(CASE WHEN {Outlived.Values} THEN 1 ELSE 0 END) FROM observed_value WHERE is_current = 0";
    private const string Certificates = $"SELECT COUNT(*), NULL, MIN(last_seen), SUM(CASE WHEN {Outlived.Certificates} THEN 1 ELSE 0 END) FROM observed_certificate";
    private const string Findings = $"SELECT COUNT(*), NULL, MIN(gone_at), SUM(CASE WHEN {Outlived.Findings} THEN 1 ELSE 0 END) FROM finding WHERE gone_at IS NOT NULL";

    /// <summary>The kinds of what is stored, without any numbers.</summary>
    public static readonly ImmutableArray<Holding> Kinds =
    [
        .. new (string Key, string What)[]
        {
            ("keepBodies", "bytes of reports"), ("keepRefused", "reports that do not count"), ("keepNumbers", "reports that count, with their numbers of sessions"), ("keepNumbers", "alerts that are over"),
            ("keepFacts", "findings and facts of looks"), ("keepLooks", "looks"), ("keepChanges", "earlier values of records and policies"), ("keepChanges", "certificates"), ("keepChanges", "findings that are gone"),
        }.Select(kind => new Holding(kind.Key, kind.What, 0, null, null, 0)),
    ];

    /// <summary>What is stored of each kind, and how much of it has been kept long enough. Every row is counted, which takes seconds where there are many.</summary>
    public async Task<List<Holding>> HoldingsAsync(Cutoffs cutoffs, CancellationToken cancellationToken)
    {
        (string, object?)[] before(DateTimeOffset time) => [("before", time.ToUnixTimeMilliseconds())];
        (string, object?) others = ("others", cutoffs.Refused.ToUnixTimeMilliseconds());
        (string Query, (string, object?)[] Values)[] asked =
        [
            (Bodies, [("bodies", cutoffs.Bodies.ToUnixTimeMilliseconds()), others]), (Refused, [others]), (Numbers, [("day", Day.Number(Outlived.MonthOf(cutoffs.Numbers)))]),
            (Alerts, before(cutoffs.Numbers)), (Documents, before(Outlived.Later(cutoffs.Facts, cutoffs.Looks))), (Looks, before(cutoffs.Looks)),
            (Values, before(cutoffs.Changes)), (Certificates, before(cutoffs.Changes)), (Findings, before(cutoffs.Changes)),
        ];
        List<Holding> holdings = [];
        foreach (((string query, (string, object?)[] values), Holding kind) in asked.Zip(Kinds))
            holdings.Add((await store.Engine.ListAsync(query, row => HoldingIn(row, kind, isDay: query == Numbers), cancellationToken, values).ConfigureAwait(false))[0]);
        return holdings;
    }

    /// <summary>Deletes what is older, and gives its space back.</summary>
    public async Task<Cleaned> CleanAsync(Cutoffs cutoffs, CancellationToken cancellationToken)
    {
        (long bodies, long reports) = await store.Reports.PruneAsync(cutoffs.Bodies, cutoffs.Refused, cutoffs.Numbers, cancellationToken).ConfigureAwait(false);
        (long documents, long looks, long values) = await store.Looks.PruneAsync(cutoffs.Facts, cutoffs.Looks, cutoffs.Changes, cancellationToken).ConfigureAwait(false);
        long alerts = await store.Alerts.PruneAsync(cutoffs.Numbers, cancellationToken).ConfigureAwait(false);
        long findings = await store.Findings.PruneAsync(cutoffs.Changes, cancellationToken).ConfigureAwait(false);
        await store.Engine.CompactAsync(cancellationToken).ConfigureAwait(false);
        return new(bodies, reports, documents, looks, values, alerts, findings);
    }

    private static Holding HoldingIn(DbDataReader row, Holding kind, bool isDay) => kind with
    {
        Rows = row.Whole(0),
        Octets = row.IsDBNull(1) ? null : row.Whole(1),
        OldestAt = row.IsDBNull(2) ? null : isDay ? new DateTimeOffset(Day.Of(row.Whole(2)).ToDateTime(default), TimeSpan.Zero) : DateTimeOffset.FromUnixTimeMilliseconds(row.Whole(2)),
        Outlived = row.IsDBNull(3) ? 0 : row.Whole(3),
    };
}
