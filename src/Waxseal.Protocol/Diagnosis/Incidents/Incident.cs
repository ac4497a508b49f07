using System.Collections.Immutable;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>
/// One fault at one policy domain, over all reporters and days, with what else the reports say of that policy domain.
/// Everything the decision tables ask is answered here, once.
/// </summary>
public sealed class Incident
{
    // A report may name any number of MX hosts; so many show what is wrong.
    private const int MostMxAttempts = 100;

    private readonly Dictionary<Reporter, ReporterView> _views;
    private readonly Lazy<ImmutableArray<Reporter>> _succeededSameDay;
    private readonly Lazy<ImmutableArray<MxAttempt>> _mxAttempts;
    private readonly Lazy<ImmutableArray<(StatedReason Reason, Reporter Reporter)>> _statedReasons;
    private readonly Lazy<TlsaJudgement> _tlsaJudgement;

    internal Incident(
        string policyDomain, FaultFamily family, ImmutableArray<ReportedPolicy> failing, ImmutableArray<ReportedPolicy> all)
    {
        PolicyDomain = policyDomain;
        Family = family;
        Failing = failing;
        All = all;
        FailingReporters = [.. failing.Select(policy => policy.Reporter).Distinct()];
        FailingDays = [.. failing.Select(policy => policy.Days).Distinct().OrderBy(days => days.First).ThenBy(days => days.Last)];
        LastDay = FailingDays.Max(days => days.Last);
        Faults = [.. failing.SelectMany(FaultsOfFamily)];
        Successes = [.. all.Where(IsSuccess)];
        Sessions = SessionTally.Of(this);
        _views = ReporterView.Of(this);
        _succeededSameDay = new(FindSucceededSameDay);
        _mxAttempts = new(FindMxAttempts);
        _statedReasons = new(FindStatedReasons);
        _tlsaJudgement = new(() => TlsaJudgement.Of(TlsaRecords));
    }

    /// <summary>The policy domain, lower case; empty when the reports do not say.</summary>
    public string PolicyDomain { get; }

    /// <summary>What went wrong.</summary>
    public FaultFamily Family { get; }

    /// <summary>What reporters said where it went wrong, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> Failing { get; }

    /// <summary>All that reporters said of the policy domain, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> All { get; }

    /// <summary>The reporters that saw it.</summary>
    public ImmutableArray<Reporter> FailingReporters { get; }

    /// <summary>The days on which it was seen, in order.</summary>
    public ImmutableArray<ReportedDays> FailingDays { get; }

    /// <summary>The faults, one for each report and kind.</summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>What reporters said where the thing that failed here went well, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> Successes { get; }

    /// <summary>The first day on which it was seen.</summary>
    public DateOnly FirstDay => FailingDays[0].First;

    /// <summary>The last day on which it was seen.</summary>
    public DateOnly LastDay { get; }

    /// <summary>The last day any report can speak of.</summary>
    public DateOnly LastDayKnown => LastPlausible(All) ?? All.Max(policy => policy.Days.Last);

    /// <summary>The day the answer is given on.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Sessions that failed, each counted once.</summary>
    public long FailedSessions => Sessions.Failed;

    /// <summary>All sessions of the failing reporters on the failing days under the same kind of policy, each counted once.</summary>
    public long SessionsThen => Sessions.All;

    /// <summary>Reporters that saw it go well, and not fail, on a day on which another saw it fail.</summary>
    public ImmutableArray<Reporter> SucceededSameDay => _succeededSameDay.Value;

    /// <summary>Whether any reporter saw it go well before the first failing day.</summary>
    public bool SucceededBefore => Successes.Any(success => success.Days.Last < FirstDay);

    /// <summary>Whether any reporter saw it go well after the last failing day.</summary>
    public bool SucceededAfter => Successes.Any(success => success.Days.First > LastDay);

    /// <summary>Whether nobody saw it go well between the first and the last failing day.</summary>
    public bool IsUnbroken => !Successes.Any(success => success.Days.Overlaps(new ReportedDays(FirstDay, LastDay)));

    /// <summary>Whether every failing reporter saw it go well after its own last failing day.</summary>
    public bool FailingReportersRecovered => FailingReporters.All(HasRecovered);

