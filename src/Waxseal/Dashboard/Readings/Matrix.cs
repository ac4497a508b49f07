using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>Who failed and who did not: a row for each reporter, a column for each UTC day.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Days">The days.</param>
/// <param name="Rows">The reporters, those with most sessions first.</param>
internal sealed record Matrix(string PolicyDomain, ImmutableArray<DateOnly> Days, ImmutableArray<MatrixRow> Rows)
{
    /// <summary>The sessions of all.</summary>
    public long Sessions => SessionCount.Add(Successful, Failed);

    public long Successful => SessionCount.Sum(Rows.Select(row => row.Successful));

    public long Failed => SessionCount.Sum(Rows.Select(row => row.Failed));

    /// <summary>The sessions of its last seven days, and of those before.</summary>
    public WeekSum Week
    {
        get
        {
            DaySum[] days = [.. Total.Cells.OfType<DaySum>()];
            DateOnly first = Days[^1].AddDays(-6);
            return WeekSum.Of(days.Where(day => day.Day >= first.AddDays(-7)).Select(day => day.Day >= first ? new WeekSum(day.Successful, day.Failed, 0, 0) : new WeekSum(0, 0, day.Successful, day.Failed)));
        }
    }

    /// <summary>The sums of each day.</summary>
    public MatrixRow Total => MatrixRow.Of("", Days, [.. Rows.SelectMany(row => row.Cells).OfType<DaySum>()]);

    public static Matrix Of(string policyDomain, IReadOnlyCollection<DaySum> sums, DateOnly first, DateOnly last)
    {
        ImmutableArray<DateOnly> days = [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)];
        return new(policyDomain, days,
        [
            .. sums.Where(sum => sum.Day >= first && sum.Day <= last).GroupBy(sum => sum.Reporter).Select(reporter => MatrixRow.Of(reporter.Key, days, [.. reporter]))
                .OrderByDescending(row => SessionCount.Add(row.Successful, row.Failed)).ThenBy(row => row.Reporter, StringComparer.Ordinal),
        ]);
    }
}

/// <summary>What one reporter counted.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="Cells">A cell for each day; null where it sent no report.</param>
internal sealed record MatrixRow(string Reporter, ImmutableArray<DaySum?> Cells)
{
    public long Successful => SessionCount.Sum(Cells.OfType<DaySum>().Select(cell => cell.Successful));

    public long Failed => SessionCount.Sum(Cells.OfType<DaySum>().Select(cell => cell.Failed));

    public static MatrixRow Of(string reporter, ImmutableArray<DateOnly> days, IReadOnlyCollection<DaySum> sums)
    {
        ILookup<DateOnly, DaySum> ofDay = sums.ToLookup(sum => sum.Day);
        return new(reporter, [.. days.Select(day => ofDay[day].Any() ? ofDay[day].Aggregate(Add) : null)]);
    }

    private static DaySum Add(DaySum one, DaySum other) => one with
    {
        Reports = one.Reports + other.Reports,
        Successful = SessionCount.Add(one.Successful, other.Successful),
        Failed = SessionCount.Add(one.Failed, other.Failed),
    };
}
