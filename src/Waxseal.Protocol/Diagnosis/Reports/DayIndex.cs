using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Days and ranges of days, merged where they touch, so that one search tells whether another range meets any of them.</summary>
internal sealed class DayIndex
{
    private readonly ImmutableArray<int> _first;
    private readonly ImmutableArray<int> _last;

    /// <param name="days">The ranges, in the order of their first days.</param>
    public DayIndex(IEnumerable<ReportedDays> days)
    {
        var first = ImmutableArray.CreateBuilder<int>();
        var last = ImmutableArray.CreateBuilder<int>();
        foreach (ReportedDays range in days)
        {
            if (last.Count > 0 && range.First.DayNumber <= last[^1] + 1)
            {
                last[^1] = Math.Max(last[^1], range.Last.DayNumber);
            }
            else
            {
                first.Add(range.First.DayNumber);
                last.Add(range.Last.DayNumber);
            }
        }

        (_first, _last) = (first.ToImmutable(), last.ToImmutable());
    }

    /// <summary>How many days there are in all.</summary>
    public int Count => _first.Zip(_last, (first, last) => last - first + 1).Sum();

    public bool Overlaps(ReportedDays days)
    {
        int found = _first.BinarySearch(days.Last.DayNumber);
        int candidate = found >= 0 ? found : ~found - 1;
        return candidate >= 0 && _last[candidate] >= days.First.DayNumber;
    }
}
