using System.Collections.Immutable;
using Waxseal.Access;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Access;

/// <summary>Who asks, and what they may see and do.</summary>
/// <param name="Name">The name of the account or token.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">The tenant they belong to; null for those who run this server, who see all.</param>
/// <param name="PolicyDomains">The policy domains of the tenant, each with all below it.</param>
internal sealed record Viewer(string Name, ViewerRole Role, string? Tenant, ImmutableArray<string> PolicyDomains)
{
    /// <summary>Whoever sits at this machine, where there are no accounts.</summary>
    public static Viewer Local { get; } = new("this machine", ViewerRole.Owner, null, []) { Way = ViewerWay.Local };

    /// <summary>Somebody of whom nothing is known yet. They belong to a tenant of nothing.</summary>
    public static Viewer Nobody { get; } = new("nobody", ViewerRole.Nobody, "", []);

    /// <summary>How it is known who they are.</summary>
    public ViewerWay Way { get; init; }

    /// <summary>The login of the browser, where that is how they are known.</summary>
    public Login? Login { get; init; }

    /// <summary>The id of the token by which they are known; null where it is none.</summary>
    public string? TokenId { get; init; }

    /// <summary>What stands in the log for them; no stranger chooses it.</summary>
    public string Mark => Way switch
    {
        ViewerWay.Token => $"token:{TokenId}",
        ViewerWay.Local => "loopback",
        _ => Name,
    };

    /// <summary>The same for those who may change accounts, tokens and tenants.</summary>
    public Actor Actor => new(Mark, AccountRole, Tenant) { Account = Way is ViewerWay.Login or ViewerWay.Proxy ? Name : null };

    /// <summary>What their forms must bring along; null where they can send none.</summary>
    public string? FormSecret { get; init; }

    /// <summary>Whether they may see what is stored of a policy domain.</summary>
    public bool Sees(string policyDomain) => Tenant is null || Covers(PolicyDomains, policyDomain);

    /// <summary>Whether a policy domain is one of several, or lies below one.</summary>
    public static bool Covers(ImmutableArray<string> policyDomains, string policyDomain) => policyDomains.Any(own =>
        policyDomain == own || (policyDomain.Length > own.Length && policyDomain.EndsWith(own, StringComparison.Ordinal) && policyDomain[^(own.Length + 1)] == '.'));

    /// <summary>What an account or a token stands for.</summary>
    public static async Task<Viewer> OfAsync(StoredAccess store, string name, AccountRole role, string? tenant, CancellationToken cancellationToken) =>
        new(name, RoleOf(role), tenant, tenant is null ? [] : (await store.TenantAsync(tenant, cancellationToken))?.PolicyDomains ?? []);

    private AccountRole AccountRole => Role switch
    {
        ViewerRole.Owner => AccountRole.Owner,
        ViewerRole.Operator => AccountRole.Operator,
        _ => AccountRole.Viewer,
    };

    private static ViewerRole RoleOf(AccountRole role) => role switch
    {
        AccountRole.Owner => ViewerRole.Owner,
        AccountRole.Operator => ViewerRole.Operator,
        _ => ViewerRole.Viewer,
    };
}

/// <summary>What somebody may do; each may also do what those before it may.</summary>
internal enum ViewerRole
{
    /// <summary>Log in.</summary>
    Nobody,

    /// <summary>See.</summary>
    Viewer,

    /// <summary>Look at policy domains, read reports again, add reports.</summary>
    Operator,

    /// <summary>Change accounts, tokens and tenants.</summary>
    Owner,
}

/// <summary>How it is known who asks.</summary>
internal enum ViewerWay
{
    /// <summary>It is not.</summary>
    Unknown,

    /// <summary>There are no accounts, and this machine alone is let in.</summary>
    Local,

    /// <summary>By name and password.</summary>
    Login,

    /// <summary>A proxy in front says so.</summary>
    Proxy,

    /// <summary>By a token.</summary>
    Token,
}
