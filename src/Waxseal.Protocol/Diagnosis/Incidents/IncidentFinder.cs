using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>Finds the incidents in what reporters said of one policy domain.</summary>
internal static class IncidentFinder
{
    // With so many days of one large reporter, the silence of another is worth a word.
    private const int DaysToMissReporter = 7;

    // On one day without DANE there may have been no mail to hosts that have it.
    private const int DaysToMissDane = 2;

    public static IEnumerable<Incident> Find(
        string policyDomain, ImmutableArray<ReportedPolicy> all, Neighbours neighbours, DateOnly today)
    {
        foreach (FaultFamily family in all.SelectMany(policy => policy.Faults).Select(fault => fault.Kind.Family()).Distinct())
        {
            ImmutableArray<ReportedPolicy> failing = [.. all.Where(policy => HasFault(policy, family))];
            yield return new(policyDomain, family, failing, all)
            {
                HealthyNeighbours = neighbours.HealthyBeside(policyDomain, failing),
                Today = today,
            };
        }

        ImmutableArray<ReportedPolicy> without = WithoutPolicy(all);
        if (!without.IsEmpty)
            yield return new(policyDomain, FaultFamily.NoPolicyFound, without, all) { Today = today };
        ImmutableArray<ReportedPolicy> afterDane = AfterDaneVanished(all);
        if (!afterDane.IsEmpty)
            yield return new(policyDomain, FaultFamily.DaneVanished, afterDane, all) { Today = today };
        ImmutableArray<ReportedPolicy> withoutMicrosoft = WithoutMicrosoft(all);
        if (!withoutMicrosoft.IsEmpty)
            yield return new(policyDomain, FaultFamily.ReporterSilent, withoutMicrosoft, all) { Today = today };
    }

    private static bool HasFault(ReportedPolicy policy, FaultFamily family) =>
        policy.Faults.Any(fault => fault.Kind.Family() == family);

    // No policy found is worth a word only where somebody found one.
    private static ImmutableArray<ReportedPolicy> WithoutPolicy(ImmutableArray<ReportedPolicy> all) =>
        all.Any(policy => policy.Type == PolicyType.Sts)
            ? [.. all.Where(policy => policy.Type == PolicyType.NoPolicyFound && policy.Faults.IsEmpty)]
            : [];

    // Sessions under TLSA end, without a failure and for all reporters, although reporters that had them go on reporting.
    private static ImmutableArray<ReportedPolicy> AfterDaneVanished(ImmutableArray<ReportedPolicy> all)
    {
        ImmutableArray<ReportedPolicy> dane = [.. all.Where(policy => policy.Type == PolicyType.Tlsa)];
        if (dane.IsEmpty)
            return [];

        DateOnly last = dane.Max(policy => policy.Days.Last);
        if (dane.Any(policy => policy.Days.Last == last && policy.Failed > 0))
            return [];

        var reporters = dane.Select(policy => policy.Reporter).ToHashSet();
        ImmutableArray<ReportedPolicy> after = [.. all.Where(policy => policy.Days.First > last && reporters.Contains(policy.Reporter))];
        return after.Select(policy => policy.Days.First).Distinct().Count() >= DaysToMissDane ? after : [];
    }

    // Google reports for a week or more, and Microsoft never.
    private static ImmutableArray<ReportedPolicy> WithoutMicrosoft(ImmutableArray<ReportedPolicy> all)
    {
        ImmutableArray<ReportedPolicy> google = [.. all.Where(policy => policy.Reporter.Profile.Id == "google")];
        return google.Select(policy => policy.Days).Distinct().Count() >= DaysToMissReporter
            && !all.Any(policy => policy.Reporter.Profile.Id == "microsoft")
                ? google
                : [];
    }
}
