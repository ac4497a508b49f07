using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Reports;

/// <summary>Gives sums of sessions out, as they are kept.</summary>
internal sealed class StoredSums(Engine engine)
{
    private const string Days = """
        SELECT policy_domain, day, reporter, reports, successful, failed FROM session_sum
        WHERE policy_domain = @policy_domain AND day BETWEEN @first AND @last AND reports > 0 ORDER BY day, reporter
        """;

    private const string Domains = $"{LooseScan.SummedDomains} SELECT name FROM domain WHERE name IS NOT NULL";

    private const string LastDays = $"""
        {LooseScan.SummedDomains}
        SELECT name, last_day FROM (
            SELECT domain.name AS name, (SELECT MAX(day) FROM session_sum WHERE policy_domain = domain.name AND reports > 0) AS last_day FROM domain WHERE domain.name IS NOT NULL) AS known
        WHERE last_day IS NOT NULL
        """;

    private const string All = $"""
        {LooseScan.SummedDomains}
        SELECT domain.name, reporter,
            SUM(CASE WHEN day >= @middle THEN successful ELSE 0 END), SUM(CASE WHEN day >= @middle THEN failed ELSE 0 END),
            SUM(CASE WHEN day < @middle THEN successful ELSE 0 END), SUM(CASE WHEN day < @middle THEN failed ELSE 0 END), MAX(day)
        FROM domain JOIN session_sum ON policy_domain = domain.name AND day BETWEEN @first AND @last AND reports > 0
        GROUP BY domain.name, reporter ORDER BY domain.name, reporter
        """;

    /// <summary>What each reporter counted of a policy domain on each day, in the order of days.</summary>
    public Task<List<DaySum>> DaysAsync(string policyDomain, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        engine.ListAsync(Days, row => new DaySum(row.GetString(0), Day.Of(row.Whole(1)), row.GetString(2), row.Whole(3), row.Whole(4), row.Whole(5)), cancellationToken,
            ("policy_domain", policyDomain), ("first", Day.Number(first)), ("last", Day.Number(last)));

    /// <summary>The policy domains there are sessions of.</summary>
    public Task<List<string>> PolicyDomainsAsync(CancellationToken cancellationToken) => engine.ListAsync(Domains, row => row.GetString(0), cancellationToken);

    /// <summary>The last UTC day that each policy domain has sessions of.</summary>
    public Task<List<(string PolicyDomain, DateOnly Day)>> LastDaysAsync(CancellationToken cancellationToken) =>
        engine.ListAsync(LastDays, row => (row.GetString(0), Day.Of(row.Whole(1))), cancellationToken);

    /// <summary>What each reporter counted of each policy domain in a span of days, and in that before it.</summary>
    /// <param name="before">The first day of the span before.</param>
    /// <param name="first">The first day of the span.</param>
    /// <param name="last">Its last day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<SpanSum>> SpansAsync(DateOnly before, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        engine.ListAsync(All, row => new SpanSum(row.GetString(0), row.GetString(1), row.Whole(2), row.Whole(3), row.Whole(4), row.Whole(5), Day.Of(row.Whole(6))), cancellationToken,
            ("first", Day.Number(before)), ("middle", Day.Number(first)), ("last", Day.Number(last)));
}

/// <summary>What one reporter counted of one policy domain on one day.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="Reports">How many reports.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
internal sealed record DaySum(string PolicyDomain, DateOnly Day, string Reporter, long Reports, long Successful, long Failed);

/// <summary>What one reporter counted of one policy domain in a span of days, and in that before it.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="SuccessfulBefore">The same in the span before.</param>
/// <param name="FailedBefore">The same in the span before.</param>
/// <param name="LastDay">The last UTC day that it reported of, within both.</param>
internal sealed record SpanSum(string PolicyDomain, string Reporter, long Successful, long Failed, long SuccessfulBefore, long FailedBefore, DateOnly LastDay);
