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

    // Each column of a span and of that before it.
    private const string Spans = """
        SUM(CASE WHEN day >= @middle THEN successful ELSE 0 END), SUM(CASE WHEN day >= @middle THEN failed ELSE 0 END),
        SUM(CASE WHEN day < @middle THEN successful ELSE 0 END), SUM(CASE WHEN day < @middle THEN failed ELSE 0 END)
        """;

    private const string LastDays = $"""
        {LooseScan.SummedDomains}
        SELECT name, last_day FROM (
            SELECT domain.name AS name, (SELECT MAX(day) FROM session_sum WHERE policy_domain = domain.name AND reports > 0) AS last_day FROM domain WHERE domain.name IS NOT NULL) AS known
        WHERE last_day IS NOT NULL
        """;

    private const string OfDomains = $"""
        SELECT policy_domain, {Spans} FROM domain_sum WHERE day BETWEEN @first AND @last GROUP BY policy_domain
        """;

    private const string OfReporter = $"""
        SELECT policy_domain, reporter, {Spans}, MAX(day) FROM session_sum
        WHERE reporter = @reporter AND day BETWEEN @first AND @last AND reports > 0 GROUP BY policy_domain, reporter ORDER BY policy_domain
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

    /// <summary>What all reporters counted of each policy domain in a span of days, and in that before it.</summary>
    /// <param name="span">The days.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<DomainSum>> DomainsAsync(DaySpan span, CancellationToken cancellationToken) =>
        engine.ListAsync(OfDomains, row => new DomainSum(row.GetString(0), row.Whole(1), row.Whole(2), row.Whole(3), row.Whole(4)), cancellationToken, span.Parameters);

    /// <summary>What all reporters counted of some policy domains together on each day, in the order of days.</summary>
    /// <param name="policyDomains">Which; null for all.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<DayTotal>> TotalsAsync(IReadOnlyCollection<string>? policyDomains, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        (string within, (string, object?)[] among) = policyDomains is null ? ("1 = 1", []) : Statements.In("policy_domain", policyDomains);
        return engine.ListAsync($"SELECT day, SUM(successful), SUM(failed) FROM domain_sum WHERE day BETWEEN @first AND @last AND {within} GROUP BY day ORDER BY day", row => new DayTotal(Day.Of(row.Whole(0)), row.Whole(1), row.Whole(2)), cancellationToken,
            [("first", Day.Number(first)), ("last", Day.Number(last)), .. among]);
    }

    /// <summary>What each reporter counted of some policy domains in a span of days, and in that before it.</summary>
    /// <param name="policyDomains">Which.</param>
    /// <param name="span">The days.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<SpanSum>> SpansAsync(IReadOnlyCollection<string> policyDomains, DaySpan span, CancellationToken cancellationToken)
    {
        (string within, (string, object?)[] among) = Statements.In("policy_domain", policyDomains);
        return engine.ListAsync(
            $"SELECT policy_domain, reporter, {Spans}, MAX(day) FROM session_sum WHERE {within} AND day BETWEEN @first AND @last AND reports > 0 GROUP BY policy_domain, reporter ORDER BY policy_domain, reporter",
            SpanSumOf, cancellationToken, [.. span.Parameters, .. among]);
    }

    /// <summary>What one reporter counted of each policy domain in a span of days, and in that before it.</summary>
    /// <param name="reporter">The reporter.</param>
    /// <param name="span">The days.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<SpanSum>> SpansAsync(string reporter, DaySpan span, CancellationToken cancellationToken) =>
        engine.ListAsync(OfReporter, SpanSumOf, cancellationToken, [.. span.Parameters, ("reporter", reporter)]);

    private static SpanSum SpanSumOf(System.Data.Common.DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Whole(2), row.Whole(3), row.Whole(4), row.Whole(5), Day.Of(row.Whole(6)));
}

/// <summary>A span of UTC days, and the one before it.</summary>
/// <param name="Before">The first day of the one before; it ends where the span begins.</param>
/// <param name="First">The first day of the span.</param>
/// <param name="Last">Its last day.</param>
internal sealed record DaySpan(DateOnly Before, DateOnly First, DateOnly Last)
{
    public (string Name, object? Value)[] Parameters => [("first", Day.Number(Before)), ("middle", Day.Number(First)), ("last", Day.Number(Last))];
}

/// <summary>What all reporters counted of one policy domain in a span of days, and in that before it.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="SuccessfulBefore">The same in the span before.</param>
/// <param name="FailedBefore">The same in the span before.</param>
internal sealed record DomainSum(string PolicyDomain, long Successful, long Failed, long SuccessfulBefore, long FailedBefore);

/// <summary>What all reporters counted on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
internal sealed record DayTotal(DateOnly Day, long Successful, long Failed);

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
