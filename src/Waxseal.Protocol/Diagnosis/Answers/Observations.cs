using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What to look at next: the observations that split the leading causes (reading rules RR10 and RR11).</summary>
internal static class Observations
{
    // A cause with less than this is not worth an observation of its own.
    private const double WorthALook = 0.05;
    private const int MostObservations = 5;
    private const int MostReports = 2;
    private const int MostTraces = 3;

    public static ImmutableArray<string> Of(Incident incident, Ranking ranking, DateTimeOffset asOf)
    {
        IEnumerable<string> deciding = ranking.Causes
            .Where(ranked => ranked.Share >= WorthALook)
            .Select(ranked => $"[{ranked.Cause.Id}] {ranked.Cause.Decides}");
        return
        [
            .. NextReports(incident, ranking, asOf).Concat(AccessLog(incident)).Concat(deciding).Distinct().Take(MostObservations),
        ];
    }

    // The report that decides: the failing reporter's next day.
    private static IEnumerable<string> NextReports(Incident incident, Ranking ranking, DateTimeOffset asOf)
    {
        if (incident.Family is FaultFamily.ReporterSilent or FaultFamily.DaneVanished || incident.FailingReportersRecovered)
            yield break;

        foreach (Reporter reporter in incident.FailingReporters.Where(reporter => !incident.HasRecovered(reporter)).Take(MostReports))
        {
            var next = NextReport.After(incident, reporter);
            string due = (next.Due ?? UtcDay.AfterEndOf(next.Day, NextReport.Late)) < asOf
                ? $"It was due {NextReport.DueInWords(next.Due)}; if you have it, explain it together with these."
                : $"It is due {NextReport.DueInWords(next.Due)}.";
            string habit = next.Habit is { Made: { } made } earlier
                ? $" (The report for {earlier.Days} was made {Phrase.Time(made)}, as its report-id says.)"
                : "";
            yield return $"{reporter.Name}'s report for {Phrase.Day(next.Day)} decides whether it goes on. {due}{habit}{Meaning(ranking)}";
        }
    }

    private static string Meaning(Ranking ranking)
    {
        string passing = Ids(ranking, cause => !cause.Lasts);
        string lasting = Ids(ranking, cause => cause.Lasts);
        return passing.Length > 0 && lasting.Length > 0
            ? $" Success in it speaks for what passes by itself ({passing}), the same failure again for what lasts ({lasting})."
            : "";
    }

    private static string Ids(Ranking ranking, Func<Cause, bool> isSuch) =>
        string.Join(", ", ranking.Causes.Where(ranked => ranked.Share >= WorthALook && isSuch(ranked.Cause)).Select(ranked => ranked.Cause.Id));

    // RR10: no line means that the request never reached the web server; RR11: a failed TLS handshake leaves no line either.
    private static IEnumerable<string> AccessLog(Incident incident)
    {
        if (!incident.NoAnswerTold)
            yield break;

        string traces = string.Join("; ", incident.FailingReporters
            .Where(reporter => reporter.Profile.FetchInAccessLog is not null)
            .Take(MostTraces)
            .Select(reporter => $"{reporter.Name}: {reporter.Profile.FetchInAccessLog}"));
        string search = traces.Length > 0 ? $" How the fetch looks there: {traces}." : "";
        yield return $"The access log of mta-sts.{Phrase.PolicyDomain(incident.PolicyDomain)} for {Phrase.Days(incident.FailingDays)} (UTC), lines for "
            + $"/.well-known/mta-sts.txt.{search} No such line: the request never got there, so it was DNS, the network, a firewall or the "
            + "TLS handshake (of which the error log may tell). A line with another status than 200: the web server, or what stands "
            + "before it. A line with 200: the text of the policy, or a failure before that line that has passed.";
    }
}
