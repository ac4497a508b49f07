using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Access;

/// <summary>Keeps who may see and do what. Whatever takes rights away ends the logins that rest on them, in the same commit.</summary>
internal sealed class AccessStore(Engine engine, WriteQueue writes)
{
    private const string AddTenant = "INSERT INTO tenant (name, created_at) VALUES (@name, @at) ON CONFLICT (name) DO NOTHING";
    private const string AddDomain = "INSERT INTO tenant_domain (tenant, policy_domain) VALUES (@name, @policy_domain) ON CONFLICT (tenant, policy_domain) DO NOTHING";
    private const string RemoveDomain = "DELETE FROM tenant_domain WHERE tenant = @name AND policy_domain = @policy_domain";
    private const string RemoveDomains = "DELETE FROM tenant_domain WHERE tenant = @name";
    private const string RemoveTenant = "DELETE FROM tenant WHERE name = @name";
    private const string MembersOf = "SELECT (SELECT COUNT(*) FROM account WHERE tenant = @name) + (SELECT COUNT(*) FROM api_token WHERE tenant = @name)";

    private const string AddAccount = """
        INSERT INTO account (name, tenant, role, password, totp_step, failures, created_at)
        VALUES (@name, @tenant, @role, @password, 0, 0, @at) ON CONFLICT (name) DO NOTHING
        """;

    private const string RemoveAccount = "DELETE FROM account WHERE name = @name";
    private const string SetRole = "UPDATE account SET role = @role WHERE name = @name";
    private const string Owners = "SELECT name, password FROM account WHERE role = 'owner' AND tenant IS NULL";
    private const string Unlock = "UPDATE account SET failures = 0, locked_until = NULL WHERE name = @name";
    private const string SetPassword = "UPDATE account SET password = @password, failures = 0, locked_until = NULL WHERE name = @name";
    private const string Rehash = "UPDATE account SET password = @password WHERE name = @name AND password = @before";
    private const string SetTotp = "UPDATE account SET totp_secret = @secret, totp_step = @step WHERE name = @name";
    private const string UseTotpStep = "UPDATE account SET totp_step = @step WHERE name = @name AND totp_step < @step";

    private const string BeginAttempt = """
        UPDATE account SET failures = failures + 1 WHERE name = @name AND (locked_until IS NULL OR locked_until <= @at) RETURNING failures
        """;

    private const string Lock = "UPDATE account SET locked_until = @until WHERE name = @name";
    private const string EndAttempt = "UPDATE account SET failures = 0, locked_until = NULL, logged_in_at = @at WHERE name = @name";

    private const string NoteLogin = "UPDATE account SET logged_in_at = @at WHERE name = @name";

    private const string AddLogin = """
        INSERT INTO login (secret_digest, account, form_secret, created_at, seen_at, expires_at)
        VALUES (@digest, @account, @form_secret, @created_at, @seen_at, @expires_at)
        """;

    private const string See = "UPDATE login SET seen_at = @at WHERE secret_digest = @digest";
    private const string RemoveLogin = "DELETE FROM login WHERE secret_digest = @digest";
    private const string RemoveLogins = "DELETE FROM login WHERE account = @name";
    private const string RemoveOldLogins = "DELETE FROM login WHERE expires_at <= @at OR seen_at <= @idle";

    private const string AddToken = """
        INSERT INTO api_token (token_id, name, tenant, role, secret_digest, created_at, expires_at)
        VALUES (@id, @name, @tenant, @role, @digest, @at, @expires_at)
        """;

    private const string RemoveToken = "DELETE FROM api_token WHERE token_id = @id";
    private const string UseToken = "UPDATE api_token SET used_at = @at WHERE token_id = @id";

    /// <summary>Adds a tenant, or policy domains to one that is there.</summary>
    /// <returns>Whether it is new.</returns>
    public Task<bool> AddTenantAsync(Tenant tenant, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int added = await session.RunAsync(AddTenant, token, ("name", tenant.Name), ("at", at.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                foreach (string policyDomain in tenant.PolicyDomains)
                    await session.RunAsync(AddDomain, token, ("name", tenant.Name), ("policy_domain", policyDomain)).ConfigureAwait(false);
                return added > 0;
            },
            cancellationToken);

    /// <summary>Takes policy domains from a tenant.</summary>
    /// <returns>How many of them it had.</returns>
    public Task<int> RemoveTenantDomainsAsync(Tenant tenant, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                int removed = 0;
                foreach (string policyDomain in tenant.PolicyDomains)
                    removed += await session.RunAsync(RemoveDomain, token, ("name", tenant.Name), ("policy_domain", policyDomain)).ConfigureAwait(false);
                return removed;
            },
            cancellationToken);