    /// <summary>Days on which one reporter saw it both fail and go well.</summary>
    public int MixedDays => _views.Values.SelectMany(view => view.MixedDays).Distinct().Count();

    /// <summary>Whether failing reports show a policy that was applied, which then came from a cache (RFC 8461 §3.3).</summary>
    public bool HadCachedPolicy => Failing.Any(ShowsCachedPolicy);

    /// <summary>The newest policy that reporters saw, or null.</summary>
    public StsPolicy? LastPolicy => All.LastOrDefault(policy => policy.Policy is not null)?.Policy;

    /// <summary>HTTP status codes of the policy host that reporters tell.</summary>
    public ImmutableArray<int> HttpStatuses => [.. Faults.Select(fault => fault.HttpStatus).OfType<int>().Distinct()];

    /// <summary>MX hosts that failing sessions went to, where reporters tell.</summary>
    public ImmutableArray<string> MxHosts => [.. Faults.Select(fault => fault.MxHost).OfType<string>().Distinct()];

    /// <summary>The TLSA records that failing reports show.</summary>
    public IEnumerable<string> TlsaRecords => Failing.SelectMany(policy => policy.TlsaRecords);

    /// <summary>Whether no TLSA record can be used, as the reporter says or as the records themselves show (RFC 6698 §4.1).</summary>
    public bool NoTlsaRecordUsable =>
        Family == FaultFamily.Tlsa
        && (Faults.All(fault => fault.Stated == StatedReason.TlsaUnusable) || _tlsaJudgement.Value.NoneUsable);

    /// <summary>The TLSA records of the failing reports that cannot be used, each with the reason.</summary>
    internal ImmutableArray<(string Record, TlsaDefect Defect)> TlsaDefects => _tlsaJudgement.Value.Defects;

    /// <summary>What the failing reporters state as reasons, each once, with the first reporter that says so.</summary>
    internal ImmutableArray<(StatedReason Reason, Reporter Reporter)> StatedReasons => _statedReasons.Value;

    /// <summary>The failed sessions, each policy and MX host once.</summary>
    internal ImmutableArray<MxAttempt> MxAttempts => _mxAttempts.Value;

    /// <summary>MX hosts at which sessions failed and which their policy does not allow, or no policy was shown.</summary>
    internal IEnumerable<DomainName> UnlistedMxHosts =>
        MxAttempts.Where(attempt => attempt.IsListed != true).Select(attempt => attempt.MxHost).OfType<DomainName>().Distinct();

    /// <summary>
    /// Whether all failures lie at one MX host, and the same reporters had sessions that did not fail.
    /// </summary>
    internal bool IsAtOneMxHost =>
        MxHosts.Length == 1 && Faults.All(fault => fault.MxHost is not null) && (FailedSessions < SessionsThen || MixedDays > 0);

    /// <summary>
    /// Whether the failing reporters obtained the policy for the first time on the one failing day, and so most probably after
    /// the failure: a policy obtained before would have been kept, and shown in the report of the failure (RFC 8461 §3.3).
    /// </summary>
    internal bool IsObtainedOnFailingDay =>
        Family == FaultFamily.PolicyNotObtained && FailingReporters.All(reporter => _views[reporter].IsObtainedOnFailingDay);

    /// <summary>Kinds of fault, as they were told apart.</summary>
    public ImmutableArray<FaultKind> Kinds => [.. Faults.Select(fault => fault.Kind).Distinct()];

    /// <summary>Whether the policy was not obtained, and no reporter tells of an answer of its host: certificate, status or text.</summary>
    public bool NoAnswerTold => Family == FaultFamily.PolicyNotObtained && Faults.All(fault => fault.Kind is FaultKind.PolicyFetch or FaultKind.PolicyHostUnreachable);

    /// <summary>Whether all of it lies on one day or on two neighbouring days: a fault at midnight stands in two reports.</summary>
    public bool IsOneEvent => LastDay.DayNumber - FirstDay.DayNumber <= 1;

    /// <summary>Whether no reporter saw it go well, and not fail, on a failing day.</summary>
    public bool AllReportersFail => SucceededSameDay.IsEmpty;

