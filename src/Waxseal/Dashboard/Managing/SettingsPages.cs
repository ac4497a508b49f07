using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Pages.Managing;
using Waxseal.Storage.Retention;

namespace Waxseal.Dashboard.Managing;

/// <summary>The pages of what is configured, known and kept.</summary>
internal sealed class SettingsPages(Installation installation, AccessChanges changes, RouteTests tests, Cleaning cleaning)
{
    // Octets of a database whose rows are counted at every look.
    private const long CountedAtOnce = 64 * 1024 * 1024;

    public async Task<IResult?> DomainsAsync(Asked asked) =>
        Asked.Page<KnownDomainsPage, KnownDomains>(await KnownDomains.ReadAsync(asked, installation, changes.Tenants(asked)));

    public Task<IResult?> ConfigurationAsync(Asked asked) => Task.FromResult(
        Asked.Page<ConfigurationPage, ShownConfiguration>(new(asked.Frame("Configuration – Settings", "settings"), new(Links.Configuration, asked.Viewer), installation.Configuration())));

    public async Task<IResult?> RoutesAsync(Asked asked) => await RoutesAsync(asked, null, null);

    public async Task<IResult?> TestRouteAsync(Asked asked)
    {
        string route = await asked.FieldAsync("route");
        RouteTested outcome = await tests.SendAsync(asked, route);
        return outcome is RouteTested.NoRoute ? null : await RoutesAsync(asked, route, outcome);
    }

    public async Task<IResult?> RetentionAsync(Asked asked) => await RetentionAsync(asked, null, null);

    public async Task<IResult?> CleanAsync(Asked asked) =>
        await cleaning.CleanAsync(asked) is { } cleaned ? await RetentionAsync(asked, cleaned, null) : await RetentionAsync(asked, null, "A clean-up is under way; nothing was begun.");

    private async Task<IResult> RoutesAsync(Asked asked, string? tested, RouteTested? outcome) => Asked.Page<AlertRoutesPage, RouteBook>(
        new(asked.Frame("Alert routes – Settings", "settings"), new(Links.AlertRoutes, asked.Viewer), await tests.ReadAsync(asked), asked.Viewer.Role == ViewerRole.Owner, tested, outcome))!;

    private async Task<IResult> RetentionAsync(Asked asked, Cleaned? cleaned, string? problem)
    {
        long size = await cleaning.SizeAsync(asked);
        bool isCounted = size <= CountedAtOnce || asked.Query("count") == "yes" || cleaned is not null;
        return Asked.Page<RetentionPage, RetentionBook>(new(
            asked.Frame("Retention – Settings", "settings"), new(Links.Retention, asked.Viewer), isCounted ? await cleaning.ReadAsync(asked) : cleaning.Kinds, isCounted, size,
            asked.Viewer.Role == ViewerRole.Owner, cleaned, problem))!;
    }
}

/// <summary>The configuration that runs.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Lines">The configuration as a file would have it, secrets not shown.</param>
internal sealed record ShownConfiguration(Frame Frame, SettingsTabs Tabs, ImmutableArray<string> Lines) : IFramed;