    /// <summary>Removes a tenant to which nobody belongs any more.</summary>
    public Task<TenantRemoval> RemoveTenantAsync(string name, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                if (await session.Command(MembersOf, ("name", name)).NumberAsync(token).ConfigureAwait(false) > 0)
                    return TenantRemoval.HasMembers;
                await session.RunAsync(RemoveDomains, token, ("name", name)).ConfigureAwait(false);
                return await session.RunAsync(RemoveTenant, token, ("name", name)).ConfigureAwait(false) > 0 ? TenantRemoval.Removed : TenantRemoval.NotThere;
            },
            cancellationToken);

    /// <summary>Adds an account.</summary>
    /// <returns>Whether there was none of the name.</returns>
    public Task<bool> AddAccountAsync(Account account, CancellationToken cancellationToken) => ChangeAsync(AddAccount, cancellationToken,
        ("name", account.Name), ("tenant", account.Tenant), ("role", account.Role.ToWord()), ("password", account.Password), ("at", account.CreatedAt.ToUnixTimeMilliseconds()));

    /// <summary>Removes an account.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> RemoveAccountAsync(string name, CancellationToken cancellationToken) => ChangeWithLoginsAsync(RemoveAccount, name, cancellationToken, ("name", name));

    /// <summary>Removes an account, unless it is the last owner that sees all.</summary>
    public Task<AccountChange> RemoveAccountButLastOwnerAsync(string name, CancellationToken cancellationToken) =>
        ChangeButLastOwnerAsync(RemoveAccount, name, cancellationToken, ("name", name));

    /// <summary>Sets a role.</summary>
    /// <returns>Whether there is such an account.</returns>
    public Task<bool> SetRoleAsync(string name, AccountRole role, CancellationToken cancellationToken) =>
        ChangeWithLoginsAsync(SetRole, name, cancellationToken, ("name", name), ("role", role.ToWord()));

    /// <summary>Sets a role, unless nobody would be owner and see all any more.</summary>
    public async Task<AccountChange> SetRoleButLastOwnerAsync(string name, AccountRole role, CancellationToken cancellationToken) =>
        role == AccountRole.Owner ? await SetRoleAsync(name, role, cancellationToken).ConfigureAwait(false) ? AccountChange.Done : AccountChange.NotThere
            : await ChangeButLastOwnerAsync(SetRole, name, cancellationToken, ("name", name), ("role", role.ToWord())).ConfigureAwait(false);

    /// <summary>Lifts the lock of an account.</summary>
    /// <returns>Whether there is such an account.</returns>
    public Task<bool> UnlockAsync(string name, CancellationToken cancellationToken) => ChangeAsync(Unlock, cancellationToken, ("name", name));

    /// <summary>Sets a password, and lifts the lock.</summary>
    /// <returns>Whether there is such an account.</returns>
    public Task<bool> SetPasswordAsync(string name, string password, CancellationToken cancellationToken) =>
        ChangeWithLoginsAsync(SetPassword, name, cancellationToken, ("name", name), ("password", password));

    /// <summary>Keeps the same password by a better digest.</summary>
    public Task<bool> RehashAsync(string name, string before, string password, CancellationToken cancellationToken) =>
        ChangeAsync(Rehash, cancellationToken, ("name", name), ("before", before), ("password", password));

    /// <summary>Sets the secret of one-time codes; null ends them.</summary>
    /// <param name="name">The account.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="step">The step of the code by which it was confirmed, which holds no more.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>Whether there is such an account.</returns>
    public Task<bool> SetTotpAsync(string name, byte[]? secret, long step, CancellationToken cancellationToken) =>
        ChangeWithLoginsAsync(SetTotp, name, cancellationToken, ("name", name), ("secret", secret), ("step", step));

    /// <summary>Uses the one-time code of a step.</summary>
    /// <returns>Whether neither it nor a later one was used before.</returns>
    public Task<bool> UseTotpStepAsync(string name, long step, CancellationToken cancellationToken) => ChangeAsync(UseTotpStep, cancellationToken, ("name", name), ("step", step));

    /// <summary>
    /// Begins an attempt to log in. It counts as failed until it has succeeded, so that guesses made side by side count as well.
    /// </summary>
    /// <param name="name">The account.</param>
    /// <param name="delay">How long nobody may log in after so many failures in a row.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>Failures in a row with this one; null when the account is locked or not there.</returns>
    public Task<int?> BeginAttemptAsync(string name, Func<int, TimeSpan> delay, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                long? failures = await session.Command(BeginAttempt, ("name", name), ("at", at.ToUnixTimeMilliseconds())).NumberAsync(token).ConfigureAwait(false);
                if (failures is { } count && delay((int)count) is var wait && wait > TimeSpan.Zero)
                    await session.RunAsync(Lock, token, ("name", name), ("until", (at + wait).ToUnixTimeMilliseconds())).ConfigureAwait(false);
                return (int?)failures;
            },
            cancellationToken);

    /// <summary>An attempt succeeded.</summary>
    public Task<bool> EndAttemptAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(EndAttempt, cancellationToken, ("name", name), ("at", at.ToUnixTimeMilliseconds()));

    /// <summary>Somebody logged in without their password, of which nothing is known then.</summary>
    public Task<bool> NoteLoginAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(NoteLogin, cancellationToken, ("name", name), ("at", at.ToUnixTimeMilliseconds()));

    /// <summary>Keeps a login, and forgets those that have ended.</summary>
    /// <param name="login">The login.</param>
    /// <param name="idle">Those not seen since then have ended.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task AddLoginAsync(Login login, DateTimeOffset idle, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                await session.RunAsync(RemoveOldLogins, token, ("at", login.CreatedAt.ToUnixTimeMilliseconds()), ("idle", idle.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                return await session.RunAsync(AddLogin, token,
                    ("digest", login.SecretDigest), ("account", login.Account), ("form_secret", login.FormSecret), ("created_at", login.CreatedAt.ToUnixTimeMilliseconds()),
                    ("seen_at", login.SeenAt.ToUnixTimeMilliseconds()), ("expires_at", login.ExpiresAt.ToUnixTimeMilliseconds())).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>A login was seen.</summary>
    public Task<bool> SeeLoginAsync(byte[] secretDigest, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(See, cancellationToken, ("digest", secretDigest), ("at", at.ToUnixTimeMilliseconds()));

    /// <summary>Ends a login.</summary>
    public Task<bool> RemoveLoginAsync(byte[] secretDigest, CancellationToken cancellationToken) => ChangeAsync(RemoveLogin, cancellationToken, ("digest", secretDigest));

    /// <summary>Adds a token.</summary>
    public Task<bool> AddTokenAsync(ApiToken token, CancellationToken cancellationToken) => ChangeAsync(AddToken, cancellationToken,
        ("id", token.Id), ("name", token.Name), ("tenant", token.Tenant), ("role", token.Role.ToWord()), ("digest", token.SecretDigest),
        ("at", token.CreatedAt.ToUnixTimeMilliseconds()), ("expires_at", token.ExpiresAt?.ToUnixTimeMilliseconds()));

    /// <summary>Removes a token.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> RemoveTokenAsync(string id, CancellationToken cancellationToken) => ChangeAsync(RemoveToken, cancellationToken, ("id", id));

    /// <summary>A token was used.</summary>
    public Task<bool> UseTokenAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(UseToken, cancellationToken, ("id", id), ("at", at.ToUnixTimeMilliseconds()));

    private Task<bool> ChangeAsync(string statement, CancellationToken cancellationToken, params ImmutableArray<(string Name, object? Value)> parameters) =>
        writes.RunAsync(async (session, token) => await session.RunAsync(statement, token, parameters.AsSpan()).ConfigureAwait(false) > 0, cancellationToken);

    private Task<bool> ChangeWithLoginsAsync(string statement, string name, CancellationToken cancellationToken, params ImmutableArray<(string Name, object? Value)> parameters) =>
        writes.RunAsync(
            async (session, token) =>
            {
                await session.RunAsync(RemoveLogins, token, ("name", name)).ConfigureAwait(false);
                return await session.RunAsync(statement, token, parameters.AsSpan()).ConfigureAwait(false) > 0;
            },
            cancellationToken);

    // Of two that go at the same moment one waits for the rows of the other, and then is the last.
    private Task<AccountChange> ChangeButLastOwnerAsync(string statement, string name, CancellationToken cancellationToken, params ImmutableArray<(string Name, object? Value)> parameters) =>
        writes.RunAsync(
            async (session, token) =>
            {
                List<(string Name, bool HasPassword)> owners = [];
                await using (DbDataReader rows = await session.Command($"{Owners}{engine.ForUpdate}").ExecuteReaderAsync(token).ConfigureAwait(false))
                {
                    while (await rows.ReadAsync(token).ConfigureAwait(false))
                        owners.Add((rows.GetString(0), rows.GetString(1) != Account.NoPassword));
                }

                // One without a password takes no place of one that has it: whoever says who they are may be gone.
                if (owners.Exists(owner => owner.Name == name) && !owners.Exists(owner => owner.Name != name && (owner.HasPassword || !owners.Exists(one => one.HasPassword))))
                    return AccountChange.IsLastOwner;
                await session.RunAsync(RemoveLogins, token, ("name", name)).ConfigureAwait(false);
                return await session.RunAsync(statement, token, parameters.AsSpan()).ConfigureAwait(false) > 0 ? AccountChange.Done : AccountChange.NotThere;
            },
            cancellationToken);
}

/// <summary>What came of changing an account.</summary>
internal enum AccountChange
{
    /// <summary>It is changed.</summary>
    Done,

    /// <summary>There is none.</summary>
    NotThere,

    /// <summary>It is the last owner that sees all; nothing was changed.</summary>
    IsLastOwner,
}

/// <summary>What came of removing a tenant.</summary>
internal enum TenantRemoval
{
    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>There is none.</summary>
    NotThere,

    /// <summary>Accounts or tokens belong to it.</summary>
    HasMembers,
}
