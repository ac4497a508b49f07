using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>All policy domains at one glance.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="First">The first day of the week that is summed up, the last seven that ended.</param>
/// <param name="Last">Its last day.</param>
/// <param name="Domains">The policy domains, those that need somebody first.</param>
/// <param name="Findings">What is open, most urgent first.</param>
/// <param name="Reporters">The reporters with most sessions.</param>
internal sealed record Overview(
    Frame Frame, DateOnly First, DateOnly Last, ImmutableArray<DomainLine> Domains, ImmutableArray<KeptFinding> Findings, ImmutableArray<string> Reporters) : IFramed
{
    private const int MostReporters = 4;
    private const int MostFindings = 8;

    /// <summary>The sessions of all.</summary>
    public WeekSum Week { get; } = WeekSum.Of(Domains.Select(domain => domain.Week));

    /// <summary>The findings that are shown above all.</summary>
    public IEnumerable<KeptFinding> Foremost => Findings.Take(MostFindings);

    public static async Task<Overview> ReadAsync(Asked asked)
    {
        VisibleStore store = asked.Store;
        DateOnly last = asked.Today.AddDays(-1), first = last.AddDays(-6);
        List<SpanSum> sums = await store.SpansAsync(first.AddDays(-7), first, last, asked.Cancelled);
        List<KeptFinding> standing = await store.StandingFindingsAsync(asked.Cancelled);
        List<Look> looks = await store.LastLooksAsync(asked.Cancelled);
        ILookup<string, SpanSum> ofDomain = sums.ToLookup(sum => sum.PolicyDomain);
        ILookup<string, KeptFinding> findings = standing.Where(finding => finding.IsOpen).ToLookup(finding => finding.Made.PolicyDomain);
        Dictionary<string, Look> lookOf = looks.ToDictionary(look => look.PolicyDomain);
        ImmutableArray<DomainLine> domains =
        [
            .. ofDomain.Select(domain => domain.Key).Union(lookOf.Keys).Union(await store.PolicyDomainsAsync(asked.Cancelled))
                .Select(domain => new DomainLine(domain, [.. ofDomain[domain]], lookOf.GetValueOrDefault(domain), [.. findings[domain]]))
                .OrderBy(domain => domain.Rank).ThenByDescending(domain => domain.Week.Failed).ThenBy(domain => domain.PolicyDomain, StringComparer.Ordinal),
        ];
        ImmutableArray<string> reporters =
        [
            .. sums.GroupBy(sum => sum.Reporter).OrderByDescending(reporter => reporter.Sum(sum => sum.Successful + sum.Failed + sum.SuccessfulBefore + sum.FailedBefore))
                .ThenBy(reporter => reporter.Key, StringComparer.Ordinal).Take(MostReporters).Select(reporter => reporter.Key),
        ];
        return new(asked.Frame("Overview", "overview"), first, last, domains, [.. standing.Where(finding => finding.IsOpen)], reporters);
    }
}

/// <summary>One policy domain on the overview.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Sums">What each reporter counted.</param>
/// <param name="Look">The last look; null when nobody looks.</param>
/// <param name="Findings">What is open, most urgent first.</param>
internal sealed record DomainLine(string PolicyDomain, ImmutableArray<SpanSum> Sums, Look? Look, ImmutableArray<KeptFinding> Findings)
{
    /// <summary>Its sessions.</summary>
    public WeekSum Week { get; } = WeekSum.Of(Sums);

    /// <summary>How it stands.</summary>
    public Tone Tone => Findings.Any(finding => finding.Made.Severity == "error") ? new("error", "broken")
        : Findings.Any(finding => finding.Made.Severity == "warning") ? new("warning", "needs a look")
        : Sums.Any(sum => sum.Successful + sum.Failed > 0) || Look is not null ? Tone.Fine
        : Tone.Unknown;

    /// <summary>Those that need somebody come first.</summary>
    public int Rank => Tone.Colour switch { "error" => 0, "warning" => 1, "none" => 2, _ => 3 };

    /// <summary>The last day a reporter reported of; null when it did not within two weeks.</summary>
    public DateOnly? LastDayOf(string reporter) => Sums.FirstOrDefault(sum => sum.Reporter == reporter)?.LastDay;
}

/// <summary>Sessions of a week, and of the one before.</summary>
internal sealed record WeekSum(long Successful, long Failed, long SuccessfulBefore, long FailedBefore)
{
    public long Sessions => Successful + Failed;

    public long SessionsBefore => SuccessfulBefore + FailedBefore;

    /// <summary>By how many points of a hundred the share of successes changed; null when there is nothing to compare.</summary>
    public double? Change => Sessions == 0 || SessionsBefore == 0 ? null : (100.0 * Successful / Sessions) - (100.0 * SuccessfulBefore / SessionsBefore);

    public static WeekSum Of(IEnumerable<SpanSum> sums) =>
        Of(sums.Select(sum => new WeekSum(sum.Successful, sum.Failed, sum.SuccessfulBefore, sum.FailedBefore)));

    public static WeekSum Of(IEnumerable<WeekSum> sums) => sums.Aggregate(new WeekSum(0, 0, 0, 0), (all, one) =>
        new(all.Successful + one.Successful, all.Failed + one.Failed, all.SuccessfulBefore + one.SuccessfulBefore, all.FailedBefore + one.FailedBefore));
}
