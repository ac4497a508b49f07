using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// Takes reports in one by one and keeps what the diagnosis needs of them: no report twice, no session twice,
/// everything under the day it belongs to.
/// </summary>
public sealed class ReportLedger
{
    private readonly Dictionary<ReportKey, Entry> _entries = [];
    private readonly Dictionary<Reporter, Reporter> _reporters = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Reports taken in, each counted once.</summary>
    public int Reports => _entries.Count;

    /// <summary>Reports that had been taken in before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Reports that carried the report-id of another one, and other numbers.</summary>
    public int Corrections { get; private set; }

    /// <summary>What the reports say, a row for each report and policy.</summary>
    public IEnumerable<ReportedPolicy> Policies => _entries.Values.SelectMany(entry => entry.Policies);

    /// <summary>Takes in one report.</summary>
    public ReportReceipt Add(ReportEvidence evidence)
    {
        Reporter reporter = Intern(KnownReporters.Identify(evidence.Report));
        ReportKey key = ReportKey.Of(reporter, evidence);
        var entry = new Entry(ReportContent.Hash(evidence.Report), Sessions(evidence.Report), PoliciesOf(reporter, evidence));

        if (!_entries.TryGetValue(key, out Entry? known))
        {
            _entries.Add(key, entry);
            return ReportReceipt.New;
        }

        if (known.ContentHash == entry.ContentHash)
        {
            Duplicates++;
            return ReportReceipt.Duplicate;
        }

        // A reporter may send a day again when it had counted only part of it; the fuller count stands.
        Corrections++;
        if (entry.Sessions >= known.Sessions)
            _entries[key] = entry;
        return ReportReceipt.Correction;
    }

    private static long Sessions(Report report) =>
        report.Policies.Aggregate(0L, (sum, policy) => Saturating.Add(sum, policy.SuccessfulSessions, policy.FailedSessions));

    private ImmutableArray<ReportedPolicy> PoliciesOf(Reporter reporter, ReportEvidence evidence)
    {
        Report report = evidence.Report;
        var days = new ReportedDays(report.DateRange.FirstDay, report.DateRange.LastDay);
        DateTimeOffset? made = reporter.Profile.Id == "microsoft"
            ? ReportIdShapes.MicrosoftGenerationTime(report.ReportId)
            : null;

        return
        [
            .. report.Policies.Select(policy => new ReportedPolicy(
                reporter,
                InternName(policy.PolicyDomain ?? evidence.PolicyDomainOfEnvelope ?? ""),
                days,
                policy.Type)
            {
                Successful = policy.SuccessfulSessions,
                Failed = policy.FailedSessions,
                Faults = Faults(reporter, policy),
                Policy = policy.Type == PolicyType.Sts ? ReportedText.Read(policy.PolicyString) : null,
                TlsaRecords = policy.Type == PolicyType.Tlsa ? policy.PolicyString : [],
                HasPolicyString = policy.PolicyString.Any(line => line.Length > 0),
                CountedElsewhere = IsCountedElsewhere(report, policy),
                Made = made,
            }),
        ];
    }

    // Microsoft reports one session under sts and tlsa alike: the tlsa entry is the one not counted again.
    private static bool IsCountedElsewhere(Report report, ReportPolicy policy) =>
        policy.Type == PolicyType.Tlsa
        && report.Policies.Any(other =>
            other.Type == PolicyType.Sts
            && other.PolicyDomain == policy.PolicyDomain
            && Saturating.Add(other.SuccessfulSessions, other.FailedSessions)
                == Saturating.Add(policy.SuccessfulSessions, policy.FailedSessions));

    private static ImmutableArray<Fault> Faults(Reporter reporter, ReportPolicy policy)
    {
        ImmutableArray<Fault> faults =
        [
            .. policy.Failures
                .Select(failure => FaultTranslation.ToFault(reporter.Profile, policy.Type, failure))
                .GroupBy(fault => fault with { Sessions = 0 })
                .Select(same => same.Key with { Sessions = same.Aggregate(0L, (sum, fault) => Saturating.Add(sum, fault.Sessions)) }),
        ];

        // Failed sessions without any detail must not vanish.
        return faults.IsEmpty && policy.FailedSessions > 0
            ? [new Fault(FaultKind.Other, "", policy.FailedSessions)]
            : faults;
    }

    private Reporter Intern(Reporter reporter)
    {
        if (_reporters.TryGetValue(reporter, out Reporter? known))
            return known;
        _reporters.Add(reporter, reporter);
        return reporter;
    }

    private string InternName(string name)
    {
        if (_names.TryGetValue(name, out string? known))
            return known;
        _names.Add(name, name);
        return name;
    }

    private sealed record Entry(UInt128 ContentHash, long Sessions, ImmutableArray<ReportedPolicy> Policies);
}

/// <summary>What became of a report that was taken in.</summary>
public enum ReportReceipt
{
    /// <summary>It was not known.</summary>
    New,

    /// <summary>The same report had been taken in before; it does not count again.</summary>
    Duplicate,

    /// <summary>A report of the same id, days and policy domains with other numbers was known; the fuller one counts.</summary>
    Correction,
}
