using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>How all policy domains stand.</summary>
/// <param name="Span">The days that are summed up: the last seven that ended, and the seven before.</param>
/// <param name="All">The policy domains, those that need somebody first.</param>
/// <param name="Open">The findings that are open, most urgent first.</param>
internal sealed record DomainLines(DaySpan Span, ImmutableArray<DomainLine> All, ImmutableArray<KeptFinding> Open)
{
    /// <summary>The days of both weeks.</summary>
    public const int Days = 14;

    private const int MostReporters = 4;

    /// <summary>The sessions of all.</summary>
    public WeekSum Week { get; } = WeekSum.Of(All.Select(domain => domain.Week));

    public static async Task<DomainLines> ReadAsync(Asked asked)
    {
        VisibleStore store = asked.Store;
        DateOnly last = asked.Today.AddDays(-1);
        DaySpan span = new(last.AddDays(1 - Days), last.AddDays(1 - (Days / 2)), last);
        Dictionary<string, WeekSum> weekOf = (await store.DomainSumsAsync(span, asked.Cancelled)).ToDictionary(sum => sum.PolicyDomain, WeekSum.Of);
        List<KeptFinding> standing = await store.StandingFindingsAsync(asked.Cancelled);
        ILookup<string, KeptFinding> findings = standing.ToLookup(finding => finding.Made.PolicyDomain);
        Dictionary<string, Look> lookOf = (await store.LastLooksAsync(asked.Cancelled)).ToDictionary(look => look.PolicyDomain);
        return new(span,
        [
            .. weekOf.Keys.Union(lookOf.Keys).Union(await store.PolicyDomainsAsync(asked.Cancelled))
                .Select(domain => new DomainLine(domain, weekOf.GetValueOrDefault(domain, WeekSum.None), lookOf.GetValueOrDefault(domain), [.. findings[domain]]))
                .OrderBy(domain => domain.Rank).ThenByDescending(domain => domain.Week.Failed).ThenBy(domain => domain.PolicyDomain, StringComparer.Ordinal),
        ],
        [.. standing.Where(finding => finding.IsOpen)]);
    }

    /// <summary>Some of them, with who reported of each.</summary>
    public async Task<DomainTable> TableOfAsync(Asked asked, IEnumerable<DomainLine> some)
    {
        ImmutableArray<DomainLine> lines = [.. some];
        List<SpanSum> sums = await asked.Store.SpansAsync(lines.Select(line => line.PolicyDomain), Span, asked.Cancelled);
        ILookup<string, SpanSum> ofDomain = sums.ToLookup(sum => sum.PolicyDomain);
        return new(Span, [.. lines.Select(line => line with { Reporters = [.. ofDomain[line.PolicyDomain]] })],
        [
            .. sums.GroupBy(sum => sum.Reporter).OrderByDescending(reporter => reporter.Sum(sum => sum.Successful + sum.Failed + sum.SuccessfulBefore + sum.FailedBefore))
                .ThenBy(reporter => reporter.Key, StringComparer.Ordinal).Take(MostReporters).Select(reporter => reporter.Key),
        ]);
    }
}

/// <summary>A table of policy domains.</summary>
/// <param name="Span">The days that are summed up.</param>
/// <param name="Lines">The policy domains.</param>
/// <param name="Reporters">The reporters with most sessions.</param>
internal sealed record DomainTable(DaySpan Span, ImmutableArray<DomainLine> Lines, ImmutableArray<string> Reporters);

/// <summary>One policy domain among all.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Week">Its sessions.</param>
/// <param name="Look">The last look; null when nobody looks.</param>
/// <param name="Standing">What is said of it now, most urgent first.</param>
internal sealed record DomainLine(string PolicyDomain, WeekSum Week, Look? Look, ImmutableArray<KeptFinding> Standing)
{
    /// <summary>What is open of it, most urgent first.</summary>
    public ImmutableArray<KeptFinding> Open { get; } = [.. Standing.Where(finding => finding.IsOpen)];

    /// <summary>What each reporter counted; empty where nobody asked.</summary>
    public ImmutableArray<SpanSum> Reporters { get; init; } = [];

    /// <summary>How it stands.</summary>
    public Tone Tone => Open.Any(finding => finding.Made.Severity == "error") ? Tone.Broken
        : Open.Any(finding => finding.Made.Severity == "warning") ? Tone.NeedsLook
        : Week.Failed > 0 ? Standing.Length > Open.Length ? Tone.Mended : Tone.NeedsLook
        : Week.Sessions + Week.SessionsBefore > 0 || Look is not null ? Tone.Fine
        : Tone.Unknown;

    /// <summary>Those that need somebody come first.</summary>
    public int Rank => Tone.Colour switch { "error" => 0, "warning" => 1, "none" => 2, _ => 3 };

    /// <summary>The last day a reporter reported of; null when it did not within two weeks.</summary>
    public DateOnly? LastDayOf(string reporter) => Reporters.FirstOrDefault(sum => sum.Reporter == reporter)?.LastDay;
}

/// <summary>Sessions of a week, and of the one before.</summary>
internal sealed record WeekSum(long Successful, long Failed, long SuccessfulBefore, long FailedBefore)
{
    public static WeekSum None { get; } = new(0, 0, 0, 0);

    public long Sessions => Successful + Failed;

    public long SessionsBefore => SuccessfulBefore + FailedBefore;

    /// <summary>By how many points of a hundred the share of successes changed; null when there is nothing to compare.</summary>
    public double? Change => Sessions == 0 || SessionsBefore == 0 ? null : (100.0 * Successful / Sessions) - (100.0 * SuccessfulBefore / SessionsBefore);

    public static WeekSum Of(DomainSum sum) => new(sum.Successful, sum.Failed, sum.SuccessfulBefore, sum.FailedBefore);

    public static WeekSum Of(SpanSum sum) => new(sum.Successful, sum.Failed, sum.SuccessfulBefore, sum.FailedBefore);

    public static WeekSum Of(IEnumerable<WeekSum> sums) => sums.Aggregate(None, (all, one) =>
        new(all.Successful + one.Successful, all.Failed + one.Failed, all.SuccessfulBefore + one.SuccessfulBefore, all.FailedBefore + one.FailedBefore));
}
