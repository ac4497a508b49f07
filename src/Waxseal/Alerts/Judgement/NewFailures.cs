using System.Globalization;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds failures that a reporter had not reported for long.</summary>
internal static class NewFailures
{
    /// <summary>Every failure of a reporter's newest report; those raise that were not seen for long before they began.</summary>
    public static IEnumerable<Condition> In(DomainSums sums, DateOnly today, Thresholds thresholds)
    {
        ILookup<(string Reporter, string ResultType), FailureDay> failures = sums.Failures.ToLookup(failure => (failure.Reporter, failure.ResultType));
        foreach (IGrouping<string, ReporterDay> reporter in sums.Days.Where(day => day.Sessions > 0 && day.Day <= today).GroupBy(day => day.Reporter))
        {
            ReporterDay[] days = [.. reporter.OrderByDescending(day => day.Day)];
            if (days[0].Day < today.AddDays(-Thresholds.StaleDays))
                continue;
            foreach (IGrouping<(string Reporter, string ResultType), FailureDay> failure in failures.Where(failure => failure.Key.Reporter == reporter.Key && failure.Any(seen => seen.Day == days[0].Day)))
                yield return Of(sums, days, failure.Key.ResultType, failure.ToDictionary(seen => seen.Day, seen => seen.Sessions), thresholds);
        }
    }

    private static Condition Of(DomainSums sums, ReporterDay[] newestFirst, string resultType, Dictionary<DateOnly, long> seen, Thresholds thresholds)
    {
        ReporterDay[] streak = [.. newestFirst.TakeWhile(day => seen.ContainsKey(day.Day))];
        (DateOnly first, DateOnly last) = (streak[^1].Day, streak[0].Day);
        DateOnly lookedBackTo = first.AddDays(-thresholds.NewAfterDays);

        // What began at the edge of the window may have begun long before it.
        bool isNew = lookedBackTo >= sums.FirstDay && !seen.Keys.Any(day => day >= lookedBackTo && day < first);
        long sessions = Protocol.TlsRpt.SessionCount.Sum(streak.Select(day => day.Sessions));
        long failed = Protocol.TlsRpt.SessionCount.Sum(streak.Select(day => seen[day.Day]));
        string reporter = newestFirst[0].Reporter;
        return new(
            new(sums.PolicyDomain, AlertKind.NewFailure, Subjects.Of(reporter, resultType)), isNew,
            $"{reporter} newly reports {resultType}",
            string.Create(CultureInfo.InvariantCulture, $"{reporter} reports {resultType} for {Wording.Sessions(failed)} of {Wording.Number(sessions)} {Wording.On(first, last)}; in the {thresholds.NewAfterDays} days before it did not."))
        {
            FirstDay = first,
            LastDay = last,
            Sessions = sessions,
            Failed = failed,
            Reporter = reporter,
            ResultType = resultType,
        };
    }
}
