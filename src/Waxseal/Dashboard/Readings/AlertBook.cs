using System.Collections.Immutable;
using Waxseal.Storage.Alerts;

namespace Waxseal.Dashboard.Readings;

/// <summary>What people were told of.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Open">The alerts that are open, newest first.</param>
/// <param name="Past">Those that are over, latest first.</param>
/// <param name="Routes">How each route fares.</param>
internal sealed record AlertBook(Frame Frame, ImmutableArray<Alert> Open, ImmutableArray<Alert> Past, ImmutableArray<RouteRecord> Routes) : IFramed
{
    private const int MostPast = 50;

    public static async Task<AlertBook> ReadAsync(Asked asked) => new(
        asked.Frame("Alerts", "alerts"),
        [.. await asked.Store.OpenAlertsAsync(asked.Cancelled).ToListAsync(asked.Cancelled)],
        [.. await asked.Store.PastAlertsAsync(MostPast, asked.Cancelled).ToListAsync(asked.Cancelled)],
        [.. await asked.Store.AlertRoutesAsync(asked.Cancelled)]);
}
