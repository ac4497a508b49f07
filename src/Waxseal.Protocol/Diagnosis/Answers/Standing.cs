using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>Whether a fault is still there, and what shows it.</summary>
/// <param name="State">The state.</param>
/// <param name="InWords">The same in words, with what shows it.</param>
internal sealed record Standing(State State, string InWords)
{
    public static Standing Of(Incident incident)
    {
        // DANE that is gone, and reports that do not come, are no fault that a success could end.
        if (incident.Family == FaultFamily.ReporterSilent)
            return new(State.Lasting, "no report for any of these days");
        if (incident.Family == FaultFamily.DaneVanished)
            return new(State.Lasting, "lasting: no later report shows DANE");
        if (incident.FailingReportersRecovered)
        {
            return new(State.Over, incident.Family == FaultFamily.NoPolicyFound
                ? "over: those that found no policy have found one since"
                : "over: those that failed have succeeded since");
        }

        // Where others did well all the time, their doing well later says nothing.
        if (incident.SucceededAfter && incident.AllReportersFail)
        {
            return new(State.ProbablyOver, ReportedLater(incident).IsEmpty
                ? "probably over: others have succeeded since, those that failed have not reported again"
                : "probably over: there have been successes since, though not by all of those that failed");
        }

        return incident.FailingDays.Length > 1
            ? new(State.Lasting, incident.LastDay == incident.LastDayKnown
                ? "lasting: the newest reports still show it"
                : $"lasting, as far as is known: seen to {Phrase.Day(incident.LastDay)}, and {NoNews(incident)}")
            : new(State.Unknown, $"seen {Phrase.On(incident.FailingDays)} alone{AlsoSucceeded(incident)}; {NoNews(incident)}");
    }

    private static string AlsoSucceeded(Incident incident)
    {
        ImmutableArray<Reporter> mixed = [.. incident.FailingReporters.Where(incident.AlsoSucceededThen)];
        return mixed.IsEmpty ? "" : $", when {Phrase.Names(mixed)} also succeeded";
    }

    private static string NoNews(Incident incident)
    {
        if (!incident.All.Any(policy => policy.Days.First > incident.LastDay))
            return "no report of a later day is here";

        ImmutableArray<Reporter> reported = ReportedLater(incident);
        return reported.IsEmpty
            ? $"{Phrase.Names(incident.FailingReporters)} {Have(incident.FailingReporters)} not reported since"
            : $"{Phrase.Names(reported)} {Have(reported)} reported since, though no success where it failed";
    }

    private static string Have(ImmutableArray<Reporter> reporters) => reporters.Length > 1 ? "have" : "has";

    // Failing reporters that reported later days without a success.
    private static ImmutableArray<Reporter> ReportedLater(Incident incident) =>
    [
        .. incident.FailingReporters.Where(reporter => !incident.HasRecovered(reporter)
            && incident.AllOf(reporter).Any(policy => policy.Days.First > incident.LastDay)),
    ];
}
