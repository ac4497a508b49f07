using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>
/// One fault at one policy domain, over all reporters and days, with what else the reports say of that policy domain.
/// Everything the decision tables ask is answered here, once.
/// </summary>
public sealed class Incident
{
    private readonly Lazy<ImmutableArray<ReportedPolicy>> _successes;

    internal Incident(
        string policyDomain, FaultFamily family, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        PolicyDomain = policyDomain;
        Family = family;
        Failing = failing;
        All = all;
        FailingReporters = [.. failing.Select(policy => policy.Reporter).Distinct()];
        FailingDays = [.. failing.Select(policy => policy.Days).Distinct().OrderBy(days => days.First)];
        Faults = [.. failing.SelectMany(FaultsOfFamily)];
        _successes = new(() => [.. All.Where(IsSuccess)]);
    }

    /// <summary>The policy domain, lower case; empty when the reports do not say.</summary>
    public string PolicyDomain { get; }

    /// <summary>What went wrong.</summary>
    public FaultFamily Family { get; }

    /// <summary>What reporters said where it went wrong, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> Failing { get; }

    /// <summary>All that reporters said of the policy domain, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> All { get; }

    /// <summary>The reporters that saw it.</summary>
    public ImmutableArray<Reporter> FailingReporters { get; }

    /// <summary>The days on which it was seen, in order.</summary>
    public ImmutableArray<ReportedDays> FailingDays { get; }

    /// <summary>The faults, one for each report and kind.</summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>What reporters said where the thing that failed here went well.</summary>
    public ImmutableArray<ReportedPolicy> Successes => _successes.Value;

    /// <summary>The first day on which it was seen.</summary>
    public DateOnly FirstDay => FailingDays[0].First;

    /// <summary>The last day on which it was seen.</summary>
    public DateOnly LastDay => FailingDays.Max(days => days.Last);

    /// <summary>The first day any report speaks of a policy of this kind at the policy domain.</summary>
    public DateOnly FirstDayKnown => All.Where(policy => policy.Type != PolicyType.NoPolicyFound)
        .Select(policy => policy.Days.First).DefaultIfEmpty(FirstDay).Min();

    /// <summary>The last day any report speaks of.</summary>
    public DateOnly LastDayKnown => All.Max(policy => policy.Days.Last);

    /// <summary>Sessions that failed. Details may overlap, so no policy counts more than it says failed in all.</summary>
    public long FailedSessions => Saturating.Add([.. Failing.Select(FailedSessionsOf)]);

    /// <summary>All sessions of the failing reporters on the failing days.</summary>
    public long SessionsThen =>
        Saturating.Add([.. Failing.Select(policy => Math.Max(FailedSessionsOf(policy), Saturating.Add(policy.Successful, policy.Failed)))]);

    /// <summary>Reporters that never saw it fail, and saw it go well on a day on which others saw it fail.</summary>
    public ImmutableArray<Reporter> SucceededSameDay =>
        [.. Successes.Where(success => FailingDays.Any(success.Days.Overlaps)).Select(success => success.Reporter).Except(FailingReporters)];

    /// <summary>Whether any reporter saw it go well before the first failing day.</summary>
    public bool SucceededBefore => Successes.Any(success => success.Days.Last < FirstDay);

    /// <summary>Whether any reporter saw it go well after the last failing day.</summary>
    public bool SucceededAfter => Successes.Any(success => success.Days.First > LastDay);

    /// <summary>Whether every failing reporter saw it go well after its own last failing day.</summary>
    public bool FailingReportersRecovered => FailingReporters.All(HasRecovered);

    /// <summary>Whether some failing reporter saw both on the same day.</summary>
    public bool MixedOnOneDay => Failing.Any(policy => policy.Successful > 0 || Successes.Any(success =>
        success.Reporter == policy.Reporter && success.Days == policy.Days));

    /// <summary>Days on which some failing reporter saw both.</summary>
    public int MixedDays => Failing.Where(policy => policy.Successful > 0 || Successes.Any(success =>
        success.Reporter == policy.Reporter && success.Days == policy.Days)).Select(policy => policy.Days).Distinct().Count();

