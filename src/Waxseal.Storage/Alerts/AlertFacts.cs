using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Alerts;

/// <summary>Gives out what alerts are judged by: sums of what is stored, and what came lately.</summary>
internal sealed class AlertFacts(Engine engine)
{
    private const string Proved = "(@proved = 0 OR report.trust = 'verified' OR report.trust = 'relayed')";

    private const string Days = $"""
        SELECT day, reported_policy.reporter, MIN(received_at),
            SUM(CASE counted_elsewhere WHEN 0 THEN reported_policy.successful ELSE 0 END), SUM(CASE counted_elsewhere WHEN 0 THEN reported_policy.failed ELSE 0 END)
        FROM reported_policy JOIN report ON report.policy_domain = reported_policy.report_domain AND report.report_key = reported_policy.report_key
        WHERE reported_policy.policy_domain = @policy_domain AND day BETWEEN @first AND @last AND {Proved}
        GROUP BY day, reported_policy.reporter ORDER BY day, reported_policy.reporter
        """;

    // Sessions that a report counts under two policy types count once, unless the other type does not name the failure.
    private const string Failures = $"""
        SELECT reported_failure.day, reported_failure.reporter, result_type, SUM(CASE counted_elsewhere WHEN 0 THEN sessions ELSE 0 END), SUM(sessions)
        FROM reported_failure
            JOIN reported_policy ON reported_policy.policy_domain = reported_failure.policy_domain AND reported_policy.day = reported_failure.day
                AND reported_policy.report_key = reported_failure.report_key AND reported_policy.ordinal = reported_failure.ordinal
            JOIN report ON report.policy_domain = reported_policy.report_domain AND report.report_key = reported_policy.report_key
        WHERE reported_failure.policy_domain = @policy_domain AND reported_failure.day BETWEEN @first AND @last AND sessions > 0 AND {Proved}
        GROUP BY reported_failure.day, reported_failure.reporter, result_type ORDER BY reported_failure.day, reported_failure.reporter, result_type
        """;

    private const string News = "SELECT DISTINCT policy_domains FROM report WHERE received_at >= @since AND state IN ('counted', 'replaced')";

    private const string Domains = $"{LooseScan.PolicyDomains} SELECT name FROM domain WHERE name IS NOT NULL";

    private const string Restless = "SELECT DISTINCT policy_domain FROM alert WHERE cleared_at IS NULL AND (calm_since IS NOT NULL OR told_at <= @before)";

    private const string LastArrival = "SELECT received_at FROM report WHERE state NOT IN ('unreadable', 'foreign') ORDER BY received_at DESC LIMIT 1";
    private const string ArrivalDays = "SELECT DISTINCT received_at / 86400000 FROM report WHERE received_at >= @since AND state NOT IN ('unreadable', 'foreign') ORDER BY 1";

    /// <summary>The sums of a policy domain.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="first">The first UTC day.</param>
    /// <param name="last">The last.</param>
    /// <param name="provedOnly">Whether reports count alone of which it is proved who sent them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DomainSums> SumsAsync(string policyDomain, DateOnly first, DateOnly last, bool provedOnly, CancellationToken cancellationToken)
    {
        (string, object?)[] which = [("policy_domain", policyDomain), ("first", Day.Number(first)), ("last", Day.Number(last)), ("proved", provedOnly ? 1 : 0)];
        ImmutableArray<ReporterDay> days = await ListAsync(Days, which,
            row => new ReporterDay(Day.Of(row.Whole(0)), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.Whole(3), row.Whole(4)), cancellationToken).ConfigureAwait(false);
        ImmutableArray<FailureDay> failures = days.All(day => day.Failed == 0) ? [] : await ListAsync(Failures, which,
            row => new FailureDay(Day.Of(row.Whole(0)), row.GetString(1), row.GetString(2), row.Whole(3) is > 0 and var counted ? counted : row.Whole(4)), cancellationToken).ConfigureAwait(false);
        return new(policyDomain, first, days, failures);
    }

    /// <summary>The policy domains about which reports came since a time.</summary>
    public async Task<ImmutableArray<string>> NewsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. (await ListAsync(News, [("since", since.ToUnixTimeMilliseconds())], row => SessionRows.TextsIn(row.GetString(0)), cancellationToken).ConfigureAwait(false)).SelectMany(domains => domains).Distinct()];

    /// <summary>All policy domains there are sessions of.</summary>
    public Task<ImmutableArray<string>> PolicyDomainsAsync(CancellationToken cancellationToken) => ListAsync(Domains, [], row => row.GetString(0), cancellationToken);

    /// <summary>The policy domains with alerts of which time alone may bring news: those that are calm, and those that were last told of before a time.</summary>
    public Task<ImmutableArray<string>> RestlessAsync(DateTimeOffset toldBefore, CancellationToken cancellationToken) =>
        ListAsync(Restless, [("before", toldBefore.ToUnixTimeMilliseconds())], row => row.GetString(0), cancellationToken);

    /// <summary>When a report last came that could be read and was ours; null when none ever did.</summary>
    public async Task<DateTimeOffset?> LastArrivalAsync(CancellationToken cancellationToken) =>
        await ListAsync(LastArrival, [], row => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), cancellationToken).ConfigureAwait(false) is [var last] ? last : null;

    /// <summary>The UTC days on which reports came, since a time.</summary>
    public Task<ImmutableArray<DateOnly>> ArrivalDaysAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        ListAsync(ArrivalDays, [("since", since.ToUnixTimeMilliseconds())], row => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(row.GetInt64(0))), cancellationToken);

    private async Task<ImmutableArray<T>> ListAsync<T>(string query, (string, object?)[] parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        [.. await engine.ListAsync(query, read, cancellationToken, parameters).ConfigureAwait(false)];
}
