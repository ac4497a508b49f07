using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Readiness;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>One policy domain.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Matrix">Who failed and who did not, day by day.</param>
/// <param name="Changes">What changed within these days, in the order of time.</param>
/// <param name="Now">What was there when it was last looked at.</param>
/// <param name="Findings">What there is to say, most urgent first; also what is gone.</param>
/// <param name="Look">The last look; null when nobody looks.</param>
/// <param name="Readiness">Whether the policy may be enforced.</param>
internal sealed record Domain(
    Frame Frame, string PolicyDomain, Matrix Matrix, ImmutableArray<ObservedChange> Changes, ImmutableArray<ObservedPeriod> Now,
    ImmutableArray<KeptFinding> Findings, Look? Look, EnforceReadiness Readiness) : IFramed
{
    public const int DefaultDays = 30;

    /// <summary>The numbers of days that can be asked for.</summary>
    public static readonly ImmutableArray<int> Spans = [14, 30, 60, 90];

    /// <summary>How it stands.</summary>
    public Tone Tone => new DomainLine(PolicyDomain, Matrix.Week, Look, [.. Findings.Where(finding => finding.GoneAt is null)]).Tone is var tone && tone == Tone.Unknown && Matrix.Sessions > 0 ? Tone.Fine : tone;

    /// <summary>Reads it; null when nothing is known of it.</summary>
    public static async Task<Domain?> ReadAsync(Asked asked)
    {
        VisibleStore store = asked.Store;
        string name = asked.Names["domain"];
        int days = int.TryParse(asked.Query("days"), out int span) && Spans.Contains(span) ? span : DefaultDays;
        DateOnly last = asked.Today.AddDays(-1), first = last.AddDays(1 - days);
        List<DaySum> sums = await store.DaysAsync(name, first, asked.Today, asked.Cancelled);
        List<KeptFinding> findings = await store.FindingsAsync(name, asked.Cancelled);
        Look? look = await store.LastLookAsync(name, asked.Cancelled);
        if (sums.Count == 0 && look is null && findings.Count == 0 && !(await store.PolicyDomainsAsync(asked.Cancelled)).Contains(name))
            return null;

        List<ObservedPeriod> periods = await store.PeriodsAsync(name, asked.Cancelled);
        DateTimeOffset begin = new(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        ImmutableArray<ObservedChange> changes =
            [.. new DomainHistory([], [.. periods], []).Changes.Where(change => change.By >= begin && Timeline.Shows(change.Kind))];
        ImmutableArray<ObservedPeriod> now = [.. periods.GroupBy(period => (period.Kind, period.Subject)).Select(group => group.MaxBy(period => period.LastSeen)!).OrderBy(period => period.Kind).ThenBy(period => period.Subject, StringComparer.Ordinal)];
        return new(
            asked.Frame(name, "overview"), name, Matrix.Of(name, sums, first, sums.All(sum => sum.Day <= last) ? last : asked.Today), changes, now, [.. findings], look,
            EnforceReadiness.Of(
                now.FirstOrDefault(period => period.Kind == ObservedKind.Policy),
                [.. sums.Select(sum => new ReportedDay(sum.Day, sum.Reporter, sum.Successful, sum.Failed))],
                [.. findings.Where(finding => finding.IsOpen && finding.Made.Severity != "info").Select(finding => finding.Made.Title)],
                asked.Today));
    }
}
