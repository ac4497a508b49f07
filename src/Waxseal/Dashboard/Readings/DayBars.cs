using System.Collections.Immutable;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>A chart of the sessions of each day: a bar as high as their number, its lower part those that failed.</summary>
/// <param name="Days">The days, each after the other.</param>
internal sealed record DayBars(ImmutableArray<DayTotal> Days)
{
    /// <summary>The height of the highest bar.</summary>
    public const int Height = 100;

    private readonly long _most = Math.Max(1, Days.Select(day => day.Successful + day.Failed).DefaultIfEmpty().Max());

    /// <summary>The height of a number of sessions; what is there at all is seen.</summary>
    public double HeightOf(long sessions) => sessions == 0 ? 0 : Math.Max(1.5, (double)Height * sessions / _most);
}
