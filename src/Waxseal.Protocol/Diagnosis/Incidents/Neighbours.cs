using System.Collections.Frozen;
using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>Which policy domains each reporter could serve on which day: the measure for a fault that hits one of many.</summary>
internal sealed class Neighbours(ImmutableArray<ReportedPolicy> all)
{
    // More need not be counted to know that the fault is this policy domain's own.
    private const int Enough = 3;

    private readonly FrozenDictionary<(Reporter, ReportedDays), ImmutableHashSet<string>> _healthy = all
        .Where(policy => policy.Type == PolicyType.Sts && policy.Successful > 0 && policy.HasPolicyString)
        .GroupBy(policy => (policy.Reporter, policy.Days))
        .ToFrozenDictionary(day => day.Key, day => day.Select(policy => policy.PolicyDomain).ToImmutableHashSet(StringComparer.Ordinal));

    /// <summary>Other policy domains that the failing reporters could serve on a failing day, counted up to three.</summary>
    public int HealthyBeside(string policyDomain, ImmutableArray<ReportedPolicy> failing) =>
        failing
            .SelectMany(policy => _healthy.GetValueOrDefault((policy.Reporter, policy.Days), []))
            .Where(other => other != policyDomain)
            .Distinct()
            .Take(Enough)
            .Count();
}
