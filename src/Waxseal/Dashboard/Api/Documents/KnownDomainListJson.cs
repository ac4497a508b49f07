using System.Collections.Immutable;
using Waxseal.Dashboard.Managing;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>The policy domains that are known, and from where.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Domains">The policy domains, by name.</param>
internal sealed record KnownDomainListJson(int Version, ImmutableArray<KnownDomainJson> Domains)
{
    public static KnownDomainListJson Of(KnownDomains known) => new(1, [.. known.Domains.Select(domain => KnownDomainJson.Of(domain, known.TellsTenants))]);
}

/// <summary>A policy domain that is known.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Sources">From where it is known: keys of the configuration, reports, looks, findings.</param>
/// <param name="LookEverySeconds">How long after one look the next is due; null when nobody looks.</param>
/// <param name="LastLookAt">The last look; null without one.</param>
/// <param name="LastReportDay">The last UTC day that reports tell of; null without any.</param>
/// <param name="Tenants">The tenants that see it; null for whoever may not know.</param>
internal sealed record KnownDomainJson(
    string PolicyDomain, ImmutableArray<string> Sources, long? LookEverySeconds, DateTimeOffset? LastLookAt, DateOnly? LastReportDay, ImmutableArray<string>? Tenants)
{
    public static KnownDomainJson Of(KnownDomain domain, bool tellsTenants) => new(
        domain.PolicyDomain, domain.Sources, (long?)domain.Every?.TotalSeconds, domain.LastLook, domain.LastDay, tellsTenants ? domain.Tenants : null);
}
