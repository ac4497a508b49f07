using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>An incident as one failing reporter saw it.</summary>
internal sealed class ReporterView
{
    private ReporterView(Incident incident, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        All = all;
        Failing = failing;
        FailingDays = new DayIndex(Failing.Select(policy => policy.Days));
        ImmutableArray<ReportedPolicy> successes = [.. all.Where(incident.IsSuccess)];
        DateOnly lastFailing = Failing.Max(policy => policy.Days.Last);
        AlsoSucceeded = successes.Any(success => FailingDays.Overlaps(success.Days));
        HeldPolicy = HeldPolicy.Of(incident, failing, all);
        IsObtainedOnFailingDay = incident.Family == FaultFamily.PolicyNotObtained && ObtainedAfterFailure(successes);
        HasRecovered = successes.Any(success => success.Days.First > lastFailing);
        FailsEveryDay = !successes.Any(success => success.Days.First >= Failing[0].Days.First && !FailingDays.Overlaps(success.Days));
        var failingDays = Failing.Select(policy => policy.Days).ToHashSet();
        MixedDays =
        [
            .. Failing.Where(policy => policy.Successful > 0)
                .Concat(successes)
                .Select(policy => policy.Days)
                .Where(failingDays.Contains)
                .Distinct(),
        ];
    }

    /// <summary>All that the reporter said of the policy domain, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> All { get; }

    /// <summary>What it said where it went wrong, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> Failing { get; }

    public DayIndex FailingDays { get; }

    /// <summary>Whether it saw it go well, too, on a failing day.</summary>
    public bool AlsoSucceeded { get; }

    /// <summary>What its reports tell of the policy it held.</summary>
    public HeldPolicy HeldPolicy { get; }

    /// <summary>Whether it saw it go well after its last failing day.</summary>
    public bool HasRecovered { get; }

    /// <summary>Whether it obtained the policy for the first time on the day of the failure, and most probably after it.</summary>
    public bool IsObtainedOnFailingDay { get; }

    /// <summary>Whether it saw it fail on each day it reported from its first failing day on.</summary>
    public bool FailsEveryDay { get; }

    /// <summary>The days on which it saw it both fail and go well.</summary>
    public ImmutableArray<ReportedDays> MixedDays { get; }

    // RFC 8461 §3.3: a policy that was obtained is kept for its max_age, and a later fetch that fails is reported with it.
    // So a failure without a policy lies before the first success, if that is of the same day; unless the sender's machines
    // keep a policy each for itself.
    private bool ObtainedAfterFailure(ImmutableArray<ReportedPolicy> successes) =>
        Failing.Select(policy => policy.Days).Distinct().ToArray() is [{ } day]
        && day.First == day.Last
        && Failing.All(policy => !policy.HasPolicyString)
        && successes is [{ } first, ..]
        && first.Days == day
        && first.Policy?.MaxAge >= TimeSpan.FromDays(1);

    /// <summary>The views of all failing reporters.</summary>
    public static Dictionary<Reporter, ReporterView> Of(Incident incident)
    {
        ILookup<Reporter, ReportedPolicy> all = incident.All.ToLookup(policy => policy.Reporter);
        return incident.Failing
            .GroupBy(policy => policy.Reporter)
            .ToDictionary(failing => failing.Key, failing => new ReporterView(incident, [.. failing], [.. all[failing.Key]]));
    }
}
