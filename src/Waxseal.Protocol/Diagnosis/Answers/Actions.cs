using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What to do, most useful first.</summary>
internal static class Actions
{
    // A remedy for a cause less likely than this would only distract.
    private const double WorthARemedy = 0.05;
    private const int MostRemedies = 5;

    public static ImmutableArray<string> Of(Incident incident, Ranking ranking) =>
    [
        .. First(incident, ranking)
            .Concat(Remedies(ranking))
            .Concat(Precautions(incident, ranking))
            .DefaultIfEmpty($"Look into the MX log of {Phrase.Days(incident.FailingDays)} for sessions of "
                + $"{Phrase.Names(incident.FailingReporters)}; the reports tell no more."),
    ];

    private static IEnumerable<string> First(Incident incident, Ranking ranking)
    {
        string who = Phrase.Names(incident.FailingReporters);
        if (incident.FailingReportersRecovered)
        {
            yield return incident.Family == FaultFamily.NoPolicyFound
                ? $"Nothing is urgent: {who} found the policy later."
                : $"Nothing is urgent: {who} succeeded again later.";
        }
        else if (MayWait(incident, ranking))
        {
            Reporter reporter = incident.FailingReporters[0];
            string meanwhile = incident.NoAnswerTold ? " Meanwhile look into the access log (below)." : "";
            yield return $"See {reporter.Name}'s report for {Phrase.Day(NextReport.After(incident, reporter).Day)} first: if it shows success, "
                + $"there is nothing to mend.{meanwhile}";
        }
    }

    // Where no mail is held back, and the fault may pass or is not known, the report to come tells more than a guess.
    private static bool MayWait(Incident incident, Ranking ranking) =>
        incident is { IsOneEvent: true, FailingReporters.Length: 1, Family: FaultFamily.PolicyNotObtained or FaultFamily.NoPolicyFound }
        && ranking.Causes is [{ Share: var share, Cause.Lasts: var lasts }, ..]
        && (!lasts || ranking.NotDeterminable > share);

    // One remedy often serves several causes; it is said once, with the causes it is for.
    private static IEnumerable<string> Remedies(Ranking ranking) =>
        ranking.Causes
            .Where(ranked => ranked.Share >= WorthARemedy && IsYours(ranked.Cause))
            .GroupBy(ranked => ranked.Cause.Fix)
            .Take(MostRemedies)
            .Select(remedy => $"[{string.Join(", ", remedy.Select(ranked => ranked.Cause.Id))}] {remedy.Key}{Paste(remedy.First().Cause)}");

    // The way of the reports, from the rua to the mailbox, is the policy domain's to mend.
    private static bool IsYours(Cause cause) => cause.Side != Side.Reporter || cause.Layer == Layer.Reporting;

    private static string Paste(Cause cause) => cause.Paste is { } paste ? $"\n{paste}" : "";

    // With short TTLs any fault of DNS becomes a failure in a report; reports do not show TTLs, so this is advice to check.
    private static IEnumerable<string> Precautions(Incident incident, Ranking ranking)
    {
        if (incident.Family == FaultFamily.PolicyNotObtained && ranking.Causes.Any(ranked => ranked.Cause.Id is "B11" or "N06"))
        {
            yield return $"[A15, B14] See that the TTLs of _mta-sts.{Phrase.PolicyDomain(incident.PolicyDomain)} and of "
                + $"mta-sts.{Phrase.PolicyDomain(incident.PolicyDomain)} are 3600 s or more. With a TTL of 60 s even a short fault of DNS shows as failed sessions.";
        }
    }
}