    /// <summary>Other policy domains that the same reporters could serve on the same days; counted up to three.</summary>
    public int HealthyNeighbours { get; init; }

    private SessionTally Sessions { get; }

    /// <summary>Whether a failing reporter fails on each of the days it reported from its first failing day on.</summary>
    public bool FailsEveryDaySince(Reporter reporter) => _views[reporter].FailsEveryDay;

    /// <summary>Whether a failing reporter saw it go well after its last failing day.</summary>
    public bool HasRecovered(Reporter reporter) => _views[reporter].HasRecovered;

    /// <summary>What one failing reporter said where it went wrong, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> FailingOf(Reporter reporter) => _views[reporter].Failing;

    /// <summary>All that one failing reporter said of the policy domain, in the order of days.</summary>
    public ImmutableArray<ReportedPolicy> AllOf(Reporter reporter) => _views[reporter].All;

    /// <summary>Whether a failing reporter saw it go well, too, on a day on which it saw it fail.</summary>
    public bool AlsoSucceededThen(Reporter reporter) => _views[reporter].AlsoSucceeded;

    /// <summary>What the reports of a failing reporter tell of the policy it held.</summary>
    internal HeldPolicy HeldPolicyOf(Reporter reporter) => _views[reporter].HeldPolicy;

    // What was called invalid, or cannot be read, may be the very text that was refused; a sender cannot apply that.
    internal bool ShowsCachedPolicy(ReportedPolicy policy) =>
        Family == FaultFamily.PolicyNotObtained && policy.Policy is not null && !FaultsOfFamily(policy).All(fault => fault.Kind == FaultKind.PolicyGrammar);

    /// <summary>The faults of this incident within one reported policy.</summary>
    public IEnumerable<Fault> FaultsOfFamily(ReportedPolicy policy) =>
        policy.Faults.Where(fault => fault.Kind.Family() == Family);

    /// <summary>The last day that reports can speak of, of those they name; null when they can speak of none.</summary>
    internal DateOnly? LastPlausible(IEnumerable<ReportedPolicy> said) =>
        said.Where(policy => PlausibleDays.Contain(policy.Days, Today)).Select(policy => (DateOnly?)policy.Days.Last).Max();

    private ImmutableArray<MxAttempt> FindMxAttempts() =>
    [
        .. Failing
            .SelectMany(policy => FaultsOfFamily(policy).Select(fault => new MxAttempt(
                policy.Policy,
                DomainName.TryParse(fault.MxHost ?? "", out DomainName? mxHost, out _) ? mxHost : null)))
            .Distinct()
            .Take(MostMxAttempts),
    ];

    private ImmutableArray<(StatedReason Reason, Reporter Reporter)> FindStatedReasons() =>
    [
        .. Failing
            .SelectMany(policy => FaultsOfFamily(policy).Select(fault => (fault.Stated, policy.Reporter)))
            .Where(said => said.Stated is not null)
            .Select(said => (Reason: said.Stated!.Value, said.Reporter))
            .DistinctBy(said => said.Reason),
    ];

    private ImmutableArray<Reporter> FindSucceededSameDay()
    {
        var failing = new DayIndex(FailingDays);
        return
        [
            .. Successes
                .Where(success => failing.Overlaps(success.Days)
                    && !(_views.TryGetValue(success.Reporter, out ReporterView? view) && view.FailingDays.Overlaps(success.Days)))
                .Select(success => success.Reporter)
                .Distinct(),
        ];
    }

    // A policy host is seen to work by sessions under its policy; MX hosts by any session under the same kind of policy.
    internal bool IsSuccess(ReportedPolicy policy) => Family switch
    {
        FaultFamily.Tlsa or FaultFamily.Dnssec or FaultFamily.DaneRequired or FaultFamily.DaneVanished =>
            policy.Type == PolicyType.Tlsa && policy.Successful > 0,
        FaultFamily.StartTls => policy.Successful > 0,
        FaultFamily.PolicyNotObtained => policy.Type == PolicyType.Sts && policy.HasPolicyString
            && policy.Successful > 0 && !FaultsOfFamily(policy).Any(),
        _ => policy.Type == PolicyType.Sts && policy.Successful > 0,
    };
}
