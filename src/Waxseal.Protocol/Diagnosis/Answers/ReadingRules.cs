using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>
/// The reading rules: what reports prove by themselves, before any cause is weighed. RR3 speaks in
/// <see cref="HeldPolicyReading"/>, RR8 and RR9 in <see cref="SuccessReading"/>, RR4 and RR14 in <see cref="Effect"/>, RR10
/// and RR11 in <see cref="Observations"/>, RR15 in <see cref="Mended"/>.
/// </summary>
internal static class ReadingRules
{
    // So few sessions on one day point to something that passes.
    private const long FewSessions = 3;
    private const int DaysThatPass = 2;

    // Reports of a day come within two days; older ones speak of the past.
    private const int DaysOfNews = 3;

    public static ImmutableArray<Reading> Apply(Incident incident, Ranking ranking, DateTimeOffset asOf) =>
    [
        .. new[]
        {
            SameDayOrNot(incident),
            MadeLate(incident),
            SawTheRecord(incident),
            HeldPolicyReading.Of(incident),
            SessionsAreNotFetches(incident),
            OneFaultSeveralNames(incident),
            CountedOnce(incident),
            SuccessReading.Of(incident),
            NegativeCacheBound(incident, ranking),
            FewOrGrowing(incident),
            WasOrIs(incident, asOf),
        }.OfType<Reading>(),
    ];

    // RR1: reporters disagree only where they speak of the same UTC day.
    private static Reading? SameDayOrNot(Incident incident)
    {
        if (incident.Family is FaultFamily.NoPolicyFound or FaultFamily.DaneVanished or FaultFamily.ReporterSilent)
            return null;

        string failing = Phrase.Names(incident.FailingReporters);
        if (!incident.SucceededSameDay.IsEmpty)
        {
            string days = incident.FailingDays is [{ } only] && only.First == only.Last ? "the very day" : "days";
            return new("RR1", $"{Phrase.Names(incident.SucceededSameDay)} succeeded on {days} on which {failing} failed: "
                + "what differs is the sender, its way to you, or the hour.");
        }

        var failed = incident.FailingReporters.ToHashSet();
        ImmutableArray<ReportedPolicy> others = [.. incident.Successes.Where(success => !failed.Contains(success.Reporter))];
        return others.IsEmpty
            ? null
            : new("RR1", $"The reports do not contradict each other, for they speak of different UTC days: {failing} of "
                + $"{Phrase.Days(incident.FailingDays)}, {Phrase.Names(others.Select(success => success.Reporter).Distinct())} of "
                + $"{Phrase.Days([.. others.Select(success => success.Days).Distinct()])}.");
    }

    // RR1: days count, not arrival: a report made long after its day is late or repeated, and the fault does not return with it.
    private static Reading? MadeLate(Incident incident) =>
        incident.Failing.FirstOrDefault(policy => NextReport.MadeAfter(policy) > NextReport.Late) is { Made: { } made } late
            ? new("RR1", $"{late.Reporter.Name} made its report for {late.Days} only on {Phrase.Time(made)}, as its report-id says. "
                + "A late report shows an old day, not a fault that came back.")
            : null;

    // RR2: RFC 8461 §3.1: a sender that finds no valid TXT record does not look for a policy. One that holds a policy may
    // refresh it without looking.
    private static Reading? SawTheRecord(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained || incident.Kinds.Contains(FaultKind.Record))
            return null;

        ImmutableArray<Reporter> without = [.. incident.FailingReporters.Where(reporter => incident.HeldPolicyOf(reporter).WasNone)];
        if (without.IsEmpty)
            return null;

