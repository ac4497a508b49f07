using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>
/// The reading rules: what reports prove by themselves, before any cause is weighed. RR4 and RR14 speak in
/// <see cref="Effect"/>, RR10 and RR11 in <see cref="Observations"/>, RR15 in <see cref="Mended"/>.
/// </summary>
internal static class ReadingRules
{
    // So few sessions on one day point to something that passes.
    private const long FewSessions = 3;

    public static ImmutableArray<Reading> Apply(Incident incident, Ranking ranking, DateTimeOffset asOf) =>
    [
        .. new[]
        {
            SameDayOrNot(incident),
            SawTheRecord(incident),
            HadCachedPolicy(incident),
            SuccessElsewhere(incident),
            NegativeCacheBound(incident, ranking),
            SessionsAreNotFetches(incident),
            OneFaultSeveralNames(incident),
            CountedOnce(incident),
            FewOrGrowing(incident),
            MadeLate(incident),
            WasOrIs(incident, asOf),
        }.OfType<Reading>(),
    ];

    // RR1: reporters disagree only where they speak of the same UTC day.
    private static Reading? SameDayOrNot(Incident incident)
    {
        if (incident.Successes.IsEmpty || incident.Family is FaultFamily.NoPolicyFound or FaultFamily.ReporterSilent)
            return null;

        string failing = Phrase.Names(incident.FailingReporters);
        if (!incident.SucceededSameDay.IsEmpty)
        {
            return new("RR1", $"On the same days {Phrase.Names(incident.SucceededSameDay)} succeeded while {failing} failed: "
                + "what differs is the sender, its way to you, or the hour.");
        }

        ImmutableArray<ReportedPolicy> successes =
            [.. incident.Successes.Where(success => !incident.FailingReporters.Contains(success.Reporter))];
        if (successes.IsEmpty)
            return null;

        ImmutableArray<Reporter> others = [.. successes.Select(success => success.Reporter).Distinct()];
        ImmutableArray<ReportedDays> days = [.. successes.Select(success => success.Days).Distinct().OrderBy(day => day.First)];
        return new("RR1", $"The reports do not contradict each other, for they speak of different UTC days: {failing} of "
            + $"{Phrase.Days(incident.FailingDays)}, {Phrase.Names(others)} of {Phrase.Days(days)}.");
    }

    // RR2: RFC 8461 §3.3: a sender fetches only after it has found a valid TXT record.
    private static Reading? SawTheRecord(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained || incident.Kinds.Contains(FaultKind.Record))
            return null;

