using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>Sessions of an incident, each counted once however many policy types it is reported under.</summary>
/// <param name="Failed">Sessions that failed so.</param>
/// <param name="All">These and all others that the same reporters had on the same days under the same kind of policy.</param>
internal sealed record SessionTally(long Failed, long All)
{
    public static SessionTally Of(Incident incident) => Of(incident, incident.Failing, incident.All);

    /// <summary>The tally of what one reporter said, or of all.</summary>
    public static SessionTally Of(
        Incident incident, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        // Where both policy types of a report fail, one of them stands for the other.
        var countedHere = failing
            .Where(policy => policy is { CountedElsewhere: false, Type: PolicyType.Sts or PolicyType.Tlsa })
            .Select(policy => (policy.Reporter, policy.Days))
            .ToHashSet();
        ImmutableArray<ReportedPolicy> counted =
            [.. failing.Where(policy => !policy.CountedElsewhere || !countedHere.Contains((policy.Reporter, policy.Days)))];
        var kinds = counted.Select(Kind).ToHashSet();
        return new(
            SessionCount.Sum(counted.Select(policy => FailedIn(incident, policy))),
            SessionCount.Sum(all.Where(policy => kinds.Contains(Kind(policy))).Select(policy =>
                Math.Max(FailedIn(incident, policy), SessionCount.Add(policy.Successful, policy.Failed)))));
    }

    // RFC 8460 §4: details may overlap, so no policy counts more than it says failed in all.
    private static long FailedIn(Incident incident, ReportedPolicy policy)
    {
        // The fetch failed, and the sessions went well under the cached policy.
        if (incident.Family == FaultFamily.PolicyNotObtained && policy is { Failed: 0, Successful: > 0 })
            return 0;

        long details = SessionCount.Sum(incident.FaultsOfFamily(policy).Select(fault => fault.Sessions));
        return policy.Failed > 0 ? Math.Min(details, policy.Failed) : details;
    }

    private static (Reporter, ReportedDays, PolicyType) Kind(ReportedPolicy policy) => (policy.Reporter, policy.Days, policy.Type);
}
