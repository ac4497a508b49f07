using Waxseal.Storage.Access;
using Waxseal.Storage.Tests.Reports;

namespace Waxseal.Storage.Tests.Access;

/// <summary>What the store promises of accounts, on each database.</summary>
public abstract class AccessStoreTests
{
    private static readonly DateTimeOffset Now = SampleReports.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task An_account_is_what_it_was_made()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        Assert.False(await store.StoredAccess.HasAccountsAsync(Token));
        Account alice = new("alice", null, AccountRole.Owner, "digest", Now), bob = new("bob", "acme", AccountRole.Operator, "other", Now);

        Assert.True(await store.Access.AddAccountAsync(alice, Token));
        Assert.True(await store.Access.AddAccountAsync(bob, Token));
        Assert.False(await store.Access.AddAccountAsync(alice with { Role = AccountRole.Viewer }, Token));

        Assert.True(await store.StoredAccess.HasAccountsAsync(Token));
        Assert.Equal([alice, bob], await store.StoredAccess.AccountsAsync(Token));
        Assert.True(await store.Access.SetTotpAsync("bob", [1, 2, 3], 7, Token));
        Assert.Equal([1, 2, 3], (await store.StoredAccess.AccountAsync("bob", Token))!.TotpSecret);
        Assert.True(await store.Access.SetTotpAsync("bob", null, 0, Token));
        Assert.Null((await store.StoredAccess.AccountAsync("bob", Token))!.TotpSecret);
        Assert.True(await store.Access.RemoveAccountAsync("bob", Token));
        Assert.False(await store.Access.RemoveAccountAsync("bob", Token));
        Assert.Null(await store.StoredAccess.AccountAsync("bob", Token));
    }

    [Fact]
    public async Task Attempts_side_by_side_all_count_until_it_is_locked()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store one = await database.OpenAsync();
        await using Store two = await database.OpenAsync();
        await one.Access.AddAccountAsync(new("alice", null, AccountRole.Owner, "digest", Now), Token);

        int?[] attempts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            (i % 2 == 0 ? one : two).Access.BeginAttemptAsync("alice", failures => TimeSpan.FromMinutes(failures >= 5 ? 1 : 0), Now, Token)));

        Assert.Equal([1, 2, 3, 4, 5], attempts.OfType<int>().Order());
        Assert.Equal(Now.AddMinutes(1), (await one.StoredAccess.AccountAsync("alice", Token))!.LockedUntil);
        Assert.Equal(6, await one.Access.BeginAttemptAsync("alice", _ => TimeSpan.Zero, Now.AddMinutes(1), Token));
        Assert.True(await one.Access.EndAttemptAsync("alice", Now.AddMinutes(2), Token));
        Account after = (await one.StoredAccess.AccountAsync("alice", Token))!;
        Assert.Equal((0, null, Now.AddMinutes(2)), (after.Failures, after.LockedUntil, after.LoggedInAt));
        Assert.Null(await one.Access.BeginAttemptAsync("nobody", _ => TimeSpan.Zero, Now, Token));
    }

    [Fact]
    public async Task A_code_is_used_once_and_none_before_it()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Access.AddAccountAsync(new("alice", null, AccountRole.Owner, "digest", Now), Token);

        bool[] used = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.Access.UseTotpStepAsync("alice", 42, Token)));

        Assert.Single(used, isUsed => isUsed);
        Assert.False(await store.Access.UseTotpStepAsync("alice", 41, Token));
        Assert.True(await store.Access.UseTotpStepAsync("alice", 43, Token));
    }

    [Fact]
    public async Task Who_loses_a_right_is_logged_out()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Access.AddAccountAsync(new("alice", null, AccountRole.Owner, "digest", Now), Token);
        foreach (Func<Task<bool>> change in (Func<Task<bool>>[])
            [() => store.Access.SetPasswordAsync("alice", "new", Token), () => store.Access.SetTotpAsync("alice", [1], 0, Token), () => store.Access.RemoveLoginAsync([7], Token), () => store.Access.SetRoleAsync("alice", AccountRole.Viewer, Token), () => store.Access.RemoveAccountAsync("alice", Token)])
        {
            Login login = new([7], "alice", "form", Now, Now, Now.AddDays(7));
            await store.Access.AddLoginAsync(login, Now.AddHours(-12), Token);
            Login? kept = await store.StoredAccess.LoginAsync([7], Token);
            Assert.Equal(("alice", "form", Now, Now.AddDays(7)), (kept!.Account, kept.FormSecret, kept.SeenAt, kept.ExpiresAt));
            Assert.True(await change());
            Assert.Null(await store.StoredAccess.LoginAsync([7], Token));
        }
    }

    [Fact]
    public async Task Of_owners_that_go_side_by_side_the_last_stays()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store one = await database.OpenAsync();
        await using Store two = await database.OpenAsync();
        await one.Access.AddAccountAsync(new("ann", "acme", AccountRole.Owner, "digest", Now), Token);
        foreach (int i in Enumerable.Range(0, 10))
            await one.Access.AddAccountAsync(new($"owner{i}", null, AccountRole.Owner, "digest", Now), Token);

        AccountChange[] changes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 4 < 2
            ? (i % 2 == 0 ? one : two).Access.RemoveAccountButLastOwnerAsync($"owner{i}", Token)
            : (i % 2 == 0 ? one : two).Access.SetRoleButLastOwnerAsync($"owner{i}", AccountRole.Viewer, Token)));

        Assert.Single(changes, change => change == AccountChange.IsLastOwner);
        Account last = Assert.Single(await one.StoredAccess.AccountsAsync(Token), account => account is { Role: AccountRole.Owner, Tenant: null });
        Assert.Equal(AccountChange.Done, await one.Access.SetRoleButLastOwnerAsync(last.Name, AccountRole.Owner, Token));
        Assert.Equal(AccountChange.NotThere, await one.Access.RemoveAccountButLastOwnerAsync("nobody", Token));
        Assert.Equal(AccountChange.Done, await one.Access.RemoveAccountButLastOwnerAsync("ann", Token));

        // Who has no password may be kept out by whoever says who they are.
        await one.Access.AddAccountAsync(new("proxied", null, AccountRole.Owner, Account.NoPassword, Now), Token);
        Assert.Equal(AccountChange.IsLastOwner, await one.Access.RemoveAccountButLastOwnerAsync(last.Name, Token));
        Assert.Equal(AccountChange.Done, await one.Access.RemoveAccountButLastOwnerAsync("proxied", Token));
    }

    [Fact]
    public async Task A_lock_is_lifted()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Access.AddAccountAsync(new("alice", null, AccountRole.Owner, "digest", Now), Token);
        await store.Access.BeginAttemptAsync("alice", _ => TimeSpan.FromMinutes(1), Now, Token);

        Assert.True(await store.Access.UnlockAsync("alice", Token));
        Assert.False(await store.Access.UnlockAsync("nobody", Token));
        Account after = (await store.StoredAccess.AccountAsync("alice", Token))!;
        Assert.Equal((0, (DateTimeOffset?)null), (after.Failures, after.LockedUntil));
    }

    [Fact]
    public async Task Old_logins_go_when_another_comes()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Access.AddLoginAsync(new([1], "a", "f", Now, Now, Now.AddDays(7)), Now.AddHours(-12), Token);
        await store.Access.AddLoginAsync(new([2], "a", "f", Now, Now, Now.AddDays(7)), Now.AddHours(-12), Token);
        Assert.True(await store.Access.SeeLoginAsync([2], Now.AddHours(11), Token));

        await store.Access.AddLoginAsync(new([3], "a", "f", Now.AddHours(13), Now.AddHours(13), Now.AddDays(7)), Now.AddHours(1), Token);

        Assert.Null(await store.StoredAccess.LoginAsync([1], Token));
        Assert.Equal(Now.AddHours(11), (await store.StoredAccess.LoginAsync([2], Token))!.SeenAt);
        Assert.NotNull(await store.StoredAccess.LoginAsync([3], Token));
    }

    [Fact]
    public async Task Tokens_and_tenants_are_kept()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        Assert.True(await store.Access.AddTenantAsync(new("acme", ["b.test", "a.test"]), Now, Token));
        Assert.False(await store.Access.AddTenantAsync(new("acme", ["c.test", "a.test"]), Now, Token));
        Assert.Equal(["a.test", "b.test", "c.test"], (await store.StoredAccess.TenantAsync("acme", Token))!.PolicyDomains);
        Assert.Null(await store.StoredAccess.TenantAsync("other", Token));
        Assert.Equal(1, await store.Access.RemoveTenantDomainsAsync(new("acme", ["c.test", "d.test"]), Token));
        Assert.Equal(["a.test", "b.test"], (await store.StoredAccess.TenantAsync("acme", Token))!.PolicyDomains);

        await store.Access.AddTokenAsync(new("id", "backup", "acme", AccountRole.Viewer, [9], Now) { ExpiresAt = Now.AddDays(1) }, Token);
        await store.Access.AddTokenAsync(new("id2", "all", null, AccountRole.Owner, [8], Now.AddSeconds(1)), Token);
        Assert.True(await store.Access.UseTokenAsync("id", Now.AddHours(1), Token));
        List<ApiToken> tokens = await store.StoredAccess.TokensAsync(Token);
        Assert.Equal(
            [("id", "backup", "acme", AccountRole.Viewer, Now.AddHours(1), Now.AddDays(1)), ("id2", "all", null, AccountRole.Owner, null, (DateTimeOffset?)null)],
            tokens.Select(token => (token.Id, token.Name, token.Tenant, token.Role, token.UsedAt, token.ExpiresAt)));
        Assert.Equal([9], (await store.StoredAccess.TokenAsync("id", Token))!.SecretDigest);

        Assert.Equal(TenantRemoval.HasMembers, await store.Access.RemoveTenantAsync("acme", Token));
        Assert.True(await store.Access.RemoveTokenAsync("id", Token));
        Assert.Equal(TenantRemoval.Removed, await store.Access.RemoveTenantAsync("acme", Token));
        Assert.Equal(TenantRemoval.NotThere, await store.Access.RemoveTenantAsync("acme", Token));
        Assert.Empty(await store.StoredAccess.TenantsAsync(Token));
    }
}

public class SqliteAccessStoreTests : AccessStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresAccessStoreTests(PostgresServer server) : AccessStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
