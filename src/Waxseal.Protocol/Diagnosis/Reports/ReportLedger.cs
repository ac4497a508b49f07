using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// Takes reports in one by one and keeps what the diagnosis needs of them: no report twice, no session twice,
/// everything under the day it belongs to. The order in which reports come makes no difference.
/// </summary>
public sealed class ReportLedger
{
    private readonly Dictionary<ReportKey, Entry> _entries = [];
    private readonly HashSet<(ReportKey, UInt128)> _lesser = [];
    private readonly SharedParts _shared = new();

    /// <summary>Reports taken in, each counted once.</summary>
    public int Reports => _entries.Count;

    /// <summary>Reports that had been taken in before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Reports that came again with other numbers.</summary>
    public int Corrections { get; private set; }

    /// <summary>What the reports say, a row for each report and policy, in the order of days and reporters.</summary>
    public IEnumerable<ReportedPolicy> Policies => InOrder.SelectMany(entry => entry.Policies);

    /// <summary>Who sent the reports, and of which days they speak.</summary>
    internal IEnumerable<(Reporter Reporter, ReportedDays Days)> Senders => InOrder.Select(entry => (entry.Reporter, entry.Days));

    private IEnumerable<Entry> InOrder => _entries.OrderBy(entry => entry.Key).Select(entry => entry.Value);

    /// <summary>Takes in one report.</summary>
    public ReportReceipt Add(ReportEvidence evidence)
    {
        Reporter reporter = _shared.Reporter(KnownReporters.Identify(evidence.Report));
        ReportKey key = ReportKey.Of(reporter, evidence);
        UInt128 content = ReportContent.Of(evidence.Report);
        if (!_entries.TryGetValue(key, out Entry? known))
        {
            _entries.Add(key, EntryOf(content, reporter, evidence));
            return ReportReceipt.New;
        }

        if (known.Content == content || _lesser.Contains((key, content)))
        {
            // Of a report made again, the first tells when its day was reported.
            if (known.Content == content && ReportKey.MadeBy(reporter, evidence.Report) < known.Made)
                _entries[key] = EntryOf(content, reporter, evidence);
            Duplicates++;
            return ReportReceipt.Duplicate;
        }

        // A reporter may send a day again when it had counted only part of it; the fuller count stands.
        Corrections++;
        Entry entry = EntryOf(content, reporter, evidence);
        bool isFuller = (entry.Sessions, entry.Content).CompareTo((known.Sessions, known.Content)) > 0;
        _lesser.Add((key, isFuller ? known.Content : content));
        if (isFuller)
            _entries[key] = entry;
        return ReportReceipt.Correction;
    }

    private Entry EntryOf(UInt128 content, Reporter reporter, ReportEvidence evidence)
    {
        DateTimeOffset? made = ReportKey.MadeBy(reporter, evidence.Report);
        return new(
            content,
            SessionCount.Sum(evidence.Report.Policies.Select(policy => SessionCount.Add(policy.SuccessfulSessions, policy.FailedSessions))),
            reporter,
            DaysOf(evidence.Report),
            made,
            PoliciesOf(reporter, evidence, made));
    }

    private ReportedDays DaysOf(Report report) => _shared.Days(new(report.DateRange.FirstDay, report.DateRange.LastDay));

    private ImmutableArray<ReportedPolicy> PoliciesOf(Reporter reporter, ReportEvidence evidence, DateTimeOffset? made)
    {
        ReportedDays days = DaysOf(evidence.Report);
        return
        [
            .. from counted in PolicySessions.Of(evidence)
               let policy = counted.Policy
               let applied = policy.Type == PolicyType.Sts ? _shared.Policy(policy.PolicyString) : null
               let faults = _shared.Faults(Faults(reporter, policy, applied))
               select new ReportedPolicy(reporter, _shared.Text(QuotedText.OneLineName(counted.PolicyDomain)), days, policy.Type)
               {
                   Successful = policy.SuccessfulSessions,
                   Failed = policy.FailedSessions,
                   Faults = faults,
                   Policy = applied,
                   PolicySlips = faults.Any(fault => fault.Kind == FaultKind.PolicyGrammar) ? ReportedText.Slips(policy.PolicyString) : [],
                   TlsaRecords = policy.Type == PolicyType.Tlsa ? _shared.Lines(policy.PolicyString) : [],
                   HasPolicyString = policy.PolicyString.Any(line => line.Length > 0),
                   CountedElsewhere = counted.CountedElsewhere,
                   Made = made,
               },
        ];
    }

    private static ImmutableArray<Fault> Faults(Reporter reporter, ReportPolicy policy, StsPolicy? applied)
    {
        ImmutableArray<Fault> faults =
        [
            .. policy.Failures
                .Select(failure => FaultTranslation.ToFault(reporter.Profile, policy.Type, failure, applied))
                .GroupBy(fault => fault with { Sessions = 0 })
                .Select(same => same.Key with { Sessions = SessionCount.Sum(same.Select(fault => fault.Sessions)) }),
        ];

        // Failed sessions without any detail must not vanish.
        return faults.IsEmpty && policy.FailedSessions > 0
            ? [new Fault(FaultKind.Other, "", policy.FailedSessions)]
            : faults;
    }

    private sealed record Entry(
        UInt128 Content, long Sessions, Reporter Reporter, ReportedDays Days, DateTimeOffset? Made, ImmutableArray<ReportedPolicy> Policies);
}

/// <summary>What became of a report that was taken in.</summary>
public enum ReportReceipt
{
    /// <summary>It was not known.</summary>
    New,

    /// <summary>The same report had been taken in before; it does not count again.</summary>
    Duplicate,

    /// <summary>The same report was known with other numbers; the fuller one counts.</summary>
    Correction,
}
