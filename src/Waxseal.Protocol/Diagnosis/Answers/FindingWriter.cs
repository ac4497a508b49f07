using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>Turns an incident and its ranking into the finding that people read.</summary>
internal static class FindingWriter
{
    /// <summary>Weighs an incident and writes it down.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="look">What a look at the policy domain showed, or null without one.</param>
    /// <param name="history">What earlier looks showed, or null without any.</param>
    /// <param name="asOf">Now.</param>
    public static Finding Write(Incident incident, LookSummary? look, DomainHistory? history, DateTimeOffset asOf)
    {
        Past? past = history is null ? null : new(history, incident);
        Ranking ranking = Ranker.Rank(incident, look, past);
        var effect = Effect.Of(incident);
        Standing byReports = Standing.Of(incident);

        // That a look shows it no more is less than that those who failed have succeeded since.
        Standing? byHistory = HistoryReading.StandingOf(past, ranking) is { } seen && (seen.State, byReports.State) is not (State.ProbablyOver, State.Over) ? seen : null;
        Standing standing = LookReading.StandingOf(look, ranking) ?? byHistory ?? byReports;
        return new Finding
        {
            PolicyDomain = incident.PolicyDomain,
            Fault = incident.Family,
            Severity = standing.State == State.Over && effect.Severity > Severity.Info ? effect.Severity - 1 : effect.Severity,
            State = standing.State,
            StateInWords = standing.InWords,
            Title = Headline.Title(incident),
            Sightings = [.. incident.FailingReporters.Select(reporter => SightingOf(incident, reporter))],
            FailedSessions = incident.Family is FaultFamily.NoPolicyFound or FaultFamily.DaneVanished or FaultFamily.ReporterSilent
                ? 0
                : incident.FailedSessions,
            InShort = Headline.InShort(incident, ranking, effect),
            Happened = Headline.Happened(incident),
            Effect = effect.Text,
            Readings = [.. ReadingRules.Apply(incident, ranking, asOf), .. HistoryReading.Of(past, ranking), .. LookReading.Of(look, ranking)],
            Ranking = ranking,
            Verdict = Headline.Verdict(ranking),
            Actions = Actions.Of(incident, ranking),
            Observations = Observations.Of(incident, ranking, asOf),
            MendedWhen = Mended.When(incident, asOf),
        };
    }

    private static Sighting SightingOf(Incident incident, Reporter reporter)
    {
        ImmutableArray<ReportedPolicy> seen = incident.FailingOf(reporter);
        var sessions = SessionTally.Of(incident, seen, incident.AllOf(reporter));
        return new(
            reporter.Name,
            [.. seen.Select(policy => policy.Days.ToString()).Distinct()],
            sessions.Failed,
            sessions.All,
            [.. seen.SelectMany(incident.FaultsOfFamily).Select(fault => fault.ResultType).Where(word => word.Length > 0).Distinct()]);
    }
}
