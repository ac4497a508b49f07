using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>The history of a policy domain as one incident asks for it: how things stood on its days, and what changed before.</summary>
internal sealed class Past
{
    // A report may name any day; times before the first and after the last of these cannot be reckoned with, and hold no looks.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = DateTimeOffset.UnixEpoch.AddYears(1000);

    private readonly DomainHistory _history;
    private readonly ImmutableArray<ObservedChange> _changes;

    public Past(DomainHistory history, Incident incident)
    {
        _history = history;
        _changes = history.Changes;
        From = Within(UtcDay.AfterEndOf(UtcDay.Add(incident.FirstDay, -1), TimeSpan.Zero));
        Until = Within(UtcDay.AfterEndOf(incident.LastDay, TimeSpan.Zero));
        PolicyHost = $"mta-sts.{incident.PolicyDomain}";
        StsName = $"_mta-sts.{incident.PolicyDomain}";
        DayIndex days = new(incident.FailingDays);
        LooksThen = [.. history.Looks.Where(look => !look.Layers.IsEmpty && days.Overlaps(new(UtcDay.Of(look.At), UtcDay.Of(look.At))))];
        CoversAllDays = LooksThen.Select(look => UtcDay.Of(look.At)).Distinct().Count() == days.Count;
        Last = history.Looks.LastOrDefault(look => !look.Layers.IsEmpty);
    }

    /// <summary>The beginning of the first failing day.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The end of the last failing day.</summary>
    public DateTimeOffset Until { get; }

    public string PolicyHost { get; }

    public string StsName { get; }

    /// <summary>The looks on failing days that could tell something.</summary>
    public ImmutableArray<LookSummary> LooksThen { get; }

    /// <summary>Whether there is such a look on each failing day.</summary>
    public bool CoversAllDays { get; }

    /// <summary>The last look that could tell something, of whatever day.</summary>
    public LookSummary? Last { get; }

    public ImmutableArray<CertificatePeriod> Certificates => _history.Certificates;

    /// <summary>The looks on failing days that showed a cause.</summary>
    public ImmutableArray<(LookSummary Look, SeenCause Seen)> Showing(Cause cause) =>
    [
        .. from look in LooksThen
           let seen = look.Seen.Where(seen => seen.CauseId == cause.Id).MaxBy(seen => seen.Share)
           where seen is not null
           select (look, seen),
    ];

    /// <summary>The changes of a kind that may lie between a time and the end of the last failing day.</summary>
    public IEnumerable<ObservedChange> Changes(ObservedKind kind, DateTimeOffset since, Func<string, bool>? isSubject = null) =>
        _changes.Where(change => change.Kind == kind && change.By > since && change.After < Until && isSubject?.Invoke(change.Subject) != false);

    /// <summary>What stayed as it was from a time to the end of the last failing day, or to the last look; null when it changed, or when nobody knows.</summary>
    public ObservedPeriod? Steady(ObservedKind kind, string subject, DateTimeOffset since)
    {
        ObservedPeriod? period = Periods(kind, subject).LastOrDefault(period => period.FirstSeen <= since);
        return period is not null && (period.LastSeen >= Until || (period.LastSeen >= From && period == Periods(kind, subject).Last())) ? period : null;
    }

    /// <summary>The periods of a kind and subject, in the order of time.</summary>
    public IEnumerable<ObservedPeriod> Periods(ObservedKind kind, string subject) =>
        _history.Periods.Where(period => period.Kind == kind && period.Subject == subject).OrderBy(period => period.FirstSeen);

    /// <summary>The subjects of a kind.</summary>
    public IEnumerable<string> Subjects(ObservedKind kind) => _history.Periods.Where(period => period.Kind == kind).Select(period => period.Subject).Distinct();

    private static DateTimeOffset Within(DateTimeOffset time) => time < Earliest ? Earliest : time > Latest ? Latest : time;
}
