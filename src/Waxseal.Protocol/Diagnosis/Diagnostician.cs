using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Answers;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis;

/// <summary>
/// Explains evidence: what reporters said is sorted into incidents, the causes of each are weighed, and each becomes a finding.
/// </summary>
public static class Diagnostician
{
    /// <summary>Explains the reports of a ledger.</summary>
    /// <param name="ledger">The reports.</param>
    /// <param name="asOf">Now; it decides what is due, late or long past.</param>
    public static Explanation Explain(ReportLedger ledger, DateTimeOffset asOf) => Explain(ledger, asOf, ImmutableDictionary<string, LookSummary>.Empty);

    /// <summary>Explains the reports of a ledger, with what looks at the policy domains showed.</summary>
    /// <param name="ledger">The reports.</param>
    /// <param name="asOf">Now; it decides what is due, late or long past.</param>
    /// <param name="looks">The looks, by policy domain.</param>
    public static Explanation Explain(ReportLedger ledger, DateTimeOffset asOf, IReadOnlyDictionary<string, LookSummary> looks) =>
        Explain(ledger, asOf, looks, ImmutableDictionary<string, DomainHistory>.Empty);

    /// <summary>Explains the reports of a ledger, with what looks at the policy domains showed, now and in earlier days.</summary>
    /// <param name="ledger">The reports.</param>
    /// <param name="asOf">Now; it decides what is due, late or long past.</param>
    /// <param name="looks">The looks of now, by policy domain.</param>
    /// <param name="histories">What earlier looks showed, by policy domain.</param>
    public static Explanation Explain(
        ReportLedger ledger, DateTimeOffset asOf, IReadOnlyDictionary<string, LookSummary> looks, IReadOnlyDictionary<string, DomainHistory> histories)
    {
        ImmutableArray<ReportedPolicy> all = [.. ledger.Policies];
        var neighbours = new Neighbours(all);

        return new Explanation(
            asOf,
            CoverageOf(ledger, UtcDay.Of(asOf)),
            [.. ByPolicyDomain(all).Select(domain => Summary(domain.Name, domain.Policies))],
            [
                .. ByPolicyDomain(MxHostReports.ToPolicyDomains(all))
                    .SelectMany(domain => IncidentFinder.Find(domain.Name, domain.Policies, neighbours, UtcDay.Of(asOf)))
                    .Select(incident => FindingWriter.Write(incident, looks.GetValueOrDefault(incident.PolicyDomain), histories.GetValueOrDefault(incident.PolicyDomain), asOf))
                    .OrderByDescending(finding => finding.Severity)
                    .ThenBy(finding => finding.Fault == FaultFamily.ReporterSilent)
                    .ThenBy(finding => finding.State == State.Over)
                    .ThenByDescending(finding => finding.FailedSessions)
                    .ThenBy(finding => finding.PolicyDomain, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Fault),
            ]);
    }

    private static ImmutableArray<(string Name, ImmutableArray<ReportedPolicy> Policies)> ByPolicyDomain(ImmutableArray<ReportedPolicy> all) =>
    [
        .. all.GroupBy(policy => policy.PolicyDomain)
            .OrderBy(domain => domain.Key, StringComparer.Ordinal)
            .Select(domain => (domain.Key, domain.ToImmutableArray())),
    ];

    // The days of a report are told as they are; a day that no report can speak of is no end of the days covered.
    private static Coverage CoverageOf(ReportLedger ledger, DateOnly today)
    {
        ILookup<bool, (Reporter Reporter, ReportedDays Days)> senders =
            ledger.Senders.ToLookup(sender => PlausibleDays.Contain(sender.Days, today));
        ImmutableArray<ReportedDays> days =
            [.. (senders[true].Any() ? senders[true] : senders[false]).Select(sender => sender.Days)];
        return new(
            ledger.Reports,
            ledger.Duplicates,
            ledger.Corrections,
            days.IsEmpty ? null : days.Min(range => range.First),
            days.IsEmpty ? null : days.Max(range => range.Last),
            [.. senders.SelectMany(group => group).Select(sender => sender.Reporter.Name).Distinct().Order(StringComparer.Ordinal)],
            [.. senders[false].Select(sender => new OutOfTimeReport(sender.Reporter.Name, sender.Days.First, sender.Days.Last))]);
    }

    private static PolicyDomainSummary Summary(string policyDomain, ImmutableArray<ReportedPolicy> policies)
    {
        ImmutableArray<ReportedPolicy> counted = [.. policies.Where(policy => !policy.CountedElsewhere)];
        return new(
            policyDomain,
            [
                .. counted.GroupBy(policy => policy.Reporter.Name)
                    .OrderBy(reporter => reporter.Key, StringComparer.Ordinal)
                    .Select(reporter => new ReporterSummary(
                        reporter.Key,
                        reporter.Min(policy => policy.Days.First),
                        reporter.Max(policy => policy.Days.Last),
                        reporter.Select(policy => policy.Days).Distinct().Count(),
                        SessionCount.Sum(reporter.Select(policy => policy.Successful)),
                        SessionCount.Sum(reporter.Select(policy => policy.Failed)))),
            ],
            SessionCount.Sum(counted.Select(policy => policy.Successful)),
            SessionCount.Sum(counted.Select(policy => policy.Failed)),
            SessionCount.Sum(counted.Where(policy => policy.Type == PolicyType.NoPolicyFound).Select(policy => policy.Successful)));
    }
}
