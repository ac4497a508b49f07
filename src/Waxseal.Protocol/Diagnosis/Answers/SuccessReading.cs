using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>Reading rules RR8 and RR9: a success proves the policy host only as far as it needed a fetch.</summary>
internal static class SuccessReading
{
    public static Reading? Of(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained || incident.Successes.IsEmpty)
            return null;

        return FetchedAfter(incident) ?? FetchedMeanwhile(incident) ?? PerhapsCached(incident);
    }

    private static Reading? FetchedAfter(Incident incident)
    {
        if (incident.Successes.FirstOrDefault(success => success.Days.First > incident.LastDay && success.Policy is not null
            && EvidenceWeights.IsFreshFetch(incident, success)) is not { } success)
        {
            return null;
        }

        string brevity = incident.IsOneEvent ? " That they were bad for long is improbable." : "";
        return new("RR9", $"{Applied(success)}. {Life(success)}, so it was fetched on {Phrase.Day(EvidenceWeights.FirstPossibleFetch(success))} "
            + $"or later: file, certificate and grammar were good then.{brevity}");
    }

    // A run of successes that is longer than max_age needs a fetch within it.
    private static Reading? FetchedMeanwhile(Incident incident)
    {
        ImmutableArray<ReportedPolicy> fetched =
        [
            .. incident.Successes.Where(success => success.Policy is not null && success.Days.Last <= incident.LastDay
                && EvidenceWeights.FirstPossibleFetch(success) >= incident.FirstDay),
        ];
        if (fetched.IsEmpty)
            return null;

        ReportedPolicy last = fetched[^1];
        var span = new ReportedDays(incident.FirstDay, incident.LastDay);
        ImmutableArray<ReportedDays> days =
        [
            .. incident.Successes.Where(success => success.Reporter == last.Reporter && success.Days.Overlaps(span))
                .Select(success => success.Days).Distinct(),
        ];
        return new("RR9", $"{last.Reporter.Name} applied your policy {Phrase.On(days)}. {Life(last)}, so it was fetched anew within the failing "
            + $"days, the last time on {Phrase.Day(EvidenceWeights.FirstPossibleFetch(last))} or later: file, certificate and grammar were good "
            + $"for {last.Reporter.Name} then.");
    }

    private static Reading PerhapsCached(Incident incident)
    {
        // The failing reporter's own success on the day is told by RR3.
        var failing = incident.FailingReporters.ToHashSet();
        ReportedPolicy success = incident.Successes.FirstOrDefault(other => other.Days.First > incident.LastDay)
            ?? incident.Successes.LastOrDefault(other => !failing.Contains(other.Reporter) && other.Days.Last >= incident.FirstDay)
            ?? incident.Successes[^1];
        if (success.Policy is null)
            return new("RR8", $"{Applied(success)}: the policy host could be reached from its network at some time.");

        return success.Days.Last < incident.FirstDay
            ? new("RR9", $"{Applied(success)}, before the failing days. {Life(success)}, so it was fetched on "
                + $"{Phrase.Day(EvidenceWeights.FirstPossibleFetch(success))} or later: file, certificate and grammar were good then.")
            : new("RR9", $"{Applied(success)}. {Life(success)}, so that may have come from a cache and says little about the policy host on the "
                + "failing days.");
    }

    private static string Applied(ReportedPolicy success) => $"{success.Reporter.Name} applied your policy {Phrase.On(success.Days)}";

    private static string Life(ReportedPolicy success) => $"A policy lives for its max_age, here {Phrase.Duration(success.Policy!.MaxAge)}";
}
