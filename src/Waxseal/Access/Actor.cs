using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>Who changes accounts, tokens and tenants.</summary>
/// <param name="Mark">What stands in the log for them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">The tenant they belong to, beyond which they see and make nothing; null for those who run this server.</param>
internal sealed record Actor(string Mark, AccountRole Role, string? Tenant)
{
    /// <summary>Whoever has the store itself. They may also do what leaves the pages without an owner.</summary>
    public static Actor OfMachine { get; } = new("command", AccountRole.Owner, null) { IsOfMachine = true };

    /// <summary>The account by which they are known; null where it is none.</summary>
    public string? Account { get; init; }

    /// <summary>Whether they have the store itself.</summary>
    public bool IsOfMachine { get; init; }

    /// <summary>Whether they may see what belongs to a tenant, or to none.</summary>
    public bool Sees(string? tenant) => Tenant is null || Tenant == tenant;

    /// <summary>Why they may not make something of a tenant and a role; null when they may.</summary>
    public async Task<Refusal?> FindProblemAsync(StoredAccess store, AccountRole role, string? tenant, CancellationToken cancellationToken)
    {
        if (role > Role)
            return new(RefusalKind.NotAllowed, $"the role {role.ToWord()} is higher than yours, {Role.ToWord()}.");

        // Of what is there beyond their tenant nobody learns.
        return tenant is not null && (!Sees(tenant) || await store.TenantAsync(tenant, cancellationToken) is null)
            ? new(RefusalKind.Unfit, $"there is no tenant {tenant}.") { Parameter = "tenant" }
            : null;
    }
}
