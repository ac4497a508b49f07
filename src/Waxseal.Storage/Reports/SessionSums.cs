using Waxseal.Storage.Writing;
using static Waxseal.Storage.Writing.ColumnKind;

namespace Waxseal.Storage.Reports;

/// <summary>Keeps the sums of sessions beside the rows that they add up, within one transaction.</summary>
internal static class SessionSums
{
    // More than all mail of the world. A report that claims more must not keep the honest ones from being counted.
    private const long Most = 1_000_000_000_000_000;

    private static readonly string Target = $"""
        ON CONFLICT (policy_domain, day, reporter) DO UPDATE SET reports = session_sum.reports + excluded.reports,
            successful = {Bounded("successful")}, failed = {Bounded("failed")}
        """;

    private static readonly RowStatement AddSums = new(
        $$"""
        INSERT INTO session_sum (policy_domain, day, reporter, reports, successful, failed)
        SELECT policy_domain, day, reporter, reports, successful, failed FROM {given} WHERE 1 = 1
        {{Target}}
        """,
        ("policy_domain", Text), ("day", Whole), ("reporter", Text), ("reports", Whole), ("successful", Whole), ("failed", Whole));

    private static readonly RowStatement SubtractSums = new(
        $$"""
        INSERT INTO session_sum (policy_domain, day, reporter, reports, successful, failed)
        SELECT reported_policy.policy_domain, reported_policy.day, reporter, -COUNT(DISTINCT reported_policy.report_key), -SUM({{Counted("successful")}}), -SUM({{Counted("failed")}})
        FROM {given} JOIN reported_policy ON reported_policy.policy_domain = given.policy_domain AND reported_policy.day = given.day AND reported_policy.report_key = given.report_key
        GROUP BY reported_policy.policy_domain, reported_policy.day, reporter
        {{Target}}
        """,
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes));

    /// <summary>Adds what reports count whose rows are inserted in this transaction.</summary>
    public static Task<int> AddAsync(WriteSession session, IEnumerable<SessionRows> reports, CancellationToken cancellationToken) =>
        session.RunAsync(AddSums,
            [
                .. reports.SelectMany(report => report.Sums.Select(sum => (sum.PolicyDomain, report.Day, report.Reporter, sum.Successful, sum.Failed)))
                    .GroupBy(sum => (sum.PolicyDomain, sum.Day, sum.Reporter))

                    // In one order everywhere, so that two processes do not wait for each other crosswise.
                    .OrderBy(group => group.Key.PolicyDomain, StringComparer.Ordinal).ThenBy(group => group.Key.Day).ThenBy(group => group.Key.Reporter, StringComparer.Ordinal)
                    .Select(group => new object?[]
                    {
                        group.Key.PolicyDomain, (long)group.Key.Day, group.Key.Reporter, (long)group.Count(), Sum(group.Select(sum => sum.Successful)), Sum(group.Select(sum => sum.Failed)),
                    }),
            ],
            cancellationToken);

    /// <summary>Takes away what reports count whose rows are about to be deleted.</summary>
    /// <param name="session">The session.</param>
    /// <param name="places">Policy domain, day and key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<int> SubtractAsync(WriteSession session, IReadOnlyList<object?[]> places, CancellationToken cancellationToken) =>
        session.RunAsync(SubtractSums, places, cancellationToken);

    private static long Sum(IEnumerable<long> counts) => counts.Aggregate(0L, (sum, count) => Math.Min(Most, sum + Math.Min(Most, count)));

    private static string Counted(string column) => $"CASE WHEN counted_elsewhere = 1 THEN 0 WHEN reported_policy.{column} > {Most} THEN {Most} ELSE reported_policy.{column} END";

    private static string Bounded(string column)
    {
        string sum = $"session_sum.{column} + excluded.{column}";
        return $"CASE WHEN {sum} > {Most} THEN {Most} WHEN {sum} < 0 THEN 0 ELSE {sum} END";
    }
}
