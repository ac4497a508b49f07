using System.Collections.Immutable;
using Waxseal.Protocol.Names;
using Waxseal.Storage;
using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>Makes, lists, changes and removes tenants.</summary>
/// <param name="store">The store.</param>
/// <param name="actor">Who asks for it.</param>
/// <param name="now">Now.</param>
internal sealed class TenantDesk(Store store, Actor actor, DateTimeOffset now)
{
    private const int Most = 10_000;
    private const int MostDomains = 1000;

    /// <summary>The tenants, by name.</summary>
    public async Task<ImmutableArray<Tenant>> ListAsync(CancellationToken cancellationToken) =>
        actor.Tenant is null ? await store.StoredAccess.TenantsAsync(cancellationToken)
        : await store.StoredAccess.TenantAsync(actor.Tenant, cancellationToken) is { } own ? [own] : [];

    /// <summary>One tenant; null when there is none.</summary>
    public async Task<Tenant?> FindAsync(string name, CancellationToken cancellationToken) =>
        actor.Sees(name.ToLowerInvariant()) ? await store.StoredAccess.TenantAsync(name.ToLowerInvariant(), cancellationToken) : null;

    /// <summary>Makes a tenant, or gives one that is there more policy domains.</summary>
    /// <returns>What was added, and whether the tenant is new; or why nothing was.</returns>
    public async Task<(Tenant? Added, bool IsNew, Refusal? Refusal)> AddAsync(string name, IEnumerable<string> policyDomains, CancellationToken cancellationToken)
    {
        if (Read(name, policyDomains, out Tenant? tenant) is { } refusal)
            return (null, false, refusal);
        int already = await FindAsync(tenant!.Name, cancellationToken) is { } there ? there.PolicyDomains.Union(tenant.PolicyDomains).Count() : tenant.PolicyDomains.Length;
        if (already > MostDomains)
            return (null, false, new(RefusalKind.InTheWay, $"a tenant has {MostDomains} policy domains at most; one above them stands for all below it."));
        if ((await ListAsync(cancellationToken)).Length >= Most)
            return (null, false, new(RefusalKind.InTheWay, $"there are {Most} tenants; remove some first."));
        return (tenant, await store.Access.AddTenantAsync(tenant, now, cancellationToken), null);
    }

    /// <summary>Takes policy domains from a tenant; what is stored of them stays.</summary>
    public async Task<Refusal?> RemoveDomainsAsync(string name, IEnumerable<string> policyDomains, CancellationToken cancellationToken)
    {
        if (Read(name, policyDomains, out Tenant? tenant) is { } refusal)
            return refusal;
        if (await FindAsync(tenant!.Name, cancellationToken) is not { } found)
            return NotThere(tenant.Name);
        return tenant.PolicyDomains.FirstOrDefault(domain => !found.PolicyDomains.Contains(domain)) is { } strange
            ? new(RefusalKind.NotThere, $"the tenant {found.Name} does not have {strange}.")
            : await store.Access.RemoveTenantDomainsAsync(tenant, cancellationToken) > 0 ? null : NotThere(tenant.Name);
    }

    /// <summary>Removes a tenant to which nobody belongs any more; what is stored of its policy domains stays.</summary>
    public async Task<Refusal?> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        name = name.ToLowerInvariant();
        if (FindProblem() is { } refusal)
            return refusal;
        return await store.Access.RemoveTenantAsync(name, cancellationToken) switch
        {
            TenantRemoval.Removed => null,
            TenantRemoval.NotThere => NotThere(name),
            _ => new(RefusalKind.InTheWay, $"accounts or tokens belong to the tenant {name}; remove them first."),
        };
    }

    private Refusal? FindProblem() =>
        actor.Tenant is null ? null : new(RefusalKind.NotAllowed, "tenants are made and changed by those who run this server.");

    private Refusal? Read(string name, IEnumerable<string> policyDomains, out Tenant? tenant)
    {
        tenant = null;
        if (FindProblem() is { } refusal)
            return refusal;
        if (AccountName.Of(name) is not { } known)
            return Refusal.OfName;
        List<string> domains = [];
        foreach (string text in policyDomains.Take(MostDomains + 1))
        {
            if (!DomainName.TryParse(text.TrimEnd('.'), out DomainName? domain, out DomainNameError? error))
                return new(RefusalKind.Unfit, $"\"{(text.Length > 253 ? text[..253] + "…" : text)}\" {error.Text}.") { Parameter = "policyDomains" };
            domains.Add(domain.Value);
        }

        if (domains.Count is 0 or > MostDomains)
            return new(RefusalKind.Unfit, $"a tenant takes 1 to {MostDomains} policy domains.") { Parameter = "policyDomains" };
        tenant = new(known, [.. domains.Distinct()]);
        return null;
    }

    private static Refusal NotThere(string name) => new(RefusalKind.NotThere, $"there is no tenant {name}.");
}
