using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>What a report counts of one policy, and whose policy it is.</summary>
/// <param name="PolicyDomain">The policy domain, in lower case and without root dot; empty when nothing tells it.</param>
/// <param name="Policy">The policy with its counts.</param>
/// <param name="CountedElsewhere">Whether the same sessions stand under another policy type of the same report.</param>
public sealed record PolicySessions(string PolicyDomain, ReportPolicy Policy, bool CountedElsewhere)
{
    /// <summary>The policies of a report, in its order.</summary>
    /// <param name="evidence">The report.</param>
    public static ImmutableArray<PolicySessions> Of(ReportEvidence evidence)
    {
        Dictionary<string, PolicyType> twice = Twice(evidence);
        return
        [
            .. from policy in evidence.Report.Policies
               let policyDomain = evidence.PolicyDomainOf(policy)
               select new PolicySessions(policyDomain, policy, twice.Contains(KeyValuePair.Create(policyDomain, policy.Type))),
        ];
    }

    // Microsoft reports one session under sts and under tlsa. Where both sum up to the same, the policy type with more
    // failures counts: a session that failed under one of the two did not go well.
    private static Dictionary<string, PolicyType> Twice(ReportEvidence evidence) =>
        (from policy in evidence.Report.Policies
         group policy by evidence.PolicyDomainOf(policy) into domain
         let sts = Sums(domain, PolicyType.Sts)
         let tlsa = Sums(domain, PolicyType.Tlsa)
         where sts.Sessions == tlsa.Sessions && sts.Sessions > 0
         select (domain.Key, Other: tlsa.Failed > sts.Failed ? PolicyType.Sts : PolicyType.Tlsa))
        .ToDictionary(domain => domain.Key, domain => domain.Other);

    private static (long Sessions, long Failed) Sums(IEnumerable<ReportPolicy> policies, PolicyType type)
    {
        IEnumerable<ReportPolicy> ofType = policies.Where(policy => policy.Type == type);
        return (
            SessionCount.Sum(ofType.Select(policy => SessionCount.Add(policy.SuccessfulSessions, policy.FailedSessions))),
            SessionCount.Sum(ofType.Select(policy => policy.FailedSessions)));
    }
}