        string failing = Phrase.Names(incident.FailingReporters);
        string name = Phrase.PolicyDomain(incident);
        return new("RR2", $"{failing} saw the TXT record _mta-sts.{name}: a sender that sees none does not look for a policy "
            + "(RFC 8461 §3.1). So the TXT record was not missing, nor held in a cache as missing. "
            + $"The address of mta-sts.{name} is another name; it may well have been missing then, or held in a cache as missing.");
    }

    // RR3: a policy-string in a failing report is a cached policy.
    private static Reading? HadCachedPolicy(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained)
            return null;

        string failing = Phrase.Names(incident.FailingReporters);
        return incident.HadCachedPolicy
            ? new("RR3", $"The report of {failing} carries a policy, so a cached one was in force and only its refresh failed.")
            : new("RR3", $"The report carries no policy, so {failing} held none from before: this was its first contact with "
                + "your policy, or an earlier one had run out.");
    }

    // RR8 and RR9: a success proves the policy host only as far as it needed a fetch.
    private static Reading? SuccessElsewhere(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained || incident.Successes.IsEmpty)
            return null;

        ReportedPolicy success = incident.Successes.FirstOrDefault(other => other.Days.First > incident.LastDay)
            ?? incident.Successes[^1];
        string who = $"{success.Reporter.Name} applied your policy on {success.Days}";
        if (success.Policy is not { } policy)
            return new("RR8", $"{who}: the policy host could be reached from its network at some time.");

        string life = $"A policy lives for its max_age, here {Phrase.Duration(policy.MaxAge)}";
        if (success.Days.First <= incident.LastDay || !EvidenceWeights.IsFreshFetch(incident, success))
        {
            return new("RR9", $"{who}. {life}, so that may have come from a cache and says little about the policy host on that day.");
        }

        return new("RR9", $"{who}. {life}, so {success.Reporter.Name} fetched it on "
            + $"{Phrase.Day(EvidenceWeights.FirstPossibleFetch(success))} or later: file, certificate and grammar were good then. "
            + "A lasting fault in one of them is improbable.");
    }

    // RR12: RFC 2308 §5: a negative answer lives for the smaller of the SOA's TTL and its MINIMUM.
    private static Reading? NegativeCacheBound(Incident incident, Ranking ranking) =>
        ranking.Causes.Any(ranked => ranked.Cause.Id == "C01" && ranked.Share >= 0.05)
            ? new("RR12", "How long a cached \"does not exist\" can have been the reason: last failure <= address of "
                + $"mta-sts.{Phrase.PolicyDomain(incident)} published + min(SOA TTL, SOA MINIMUM) of its zone + the sender's back-off of 5 minutes "
                + "or a little more. In a zone of 300 s that is 10 minutes; later failures have another cause. It needs, too, that "
                + "the TXT record was visible before the address, or that somebody had asked the same resolver for the address earlier.")
            : null;

    // RR5: RFC 8461 §3.3: after a failed fetch a sender waits five minutes or longer.
    private static Reading? SessionsAreNotFetches(Incident incident) =>
        incident.Family == FaultFamily.PolicyNotObtained && incident.FailedSessions > 1
            ? new("RR5", $"{Phrase.Sessions(incident.FailedSessions)} need not be {incident.FailedSessions:N0} faults: after one failed fetch a sender waits "
                + "five minutes or longer (RFC 8461 §3.3), and every session meanwhile counts as failed.")
            : null;

    // RR6: reporters name one fault differently.
    private static Reading? OneFaultSeveralNames(Incident incident)
    {
        ImmutableArray<string> names =
        [
            .. incident.Failing
                .SelectMany(policy => incident.FaultsOfFamily(policy)
                    .Select(fault => $"{policy.Reporter.Name} says {fault.ResultType}"))
                .Distinct(),
        ];
        return incident.Faults.Select(fault => fault.ResultType).Distinct().Count() > 1 && incident.FailingReporters.Length > 1
            ? new("RR6", $"{Phrase.List(names)}: one fault under several names.")
            : null;
    }

    // RR7: Microsoft counts a session under each policy type it applied.
    private static Reading? CountedOnce(Incident incident) =>
        incident.All.Any(policy => policy.CountedElsewhere)
            ? new("RR7", $"{Phrase.Names(incident.All.Where(policy => policy.CountedElsewhere).Select(policy => policy.Reporter).Distinct())} "
                + "reports the same sessions under sts and under tlsa; they are counted once here.")
            : null;

    // RR13: what passes shows as few sessions on one day, what stays grows with the traffic.
    private static Reading? FewOrGrowing(Incident incident)
    {
        if (incident.Family is FaultFamily.NoPolicyFound or FaultFamily.DaneVanished or FaultFamily.ReporterSilent)
            return null;
        if (incident.IsOneEvent)
        {
            return incident.FailedSessions <= FewSessions && incident.SucceededAfter
                ? new("RR13", "Few sessions on one day and success afterwards point to something that passes by itself.")
                : null;
        }

        return incident.AllReportersFail && incident.FailingDays.Length > 2
            ? new("RR13", $"It shows on {incident.FailingDays.Length} days: this does not pass by itself.")
            : null;
    }

    // A report made long after its day is late or repeated; the fault does not return with it.
    private static Reading? MadeLate(Incident incident) =>
        incident.Failing.FirstOrDefault(policy => policy.Made is { } made
            && made - new DateTimeOffset(policy.Days.Last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) > TimeSpan.FromHours(30))
            is { } late
                ? new("RR1", $"{late.Reporter.Name} made its report of {late.Days} only on {late.Made:yyyy-MM-dd HH:mm} UTC, by its "
                    + "report-id. A late report shows an old day, not a fault that came back.")
                : null;

    // RR16: reports speak of days that are over.
    private static Reading? WasOrIs(Incident incident, DateTimeOffset asOf)
    {
        int age = DateOnly.FromDateTime(asOf.UtcDateTime).DayNumber - incident.LastDayKnown.DayNumber;
        return age > 3
            ? new("RR16", $"The newest day these reports speak of, {Phrase.Day(incident.LastDayKnown)}, is {age:N0} days ago. "
                + "How things stand today they cannot say.")
            : null;
    }
}
