using Waxseal.Access.Secrets;
using Waxseal.Storage;
using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>Makes, lists, changes and removes accounts.</summary>
/// <param name="store">The store.</param>
/// <param name="actor">Who asks for it.</param>
/// <param name="now">Now.</param>
internal sealed class AccountDesk(Store store, Actor actor, DateTimeOffset now)
{
    private const int Most = 1000;

    private static readonly Refusal LastOwner =
        new(RefusalKind.InTheWay, "it is the last owner that sees all, and without one nobody could change anything here; make another first.");

    /// <summary>The accounts, by name.</summary>
    public async Task<List<Account>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.StoredAccess.AccountsAsync(cancellationToken)).Where(account => actor.Sees(account.Tenant))];

    /// <summary>One account; null when there is none.</summary>
    public async Task<Account?> FindAsync(string name, CancellationToken cancellationToken) =>
        await store.StoredAccess.AccountAsync(name.ToLowerInvariant(), cancellationToken) is { } account && actor.Sees(account.Tenant) ? account : null;

    /// <summary>Why an account cannot be made; null when it can, with a password that fits.</summary>
    public async Task<Refusal?> FindProblemAsync(NewAccount wanted, CancellationToken cancellationToken)
    {
        if (AccountName.Of(wanted.Name) is not { } name)
            return Refusal.OfName;
        if (await actor.FindProblemAsync(store.StoredAccess, wanted.Role, TenantOf(wanted), cancellationToken) is { } refusal)
            return refusal;
        if (await store.StoredAccess.AccountAsync(name, cancellationToken) is { } other)
            return new(RefusalKind.InTheWay, actor.Sees(other.Tenant) ? $"there is an account {name}." : $"the name {name} is taken.") { Parameter = "name" };
        List<Account> accounts = await store.StoredAccess.AccountsAsync(cancellationToken);
        if (!actor.IsOfMachine && accounts.Count == 0 && (wanted.Role < AccountRole.Owner || TenantOf(wanted) is not null))
            return new(RefusalKind.InTheWay, "the first account is an owner that sees all, for without one nobody could change anything here.");
        return accounts.Count(account => actor.Sees(account.Tenant)) >= Most ? new(RefusalKind.InTheWay, $"there are {Most} accounts; remove some first.") : null;
    }

    /// <summary>Makes an account.</summary>
    /// <param name="wanted">The account.</param>
    /// <param name="password">Its password; null for none, where a proxy or a provider says who it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Refusal?> AddAsync(NewAccount wanted, string? password, CancellationToken cancellationToken)
    {
        if (await FindProblemAsync(wanted, cancellationToken) is { } refusal)
            return refusal;
        if (ProblemOf(password) is { } problem)
            return problem;
        if (password is null && !actor.IsOfMachine && (await store.StoredAccess.AccountsAsync(cancellationToken)).Count == 0)
            return new(RefusalKind.Unfit, "the first account has a password, for nobody else could let anybody in.") { Parameter = "password" };
        string name = AccountName.Of(wanted.Name)!;
        return await store.Access.AddAccountAsync(new(name, TenantOf(wanted), wanted.Role, DigestOf(password), now), cancellationToken) ? null
            : new(RefusalKind.InTheWay, $"there is an account {name}.") { Parameter = "name" };
    }

    /// <summary>Sets a password, or takes it away when it is null; lifts the lock, and logs the account out everywhere.</summary>
    public async Task<Refusal?> SetPasswordAsync(string name, string? password, CancellationToken cancellationToken) =>
        await FindProblemAsync(name, "password", cancellationToken) ?? ProblemOf(password)
        ?? Found(name, await store.Access.SetPasswordAsync(name.ToLowerInvariant(), DigestOf(password), cancellationToken));

    /// <summary>Sets a role.</summary>
    public async Task<Refusal?> SetRoleAsync(string name, AccountRole role, CancellationToken cancellationToken)
    {
        name = name.ToLowerInvariant();
        if (await FindProblemAsync(name, "role", cancellationToken) is { } refusal)
            return refusal;
        if (role > actor.Role)
            return new(RefusalKind.NotAllowed, $"the role {role.ToWord()} is higher than yours, {actor.Role.ToWord()}.");
        return actor.IsOfMachine ? Found(name, await store.Access.SetRoleAsync(name, role, cancellationToken))
            : ReasonOf(name, await store.Access.SetRoleButLastOwnerAsync(name, role, cancellationToken));
    }

    /// <summary>Begins one-time codes with a new secret, or ends them.</summary>
    public async Task<Refusal?> SetTotpAsync(string name, byte[]? secret, CancellationToken cancellationToken) =>
        await FindProblemAsync(name, "one-time codes", cancellationToken) ?? Found(name, await store.Access.SetTotpAsync(name.ToLowerInvariant(), secret, 0, cancellationToken));

    /// <summary>Lifts the lock that too many failed logins brought.</summary>
    public async Task<Refusal?> UnlockAsync(string name, CancellationToken cancellationToken) =>
        Found(name, await FindAsync(name, cancellationToken) is not null && await store.Access.UnlockAsync(name.ToLowerInvariant(), cancellationToken));

    /// <summary>Removes an account, and logs it out everywhere.</summary>
    /// <param name="name">The account.</param>
    /// <param name="again">The name again, which takes the own account alone.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Refusal?> RemoveAsync(string name, string? again, CancellationToken cancellationToken)
    {
        name = name.ToLowerInvariant();
        if (await FindAsync(name, cancellationToken) is null)
            return Found(name, false);
        if (actor.Account == name && again?.ToLowerInvariant() != name)
            return new(RefusalKind.InTheWay, "this is your own account: with it you are logged out, and do not get in again. To remove it, give its name again.") { Parameter = "again" };
        return actor.IsOfMachine ? Found(name, await store.Access.RemoveAccountAsync(name, cancellationToken))
            : ReasonOf(name, await store.Access.RemoveAccountButLastOwnerAsync(name, cancellationToken));
    }

    // Whoever finds a browser that is logged in must not be able to take the account over.
    private async Task<Refusal?> FindProblemAsync(string name, string what, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is not { } account ? Found(name, false)
        : account.Name == actor.Account ? new(RefusalKind.InTheWay, what == "role" ? "this is your own account; another owner may change its role." : $"this is your own account; its {what} you change on the page /account, with the password of now.")
        : null;

    private string? TenantOf(NewAccount wanted) => wanted.Tenant?.ToLowerInvariant() ?? actor.Tenant;

    private static string DigestOf(string? password) => password is null ? Passwords.None : Passwords.Digest(password);

    private static Refusal? ProblemOf(string? password) =>
        password is not null && Passwords.ProblemOf(password) is { } problem ? new(RefusalKind.Unfit, problem) { Parameter = "password" } : null;

    private static Refusal? ReasonOf(string name, AccountChange change) => change == AccountChange.IsLastOwner ? LastOwner : Found(name, change == AccountChange.Done);

    private static Refusal? Found(string name, bool isThere) => isThere ? null : new(RefusalKind.NotThere, $"there is no account {name}.");
}
