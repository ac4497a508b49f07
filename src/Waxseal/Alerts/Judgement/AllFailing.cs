using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds that every reporter of a policy domain counts failures, so that the fault is hardly with one of them.</summary>
internal static class AllFailing
{
    private const int LeastReporters = 2;

    // Reports of one day come within two.
    private const int NewestDays = 3;

    public static Condition? In(DomainSums sums, DateOnly today, Thresholds thresholds)
    {
        ReporterDay[] newest =
        [
            .. sums.Days.Where(day => day.Sessions > 0 && day.Day <= today).GroupBy(day => day.Reporter)
                .Select(reporter => reporter.MaxBy(day => day.Day)!)
                .Where(day => day.Day >= today.AddDays(-NewestDays)),
        ];
        ReporterDay[] failing = [.. newest.Where(day => day.Failed > 0 && 100.0 * day.Failed / day.Sessions >= thresholds.SharePercent)];
        if (newest.Length < LeastReporters || failing.Length * 2 < newest.Length)
            return null;

        (long sessions, long failed) = (SessionCount.Sum(newest.Select(day => day.Sessions)), SessionCount.Sum(newest.Select(day => day.Failed)));
        return new(
            new(sums.PolicyDomain, AlertKind.AllReportersFailing, ""), failing.Length == newest.Length,
            $"all {newest.Length} reporters count failures",
            $"In the newest report of each of {newest.Length} reporters, {Wording.On(newest.Min(day => day.Day), newest.Max(day => day.Day))}, at least {thresholds.SharePercent} % of the sessions failed: {Wording.Number(failed)} of {Wording.Number(sessions)} in all.")
        {
            IsUrgent = true,
            FirstDay = newest.Min(day => day.Day),
            LastDay = newest.Max(day => day.Day),
            Sessions = sessions,
            Failed = failed,
        };
    }
}
