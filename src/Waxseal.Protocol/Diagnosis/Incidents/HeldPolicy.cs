using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>What the reports of one reporter tell of the policy it held while it could not obtain it (reading rule RR3).</summary>
/// <param name="IsShown">Whether failing reports show a cached policy.</param>
/// <param name="IsUnreadable">Whether failing reports carry a text that may be the one that was refused.</param>
/// <param name="DaysWithout">Days on which failing reports carry no policy.</param>
/// <param name="AppliedThen">Whether the reporter applied the policy on one of these days.</param>
/// <param name="Earlier">
/// A failing report without a policy, and an earlier success whose policy may still have been held then; null when there is none.
/// </param>
internal sealed record HeldPolicy(
    bool IsShown, bool IsUnreadable, int DaysWithout, bool AppliedThen, (ReportedPolicy Failing, ReportedPolicy Success)? Earlier)
{
    /// <summary>Whether the reports leave no doubt that the reporter held no policy.</summary>
    public bool WasNone => !IsShown && !IsUnreadable && !AppliedThen && Earlier is null;

    public static HeldPolicy Of(Incident incident, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        var without = new DayIndex(failing.Where(policy => !policy.HasPolicyString).Select(policy => policy.Days));
        return new(
            failing.Any(incident.ShowsCachedPolicy),
            failing.Any(policy => policy.HasPolicyString && !incident.ShowsCachedPolicy(policy)),
            without.Count,
            all.Any(policy => incident.IsSuccess(policy) && without.Overlaps(policy.Days)),
            EarlierSuccess(incident, failing, all));
    }

    // RFC 8461 §3.2: a policy is used for max_age from its fetch; the fetch may be as late as the success.
    private static (ReportedPolicy, ReportedPolicy)? EarlierSuccess(
        Incident incident, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        var without = failing.Where(policy => !policy.HasPolicyString).ToHashSet(ReferenceEqualityComparer.Instance);
        ReportedPolicy? last = null;
        foreach (ReportedPolicy policy in all)
        {
            if (incident.IsSuccess(policy) && policy.Policy is not null)
                last = policy;
            else if (without.Contains(policy) && last is not null && LastDayOfUse(last) >= policy.Days.First)
                return (policy, last);
        }

        return null;
    }

    private static DateOnly LastDayOfUse(ReportedPolicy success) =>
        UtcDay.Add(success.Days.Last, (int)Math.Ceiling(success.Policy!.MaxAge.TotalDays));
}
