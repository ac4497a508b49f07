using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds large reporters that sent their reports regularly and send none any more. What is regular, the stored reports show.</summary>
internal static class SilentReporters
{
    private const int HabitDays = 28;
    private const int LeastSpan = 14;
    private const double LeastDensity = 0.6;

    // A report that comes later than this after its day shows no habit; without any that does, reports take a day and some hours.
    private static readonly TimeSpan LatestHabit = TimeSpan.FromDays(5);
    private static readonly TimeSpan UsualDelay = TimeSpan.FromHours(30);

    // RFC 8460 §4.1: a report may wait for hours by chance; §5.3: one that was not taken is sent again later.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    public static IEnumerable<Condition> In(DomainSums sums, DateTimeOffset now, Thresholds thresholds) =>
        from reporter in sums.Days.Where(day => day.Day <= DateOnly.FromDateTime(now.UtcDateTime)).GroupBy(day => day.Reporter)
        let condition = Of(sums.PolicyDomain, [.. reporter.OrderBy(day => day.Day)], now, thresholds)
        where condition is not null
        select condition;

    private static Condition? Of(string policyDomain, ReporterDay[] all, DateTimeOffset now, Thresholds thresholds)
    {
        DateOnly last = all[^1].Day;
        ReporterDay[] days = [.. all.Where(day => day.Day > last.AddDays(-HabitDays))];
        int span = last.DayNumber - days[0].Day.DayNumber + 1;
        long sessions = SessionCount.Sum(days.Select(day => day.Sessions));
        if (span < LeastSpan || days.Length < span * LeastDensity || sessions / days.Length < thresholds.LargeReporter)
            return null;

        TimeSpan delay = DelayOf(days);
        int overdue = 0;
        while (EndOf(last.AddDays(overdue + 1)) + delay + Grace <= now)
            overdue++;
        if (overdue == 0 || overdue > HabitDays)
            return null;

        // One that left out weekends before may do so again.
        int longestGap = days.Zip(days.Skip(1), (one, next) => next.Day.DayNumber - one.Day.DayNumber - 1).Max();
        string reporter = all[^1].Reporter;
        return new(
            new(policyDomain, AlertKind.ReporterSilent, Subjects.Of(reporter)), overdue >= Math.Max(thresholds.SilentDays, (2 * longestGap) + 1),
            $"{reporter} sends no reports any more",
            $"{reporter} reported on {days.Length} of {Wording.Days(span)} up to {Wording.Day(last)}, {Wording.Sessions(sessions)} in all. Since then {Wording.Days(overdue)} went by whose report should have come, and none did.")
        {
            FirstDay = days[0].Day,
            LastDay = last,
            Sessions = sessions,
            Failed = SessionCount.Sum(days.Select(day => day.Failed)),
            Reporter = reporter,
            Remedy = $"See whether the TXT record at _smtp._tls.{policyDomain} still names an address that takes reports (waxseal check {policyDomain}), and whether mail of {reporter} is refused there. "
                + $"If {reporter} sends you no mail any more there is nothing to report either.",
        };
    }

    // The latest but one, so that one report that was late does not make all late.
    private static TimeSpan DelayOf(ReporterDay[] days)
    {
        TimeSpan[] delays = [.. days.Select(day => day.ReceivedAt - EndOf(day.Day)).Where(delay => delay > TimeSpan.Zero && delay <= LatestHabit).OrderDescending()];
        return delays.Length switch { 0 => UsualDelay, 1 => delays[0], _ => delays[1] };
    }

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
