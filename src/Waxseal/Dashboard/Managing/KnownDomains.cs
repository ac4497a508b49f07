using System.Collections.Immutable;
using Waxseal.Access;
using Waxseal.Dashboard.Access;
using Waxseal.Protocol.Names;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Managing;

/// <summary>The policy domains that are known, and from where.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Domains">The policy domains, by name.</param>
/// <param name="TellsTenants">Whether it is told who sees them.</param>
internal sealed record KnownDomains(Frame Frame, SettingsTabs Tabs, ImmutableArray<KnownDomain> Domains, bool TellsTenants) : IFramed
{
    /// <summary>How many the page shows.</summary>
    public const int MostShown = 200;

    public static async Task<KnownDomains> ReadAsync(Asked asked, Installation installation, TenantDesk desk)
    {
        Dictionary<string, DateOnly> days = await asked.Store.LastDaysAsync(asked.Cancelled);
        Dictionary<string, DateTimeOffset> looks = (await asked.Store.LastLooksAsync(asked.Cancelled)).ToDictionary(look => look.PolicyDomain, look => look.At);
        HashSet<string> found = [.. (await asked.Store.StandingFindingsAsync(asked.Cancelled)).Select(finding => finding.Made.PolicyDomain)];
        LookPlan? plan = installation.Looks();
        HashSet<string> watched = SeenOf(asked, plan?.PolicyDomains ?? []), own = SeenOf(asked, installation.OwnDomains());
        bool tellsTenants = asked.Viewer is { Role: ViewerRole.Owner, Tenant: null };
        ImmutableArray<Tenant> tenants = tellsTenants ? await desk.ListAsync(asked.Cancelled) : [];
        return new(
            asked.Frame("Domains – Settings", "settings"), new(Links.Settings, asked.Viewer),
            [
                .. days.Keys.Union(looks.Keys).Union(found).Union(watched).Union(own).Order(StringComparer.Ordinal).Select(name => new KnownDomain(
                    name,
                    [
                        .. watched.Contains(name) ? ["monitor.domains"] : Array.Empty<string>(), .. own.Contains(name) ? ["reportIntake.domains"] : Array.Empty<string>(),
                        .. days.ContainsKey(name) ? ["reports"] : Array.Empty<string>(), .. looks.ContainsKey(name) ? ["looks"] : Array.Empty<string>(), .. found.Contains(name) ? ["findings"] : Array.Empty<string>(),
                    ],
                    watched.Contains(name) ? plan!.Interval : null,
                    looks.TryGetValue(name, out DateTimeOffset look) ? look : null,
                    days.TryGetValue(name, out DateOnly day) ? day : null,
                    [.. tenants.Where(tenant => Viewer.Covers(tenant.PolicyDomains, name)).Select(tenant => tenant.Name)])),
            ],
            tellsTenants);
    }

    private static HashSet<string> SeenOf(Asked asked, ImmutableArray<string> names) =>
        [.. names.Select(name => DomainName.TryParse(name, out DomainName? domain, out _) ? domain.Value : name).Where(asked.Store.Sees)];
}

/// <summary>One policy domain that is known.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Sources">From where it is known: keys of the configuration, reports, looks, findings.</param>
/// <param name="Every">How often it is looked at; null when nobody looks.</param>
/// <param name="LastLook">The last look; null without one.</param>
/// <param name="LastDay">The last UTC day that reports tell of; null without any.</param>
/// <param name="Tenants">The tenants that see it.</param>
internal sealed record KnownDomain(string PolicyDomain, ImmutableArray<string> Sources, TimeSpan? Every, DateTimeOffset? LastLook, DateOnly? LastDay, ImmutableArray<string> Tenants);
