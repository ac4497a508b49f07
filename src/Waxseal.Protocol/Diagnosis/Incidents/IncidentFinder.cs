using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>Finds the incidents in what reporters said of one policy domain.</summary>
internal static class IncidentFinder
{
    // A reporter that reports nearly every day and then not at all has stopped, rather than had no mail.
    private const int DaysToMissReporter = 7;

    public static IEnumerable<Incident> Find(
        string policyDomain, ImmutableArray<ReportedPolicy> all, Neighbours neighbours)
    {
        foreach (FaultFamily family in all.SelectMany(policy => policy.Faults).Select(fault => fault.Kind.Family()).Distinct())
        {
            ImmutableArray<ReportedPolicy> failing = [.. all.Where(policy => HasFault(policy, family))];
            yield return new(policyDomain, family, failing, all)
            {
                HealthyNeighbours = neighbours.HealthyBeside(policyDomain, failing),
            };
        }

        ImmutableArray<ReportedPolicy> without = WithoutPolicy(all);
        if (!without.IsEmpty)
            yield return new(policyDomain, FaultFamily.NoPolicyFound, without, all);
        ImmutableArray<ReportedPolicy> afterDane = AfterDaneVanished(all);
        if (!afterDane.IsEmpty)
            yield return new(policyDomain, FaultFamily.DaneVanished, afterDane, all);
        ImmutableArray<ReportedPolicy> withoutMicrosoft = WithoutMicrosoft(all);
        if (!withoutMicrosoft.IsEmpty)
            yield return new(policyDomain, FaultFamily.ReporterSilent, withoutMicrosoft, all);
    }

    private static bool HasFault(ReportedPolicy policy, FaultFamily family) =>
        policy.Faults.Any(fault => fault.Kind.Family() == family);

    // No policy found is worth a word only where somebody found one.
    private static ImmutableArray<ReportedPolicy> WithoutPolicy(ImmutableArray<ReportedPolicy> all) =>
        all.Any(policy => policy.Type == PolicyType.Sts)
            ? [.. all.Where(policy => policy.Type == PolicyType.NoPolicyFound && policy.Faults.IsEmpty)]
            : [];

    // Decision row 50: sessions under TLSA end although the same reporter goes on reporting.
    private static ImmutableArray<ReportedPolicy> AfterDaneVanished(ImmutableArray<ReportedPolicy> all)
    {
        var lastDane = all.Where(policy => policy.Type == PolicyType.Tlsa)
            .GroupBy(policy => policy.Reporter)
            .ToDictionary(dane => dane.Key, dane => dane.Max(policy => policy.Days.Last));
        ImmutableArray<ReportedPolicy> after =
        [
            .. all.Where(policy => policy.Type != PolicyType.Tlsa
                && lastDane.TryGetValue(policy.Reporter, out DateOnly last) && policy.Days.First > last),
        ];
        return after.Select(policy => policy.Days.First).Distinct().Count() >= 2 ? after : [];
    }

    // Decision row 52: reports of Google for a week or more, and none of Microsoft ever.
    private static ImmutableArray<ReportedPolicy> WithoutMicrosoft(ImmutableArray<ReportedPolicy> all)
    {
        ImmutableArray<ReportedPolicy> google = [.. all.Where(policy => policy.Reporter.Profile.Id == "google")];
        return google.Select(policy => policy.Days).Distinct().Count() >= DaysToMissReporter
            && !all.Any(policy => policy.Reporter.Profile.Id == "microsoft")
                ? google
                : [];
    }
}
