using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Tenants.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Tenants">The tenants, by name.</param>
internal sealed record TenantListJson(int Version, ImmutableArray<TenantJson> Tenants);

/// <summary>Some of the policy domains, and those who see these alone.</summary>
/// <param name="Name">The name.</param>
/// <param name="PolicyDomains">The policy domains, each with all below it.</param>
internal sealed record TenantJson(string Name, ImmutableArray<string> PolicyDomains)
{
    public static TenantJson Of(Tenant tenant) => new(tenant.Name, tenant.PolicyDomains);
}

/// <summary>A tenant that is wanted, or policy domains for one that is there.</summary>
/// <param name="Name">The name: 1 to 128 letters, digits, or any of . - _ @ +.</param>
/// <param name="PolicyDomains">Policy domains, each with all below it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewTenantJson(string Name, ImmutableArray<string> PolicyDomains);