    /// <summary>Reporters that spoke of a policy of this kind, failing or not.</summary>
    public ImmutableArray<Reporter> ReportersConcerned =>
        [.. Failing.Concat(Successes).Select(policy => policy.Reporter).Distinct()];

    /// <summary>Whether failing reports carried the policy, which then came from a cache (RFC 8461 §3.3).</summary>
    public bool HadCachedPolicy => Failing.Any(policy => policy.HasPolicyString);

    /// <summary>The newest policy that reporters saw, or null.</summary>
    public StsPolicy? LastPolicy => All.LastOrDefault(policy => policy.Policy is not null)?.Policy;

    /// <summary>HTTP status codes of the policy host that reporters tell.</summary>
    public ImmutableArray<int> HttpStatuses => [.. Faults.Select(fault => fault.HttpStatus).OfType<int>().Distinct()];

    /// <summary>MX hosts that failing sessions went to, where reporters tell.</summary>
    public ImmutableArray<string> MxHosts => [.. Faults.Select(fault => fault.MxHost).OfType<string>().Distinct()];

    /// <summary>Kinds of fault, as they were told apart.</summary>
    public ImmutableArray<FaultKind> Kinds => [.. Faults.Select(fault => fault.Kind).Distinct()];

    /// <summary>Whether all of it lies on one day or on two neighbouring days: a fault at midnight stands in two reports.</summary>
    public bool IsOneEvent => LastDay.DayNumber - FirstDay.DayNumber <= 1;

    /// <summary>Whether every reporter that speaks of the policy domain at all then saw it fail.</summary>
    public bool AllReportersFail => SucceededSameDay.IsEmpty;

    /// <summary>Other policy domains that the same reporters could serve on the same days.</summary>
    public int HealthyNeighbours { get; init; }

    /// <summary>Whether a failing reporter fails on each of the days it reported from its first failing day on.</summary>
    public bool FailsEveryDaySince(Reporter reporter)
    {
        ImmutableArray<ReportedPolicy> failing = [.. Failing.Where(policy => policy.Reporter == reporter)];
        DateOnly first = failing[0].Days.First;
        return !Successes.Any(success => success.Reporter == reporter && success.Days.First >= first
            && !failing.Any(policy => policy.Days == success.Days));
    }

    /// <summary>Whether a reporter saw it go well after its last failing day.</summary>
    public bool HasRecovered(Reporter reporter)
    {
        DateOnly last = Failing.Where(policy => policy.Reporter == reporter).Max(policy => policy.Days.Last);
        return Successes.Any(success => success.Reporter == reporter && success.Days.First > last);
    }

    /// <summary>The faults of this incident within one reported policy.</summary>
    public IEnumerable<Fault> FaultsOfFamily(ReportedPolicy policy) =>
        policy.Faults.Where(fault => fault.Kind.Family() == Family);

    /// <summary>Sessions of one reported policy that failed in this way. Details may overlap; the total is the bound.</summary>
    public long FailedSessionsOf(ReportedPolicy policy)
    {
        long details = Saturating.Add([.. FaultsOfFamily(policy).Select(fault => fault.Sessions)]);
        return policy.Failed > 0 ? Math.Min(details, policy.Failed) : details;
    }

    // A policy host is seen to work by sessions under its policy; MX hosts by any session under the same kind of policy.
    private bool IsSuccess(ReportedPolicy policy) => Family switch
    {
        FaultFamily.Tlsa or FaultFamily.Dnssec or FaultFamily.DaneRequired or FaultFamily.DaneVanished =>
            policy.Type == PolicyType.Tlsa && policy.Successful > 0,
        FaultFamily.StartTls => policy.Successful > 0,
        FaultFamily.PolicyNotObtained => policy.Type == PolicyType.Sts && policy.HasPolicyString
            && policy.Successful > 0 && !FaultsOfFamily(policy).Any(),
        _ => policy.Type == PolicyType.Sts && policy.Successful > 0,
    };
}
