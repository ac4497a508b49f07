using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Checking;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Alerts;

namespace Waxseal.Dashboard.Managing;

/// <summary>Tells how routes of alerts fare, and sends tests on them, a few at a time.</summary>
internal sealed class RouteTests(Installation installation, ILogger logger) : IDisposable
{
    private readonly Places _places = new(atOnce: 2, mostWaiting: 4);

    public void Dispose() => _places.Dispose();

    /// <summary>The routes that are configured, and those that were and still have messages.</summary>
    public async Task<ImmutableArray<RouteLine>> ReadAsync(Asked asked)
    {
        Dictionary<string, RouteRecord> records = (await asked.Store.AlertRoutesAsync(asked.Cancelled)).ToDictionary(record => record.Route);
        ImmutableArray<RouteDescription> routes = installation.Routes();
        return
        [
            .. routes.Select(route => new RouteLine(route.Name, route, records.GetValueOrDefault(route.Name))),
            .. records.Values.Where(record => routes.All(route => route.Name != record.Route)).Select(record => new RouteLine(record.Route, null, record)),
        ];
    }

    /// <summary>Sends a test.</summary>
    public async Task<RouteTested> SendAsync(Asked asked, string route)
    {
        if (installation.Routes().All(one => one.Name != route))
            return new RouteTested.NoRoute();
        if (!await _places.TakeAsync(asked.Cancelled))
            return new RouteTested.TooMany();
        try
        {
            if (await installation.TestRoute(route, asked.Cancelled) is not { } answer)
                return new RouteTested.NoRoute();
            logger.RouteTested(asked.Viewer.Mark, route, answer.IsSent, answer.Words);
            return new RouteTested.Answered(answer);
        }
        finally
        {
            _places.Leave();
        }
    }
}

/// <summary>What came of a test.</summary>
internal abstract record RouteTested
{
    private RouteTested()
    {
    }

    /// <summary>It was tried.</summary>
    public sealed record Answered(SendAnswer Answer) : RouteTested;

    /// <summary>There is no such route.</summary>
    public sealed record NoRoute : RouteTested;

    /// <summary>Too many are tried at once.</summary>
    public sealed record TooMany : RouteTested;
}

/// <summary>One route of alerts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Route">The route; null when the configuration does not have it any more.</param>
/// <param name="Record">How it fares; null when nothing was to be sent yet.</param>
internal sealed record RouteLine(string Name, RouteDescription? Route, RouteRecord? Record);

/// <summary>On which ways people are told of alerts.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Routes">The routes.</param>
/// <param name="MayTest">Whether who asks may send a test.</param>
/// <param name="Tested">The route on which a test was sent a moment ago; null without one.</param>
/// <param name="Outcome">What came of it; null without one.</param>
internal sealed record RouteBook(Frame Frame, SettingsTabs Tabs, ImmutableArray<RouteLine> Routes, bool MayTest, string? Tested, RouteTested? Outcome) : IFramed;
