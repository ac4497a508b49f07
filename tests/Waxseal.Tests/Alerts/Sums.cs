using System.Globalization;
using Waxseal.Storage.Alerts;

namespace Waxseal.Tests.Alerts;

/// <summary>Sums for tests of the judgement: days are counted back from today.</summary>
internal sealed class Sums
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ReporterDay> _days = [];
    private readonly List<FailureDay> _failures = [];

    public static DateOnly DayBack(int back) => DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-back);

    /// <summary>A reporter's day, whose report came some hours after its end.</summary>
    public Sums With(string reporter, int back, long successful, long failed = 0, string resultType = "certificate-expired", double hours = 10)
    {
        DateOnly day = DayBack(back);
        DateTimeOffset end = new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        _days.Add(new(day, reporter, end.AddHours(hours), successful, failed));
        if (failed > 0)
            _failures.Add(new(day, reporter, resultType, failed));
        return this;
    }

    /// <summary>The same for each of several days.</summary>
    public Sums WithDays(string reporter, int from, int to, long successful, long failed = 0, double hours = 10, int every = 1)
    {
        for (int back = from; back >= to; back -= every)
            With(reporter, back, successful, failed, hours: hours);
        return this;
    }

    public DomainSums Of(int window = 65) => new("example.test", DayBack(window), [.. _days.OrderBy(day => day.Day)], [.. _failures.OrderBy(failure => failure.Day)]);

    /// <summary>What is the matter, as "kind subject" with ! where it raises.</summary>
    public static string[] Words(IEnumerable<Waxseal.Alerts.Judgement.Condition> conditions) =>
        [.. conditions.Select(condition => string.Create(CultureInfo.InvariantCulture, $"{(condition.Raises ? "!" : "")}{condition.Key.Kind.ToWord()} {condition.Key.Subject}").TrimEnd())];
}
