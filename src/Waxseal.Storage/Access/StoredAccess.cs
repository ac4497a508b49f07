using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Access;

/// <summary>Gives out who may see and do what.</summary>
internal sealed class StoredAccess(Engine engine)
{
    private const string AnyAccount = "SELECT COUNT(*) FROM (SELECT name FROM account LIMIT 1) AS one";
    private const string AccountColumns = "name, tenant, role, password, created_at, totp_secret, failures, locked_until, logged_in_at";
    private const string Accounts = $"SELECT {AccountColumns} FROM account ORDER BY name";
    private const string OneAccount = $"SELECT {AccountColumns} FROM account WHERE name = @name";
    private const string TokenColumns = "token_id, name, tenant, role, secret_digest, created_at, used_at, expires_at";
    private const string Tokens = $"SELECT {TokenColumns} FROM api_token ORDER BY created_at, token_id";
    private const string OneToken = $"SELECT {TokenColumns} FROM api_token WHERE token_id = @id";
    private const string OneLogin = "SELECT secret_digest, account, form_secret, created_at, seen_at, expires_at FROM login WHERE secret_digest = @digest";
    private const string AllTenants = "SELECT name, policy_domain FROM tenant LEFT JOIN tenant_domain ON tenant = name ORDER BY name, policy_domain";
    private const string OneTenant = "SELECT name, policy_domain FROM tenant LEFT JOIN tenant_domain ON tenant = name WHERE name = @name ORDER BY policy_domain";

    /// <summary>Whether there is any account.</summary>
    public async Task<bool> HasAccountsAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(AnyAccount);
        return await command.NumberAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>All accounts, by name.</summary>
    public Task<List<Account>> AccountsAsync(CancellationToken cancellationToken) => engine.ListAsync(Accounts, AccountIn, cancellationToken);

    /// <summary>One account; null when there is none.</summary>
    public async Task<Account?> AccountAsync(string name, CancellationToken cancellationToken) =>
        (await engine.ListAsync(OneAccount, AccountIn, cancellationToken, ("name", name)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>All tokens, oldest first.</summary>
    public Task<List<ApiToken>> TokensAsync(CancellationToken cancellationToken) => engine.ListAsync(Tokens, TokenIn, cancellationToken);

    /// <summary>One token; null when there is none.</summary>
    public async Task<ApiToken?> TokenAsync(string id, CancellationToken cancellationToken) =>
        (await engine.ListAsync(OneToken, TokenIn, cancellationToken, ("id", id)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The login of a cookie; null when there is none.</summary>
    public async Task<Login?> LoginAsync(byte[] secretDigest, CancellationToken cancellationToken) =>
        (await engine.ListAsync(OneLogin, LoginIn, cancellationToken, ("digest", secretDigest)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>All tenants, by name.</summary>
    public async Task<ImmutableArray<Tenant>> TenantsAsync(CancellationToken cancellationToken) =>
        Gathered(await engine.ListAsync(AllTenants, TenantIn, cancellationToken).ConfigureAwait(false));

    /// <summary>One tenant; null when there is none.</summary>
    public async Task<Tenant?> TenantAsync(string name, CancellationToken cancellationToken) =>
        Gathered(await engine.ListAsync(OneTenant, TenantIn, cancellationToken, ("name", name)).ConfigureAwait(false)).FirstOrDefault();

    private static ImmutableArray<Tenant> Gathered(List<(string Name, string? PolicyDomain)> rows) =>
        [.. rows.GroupBy(row => row.Name).Select(tenant => new Tenant(tenant.Key, [.. tenant.Select(row => row.PolicyDomain).OfType<string>()]))];

    private static Account AccountIn(DbDataReader row) => new(row.GetString(0), row.TextOrNull(1), AccessWords.RoleOf(row.GetString(2)), row.GetString(3), Time(row, 4)!.Value)
    {
        TotpSecret = row.IsDBNull(5) ? null : row.Bytes(5),
        Failures = (int)row.Whole(6),
        LockedUntil = Time(row, 7),
        LoggedInAt = Time(row, 8),
    };

    private static ApiToken TokenIn(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.TextOrNull(2), AccessWords.RoleOf(row.GetString(3)), row.Bytes(4), Time(row, 5)!.Value)
        {
            UsedAt = Time(row, 6),
            ExpiresAt = Time(row, 7),
        };

    private static Login LoginIn(DbDataReader row) =>
        new(row.Bytes(0), row.GetString(1), row.GetString(2), Time(row, 3)!.Value, Time(row, 4)!.Value, Time(row, 5)!.Value);

    private static (string Name, string? PolicyDomain) TenantIn(DbDataReader row) => (row.GetString(0), row.TextOrNull(1));

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.NumberOrNull(column) is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
