using System.Collections.Immutable;

namespace Waxseal.Dashboard.Readings;

/// <summary>What is configured.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Configuration">The configuration as a file would have it, secrets not shown; empty for viewers that may not see it.</param>
/// <param name="PolicyDomains">The policy domains that the viewer may see.</param>
internal sealed record ShownSettings(Frame Frame, ImmutableArray<string> Configuration, ImmutableArray<string> PolicyDomains) : IFramed
{
    public static async Task<ShownSettings> ReadAsync(Asked asked, Func<ImmutableArray<string>> configuration) => new(
        asked.Frame("Settings", "settings"),
        asked.Viewer is { Tenant: null, Role: Access.ViewerRole.Owner } ? configuration() : [],
        [.. await asked.Store.PolicyDomainsAsync(asked.Cancelled)]);
}