        string name = Phrase.PolicyDomain(incident.PolicyDomain);
        string address = incident.NoAnswerTold
            ? $" The address of mta-sts.{name} is another name; it may well have been missing then, or held in a cache as missing."
            : "";
        return new("RR2", $"{Phrase.Names(without)} saw the TXT record _mta-sts.{name}: a sender that sees none does not "
            + "look for a policy (RFC 8461 §3.1). So the TXT record was not missing, nor held in a cache as missing." + address);
    }

    // RR5: RFC 8461 §3.3: after a failed fetch a sender waits five minutes or longer.
    private static Reading? SessionsAreNotFetches(Incident incident) =>
        incident.Family == FaultFamily.PolicyNotObtained && incident.FailedSessions > 1
            ? new("RR5", $"{Phrase.Sessions(incident.FailedSessions)} need not mean {Phrase.Number(incident.FailedSessions)} failed fetches: after "
                + "one, a sender waits five minutes or longer (RFC 8461 §3.3), and every session meanwhile counts as failed.")
            : null;

    // RR6: reporters name one fault differently.
    private static Reading? OneFaultSeveralNames(Incident incident)
    {
        if (incident.FailingReporters.Length < 2 || incident.Faults.Select(fault => fault.ResultType).Distinct().Count() < 2)
            return null;

        IEnumerable<string> names = incident.Failing
            .SelectMany(policy => incident.FaultsOfFamily(policy).Select(fault => (policy.Reporter.Name, fault.ResultType)))
            .Where(said => said.ResultType.Length > 0)
            .Distinct()
            .Select(said => $"{said.Name} says {QuotedText.OneLine(said.ResultType)}");
        return new("RR6", $"{Phrase.List([.. names])}: reporters name one fault differently, so it is taken as one.");
    }

    // RR7: Microsoft counts a session under each policy type it applied; which of the two failed matters.
    private static Reading? CountedOnce(Incident incident)
    {
        ImmutableArray<Reporter> twice = Reporters(incident.All, policy => policy.CountedElsewhere);
        if (twice.IsEmpty)
            return null;

        var both = incident.All.Where(policy => policy.CountedElsewhere).Select(policy => (policy.Reporter, policy.Days)).ToHashSet();
        ILookup<PolicyType, long> failed = incident.All
            .Where(policy => both.Contains((policy.Reporter, policy.Days)))
            .ToLookup(policy => policy.Type, policy => policy.Failed);
        return new("RR7", $"{Phrase.Names(twice)} {(twice.Length > 1 ? "report" : "reports")} the same sessions under sts and under tlsa; "
            + $"they are counted once here. Under sts {Failed(failed[PolicyType.Sts])}, under tlsa (DANE) {Failed(failed[PolicyType.Tlsa])}.");
    }

    private static string Failed(IEnumerable<long> failed) => SessionCount.Sum(failed) switch
    {
        0 => "none of them failed",
        var count => $"{Phrase.Number(count)} of them failed",
    };

    // RR12: RFC 2308 §5: a negative answer lives for the smaller of the SOA's TTL and its MINIMUM.
    private static Reading? NegativeCacheBound(Incident incident, Ranking ranking) =>
        ranking.Causes.Any(ranked => ranked.Cause.Id == "C01" && ranked.Share >= 0.05)
            ? new("RR12", "A cached \"does not exist\" can be the reason only for a while: last failure <= time the address of "
                + $"mta-sts.{Phrase.PolicyDomain(incident.PolicyDomain)} was published + min(SOA TTL, SOA MINIMUM) of its zone + the five minutes or more that a "
                + "sender waits after a failed fetch. In a zone with 300 s that makes 10 minutes; later failures have another cause. And "
                + "either the TXT record was visible before the address, or somebody had asked the same resolver for the address earlier.")
            : null;

    // RR13: what passes shows as few sessions on one day, what stays grows with the traffic.
    private static Reading? FewOrGrowing(Incident incident)
    {
        if (incident.Family is FaultFamily.NoPolicyFound or FaultFamily.DaneVanished or FaultFamily.ReporterSilent)
            return null;
        if (incident.IsOneEvent)
        {
            return IsVague(incident) && incident.FailedSessions <= FewSessions && incident.SucceededAfter
                ? new("RR13", "Few sessions on one day and success afterwards point to something that passes by itself.")
                : null;
        }

        if (!incident.IsUnbroken || incident.SucceededAfter || incident.FailingDays.Length <= DaysThatPass)
            return null;

        // Sessions may succeed under a cached policy while no fetch does.
        string days = $"It shows on {Phrase.Number(incident.FailingDays.Length)} days";
        return incident.SessionsThen == incident.FailedSessions
            ? new("RR13", $"{days} without a success between: that does not pass by itself.")
            : new("RR13", $"{days}. That sessions succeeded on these days may be the work of the cached policy, so it need not be a sign that "
                + "the fault passes.");
    }

    // What a reporter names, such as a certificate that has expired, does not pass by itself.
    private static bool IsVague(Incident incident) => incident.NoAnswerTold || incident.Family == FaultFamily.MxHandshake;

    // RR16: reports speak of days that are over.
    private static Reading? WasOrIs(Incident incident, DateTimeOffset asOf)
    {
        int age = UtcDay.Of(asOf).DayNumber - incident.LastDayKnown.DayNumber;
        return age > DaysOfNews
            ? new("RR16", $"The newest day these reports speak of, {Phrase.Day(incident.LastDayKnown)}, is {Phrase.Number(age)} days ago. "
                + "How things stand today they cannot say.")
            : null;
    }

    private static ImmutableArray<Reporter> Reporters(IEnumerable<ReportedPolicy> policies, Func<ReportedPolicy, bool> isSuch) =>
        [.. policies.Where(isSuch).Select(policy => policy.Reporter).Distinct()];
}
