using Waxseal.Storage.Writing;
using static Waxseal.Storage.Writing.ColumnKind;

namespace Waxseal.Storage.Reports;

/// <summary>Keeps the sums of sessions beside the rows that they add up, within one transaction: those of each reporter, and those of each policy domain.</summary>
internal static class SessionSums
{
    // More than all mail of the world. A report that claims more must not keep the honest ones from being counted.
    private const long Most = 1_000_000_000_000_000;

    private static readonly string OfReporter = $"""
        ON CONFLICT (policy_domain, day, reporter) DO UPDATE SET reports = session_sum.reports + excluded.reports,
            successful = {Bounded("session_sum", "successful")}, failed = {Bounded("session_sum", "failed")}
        """;

    private static readonly string OfDomain = $"""
        ON CONFLICT (day, policy_domain) DO UPDATE SET successful = {Bounded("domain_sum", "successful")}, failed = {Bounded("domain_sum", "failed")}
        """;

    private static readonly RowStatement AddToReporters = new(
        $$"""
        INSERT INTO session_sum (policy_domain, day, reporter, reports, successful, failed)
        SELECT policy_domain, day, reporter, reports, successful, failed FROM {given} WHERE 1 = 1
        {{OfReporter}}
        """,
        ("policy_domain", Text), ("day", Whole), ("reporter", Text), ("reports", Whole), ("successful", Whole), ("failed", Whole));

    private static readonly RowStatement AddToDomains = new(
        $$"""
        INSERT INTO domain_sum (policy_domain, day, successful, failed)
        SELECT policy_domain, day, successful, failed FROM {given} WHERE 1 = 1
        {{OfDomain}}
        """,
        ("policy_domain", Text), ("day", Whole), ("successful", Whole), ("failed", Whole));

    private static readonly RowStatement SubtractFromReporters = new(
        $$"""
        INSERT INTO session_sum (policy_domain, day, reporter, reports, successful, failed)
        SELECT reported_policy.policy_domain, reported_policy.day, reporter, -COUNT(DISTINCT reported_policy.report_key), -SUM({{Counted("successful")}}), -SUM({{Counted("failed")}})
        FROM {given} JOIN reported_policy ON reported_policy.policy_domain = given.policy_domain AND reported_policy.day = given.day AND reported_policy.report_key = given.report_key
        GROUP BY reported_policy.policy_domain, reported_policy.day, reporter
        {{OfReporter}}
        """,
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes));

    private static readonly RowStatement SubtractFromDomains = new(
        $$"""
        INSERT INTO domain_sum (policy_domain, day, successful, failed)
        SELECT reported_policy.policy_domain, reported_policy.day, -SUM({{Counted("successful")}}), -SUM({{Counted("failed")}})
        FROM {given} JOIN reported_policy ON reported_policy.policy_domain = given.policy_domain AND reported_policy.day = given.day AND reported_policy.report_key = given.report_key
        GROUP BY reported_policy.policy_domain, reported_policy.day
        {{OfDomain}}
        """,
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes));

    /// <summary>Adds what reports count whose rows are inserted in this transaction.</summary>
    public static async Task AddAsync(WriteSession session, IEnumerable<SessionRows> reports, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that two processes do not wait for each other crosswise.
        Sum[] sums =
        [
            .. reports.SelectMany(report => report.Sums.Select(sum => new Sum(sum.PolicyDomain, report.Day, report.Reporter, 1, Math.Min(Most, sum.Successful), Math.Min(Most, sum.Failed))))
                .GroupBy(sum => (sum.PolicyDomain, sum.Day, sum.Reporter)).Select(Sum.Of)
                .OrderBy(sum => sum.PolicyDomain, StringComparer.Ordinal).ThenBy(sum => sum.Day).ThenBy(sum => sum.Reporter, StringComparer.Ordinal),
        ];
        await session.RunAsync(AddToReporters, [.. sums.Select(sum => new object?[] { sum.PolicyDomain, (long)sum.Day, sum.Reporter, sum.Reports, sum.Successful, sum.Failed })], cancellationToken).ConfigureAwait(false);
        await session.RunAsync(AddToDomains,
            [.. sums.GroupBy(sum => (sum.PolicyDomain, sum.Day)).Select(Sum.Of).Select(sum => new object?[] { sum.PolicyDomain, (long)sum.Day, sum.Successful, sum.Failed })],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes away what reports count whose rows are about to be deleted.</summary>
    /// <param name="session">The session.</param>
    /// <param name="places">Policy domain, day and key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task SubtractAsync(WriteSession session, IReadOnlyList<object?[]> places, CancellationToken cancellationToken)
    {
        await session.RunAsync(SubtractFromReporters, places, cancellationToken).ConfigureAwait(false);
        await session.RunAsync(SubtractFromDomains, places, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the sums of the days before one.</summary>
    public static async Task PruneAsync(WriteSession session, DateOnly before, CancellationToken cancellationToken)
    {
        foreach (string table in new[] { "session_sum", "domain_sum" })
            await session.RunAsync($"DELETE FROM {table} WHERE day < @day", cancellationToken, ("day", Day.Number(before))).ConfigureAwait(false);
    }

    private static string Counted(string column) => $"CASE WHEN counted_elsewhere = 1 THEN 0 WHEN reported_policy.{column} > {Most} THEN {Most} ELSE reported_policy.{column} END";

    private static string Bounded(string table, string column)
    {
        string sum = $"{table}.{column} + excluded.{column}";
        return $"CASE WHEN {sum} > {Most} THEN {Most} WHEN {sum} < 0 THEN 0 ELSE {sum} END";
    }

    private sealed record Sum(string PolicyDomain, int Day, string Reporter, long Reports, long Successful, long Failed)
    {
        public static Sum Of(IEnumerable<Sum> sums) => sums.Aggregate((all, one) => all with
        {
            Reports = all.Reports + one.Reports,
            Successful = Math.Min(Most, all.Successful + one.Successful),
            Failed = Math.Min(Most, all.Failed + one.Failed),
        });
    }
}
