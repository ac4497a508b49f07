using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds that a large share of the sessions of a policy domain fails.</summary>
internal static class FailureShares
{
    private const int MostDays = 7;
    private const int UrgentPercent = 50;

    /// <summary>The share over as many of the newest days as are needed for it to say something; half the threshold keeps an alert open.</summary>
    public static Condition? In(DomainSums sums, DateOnly today, Thresholds thresholds)
    {
        IGrouping<DateOnly, ReporterDay>[] days = [.. sums.Days.Where(day => day.Sessions > 0 && day.Day <= today).GroupBy(day => day.Day).OrderByDescending(day => day.Key)];
        if (days.Length == 0 || days[0].Key < today.AddDays(-Thresholds.StaleDays))
            return null;

        (long sessions, long failed, DateOnly first) = (0, 0, days[0].Key);
        foreach (IGrouping<DateOnly, ReporterDay> day in days.TakeWhile(day => day.Key > days[0].Key.AddDays(-MostDays)))
        {
            sessions = SessionCount.Add(sessions, SessionCount.Sum(day.Select(row => row.Sessions)));
            failed = SessionCount.Add(failed, SessionCount.Sum(day.Select(row => row.Failed)));
            first = day.Key;
            if (sessions >= thresholds.LeastSessions)
                break;
        }

        // With too few sessions nothing is raised, and nothing is cleared while some of them fail.
        double percent = 100.0 * failed / sessions;
        bool isEnough = sessions >= thresholds.LeastSessions;
        if (failed == 0 || (isEnough && percent < thresholds.SharePercent / 2.0))
            return null;
        return new(
            new(sums.PolicyDomain, AlertKind.FailureShare, ""), isEnough && percent >= thresholds.SharePercent,
            $"{Wording.Percent(failed, sessions)} of the sessions failed",
            $"{Wording.Number(failed)} of {Wording.Sessions(sessions)} failed {Wording.On(first, days[0].Key)}, {Wording.Percent(failed, sessions)}; more than {thresholds.SharePercent} % is told of.")
        {
            IsUrgent = isEnough && percent >= UrgentPercent,
            FirstDay = first,
            LastDay = days[0].Key,
            Sessions = sessions,
            Failed = failed,
        };
    }
}
