using Microsoft.Extensions.Logging;
using Waxseal.Access;
using Waxseal.Hosting;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Managing;

/// <summary>Changes who may see and do what for pages and API, and logs who did it.</summary>
internal sealed class AccessChanges(StoreDoor store, ILogger logger)
{
    private const string All = "(all)";

    public TokenDesk Tokens(Asked asked) => new(store.Open, asked.Viewer.Actor, asked.Now);

    public AccountDesk Accounts(Asked asked) => new(store.Open, asked.Viewer.Actor, asked.Now);

    public TenantDesk Tenants(Asked asked) => new(store.Open, asked.Viewer.Actor, asked.Now);

    /// <summary>Makes a token.</summary>
    public async Task<(MadeToken? Made, Refusal? Refusal)> AddTokenAsync(Asked asked, NewToken wanted)
    {
        (MadeToken? made, Refusal? refusal) = await Tokens(asked).AddAsync(wanted, asked.Cancelled);
        if (made is not null)
            logger.TokenMade(asked.Viewer.Mark, made.Kept.Id, made.Kept.Role.ToScope(), made.Kept.Tenant ?? All);
        return (made, refusal);
    }

    /// <summary>Removes a token.</summary>
    public async Task<Refusal?> RemoveTokenAsync(Asked asked, string id) =>
        Logged(await Tokens(asked).RemoveAsync(id, asked.Cancelled), () => logger.TokenRemoved(asked.Viewer.Mark, id));

    /// <summary>Makes an account.</summary>
    public async Task<Refusal?> AddAccountAsync(Asked asked, NewAccount wanted, string? password) =>
        Logged(await Accounts(asked).AddAsync(wanted, password, asked.Cancelled),
            () => logger.AccountMade(asked.Viewer.Mark, AccountName.Of(wanted.Name)!, wanted.Role.ToWord(), wanted.Tenant ?? asked.Viewer.Tenant ?? All));

    /// <summary>Sets the role of an account.</summary>
    public async Task<Refusal?> SetRoleAsync(Asked asked, string name, AccountRole role) =>
        Logged(await Accounts(asked).SetRoleAsync(name, role, asked.Cancelled), () => logger.RoleSet(asked.Viewer.Mark, name, role.ToWord()));

    /// <summary>Sets the password of an account.</summary>
    public async Task<Refusal?> SetPasswordAsync(Asked asked, string name, string password) =>
        Logged(await Accounts(asked).SetPasswordAsync(name, password, asked.Cancelled), () => logger.PasswordSet(asked.Viewer.Mark, name));

    /// <summary>Ends the one-time codes of an account.</summary>
    public async Task<Refusal?> ResetTotpAsync(Asked asked, string name) =>
        Logged(await Accounts(asked).SetTotpAsync(name, null, asked.Cancelled), () => logger.TotpReset(asked.Viewer.Mark, name));

    /// <summary>Lifts the lock of an account.</summary>
    public async Task<Refusal?> UnlockAsync(Asked asked, string name) =>
        Logged(await Accounts(asked).UnlockAsync(name, asked.Cancelled), () => logger.LockLifted(asked.Viewer.Mark, name));

    /// <summary>Removes an account.</summary>
    public async Task<Refusal?> RemoveAccountAsync(Asked asked, string name, string? again) =>
        Logged(await Accounts(asked).RemoveAsync(name, again, asked.Cancelled), () => logger.AccountRemoved(asked.Viewer.Mark, name));

    /// <summary>Makes a tenant, or gives one more policy domains.</summary>
    public async Task<(Tenant? Added, bool IsNew, Refusal? Refusal)> AddTenantAsync(Asked asked, string name, IEnumerable<string> policyDomains)
    {
        (Tenant? added, bool isNew, Refusal? refusal) = await Tenants(asked).AddAsync(name, policyDomains, asked.Cancelled);
        if (added is not null)
            logger.TenantWidened(asked.Viewer.Mark, added.Name, string.Join(",", added.PolicyDomains));
        return (added, isNew, refusal);
    }

    /// <summary>Takes a policy domain from a tenant.</summary>
    public async Task<Refusal?> RemoveDomainAsync(Asked asked, string name, string policyDomain) =>
        Logged(await Tenants(asked).RemoveDomainsAsync(name, [policyDomain], asked.Cancelled), () => logger.TenantNarrowed(asked.Viewer.Mark, name, policyDomain));

    /// <summary>Removes a tenant.</summary>
    public async Task<Refusal?> RemoveTenantAsync(Asked asked, string name) =>
        Logged(await Tenants(asked).RemoveAsync(name, asked.Cancelled), () => logger.TenantRemoved(asked.Viewer.Mark, name));

    private static Refusal? Logged(Refusal? refusal, Action log)
    {
        if (refusal is null)
            log();
        return refusal;
    }
}
