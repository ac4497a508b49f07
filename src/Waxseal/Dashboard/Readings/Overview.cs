using System.Collections.Immutable;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>All policy domains at one glance.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Domains">How they all stand.</param>
/// <param name="Table">Those that need somebody first.</param>
/// <param name="Days">The sessions of each day of two weeks.</param>
/// <param name="Findings">What is open, most urgent first.</param>
internal sealed record Overview(Frame Frame, DomainLines Domains, DomainTable Table, ImmutableArray<DayTotal> Days, ImmutableArray<KeptFinding> Findings) : IFramed
{
    private const int MostFindings = 8;

    // With more of them the page grows too large; the others have pages of their own.
    private const int MostDomains = 25;

    /// <summary>The findings that are shown above all.</summary>
    public IEnumerable<KeptFinding> Foremost => Findings.Take(MostFindings);

    public static async Task<Overview> ReadAsync(Asked asked)
    {
        DomainLines domains = await DomainLines.ReadAsync(asked);
        ILookup<DateOnly, DayTotal> totals = (await asked.Store.TotalsAsync(domains.Span.Before, domains.Span.Last, asked.Cancelled)).ToLookup(total => total.Day);
        return new(
            asked.Frame("Overview", "overview"), domains, await domains.TableOfAsync(asked, domains.All.Take(MostDomains)),
            [.. Enumerable.Range(0, DomainLines.Days).Select(i => totals[domains.Span.Before.AddDays(i)].FirstOrDefault() ?? new(domains.Span.Before.AddDays(i), 0, 0))], domains.Open);
    }
}
