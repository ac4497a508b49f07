using System.Collections.Immutable;

namespace Waxseal.Storage.Access;

/// <summary>What an account or a token may do; each may also do what those before it may.</summary>
internal enum AccountRole
{
    /// <summary>See.</summary>
    Viewer,

    /// <summary>Have things looked at and read again.</summary>
    Operator,

    /// <summary>Change who may what.</summary>
    Owner,
}

/// <summary>Somebody who may log in.</summary>
/// <param name="Name">The name, in lower case.</param>
/// <param name="Tenant">The tenant they belong to; null for those who run the server, who see all.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Password">The salted digest of the password, with its parameters.</param>
/// <param name="CreatedAt">When the account was made.</param>
internal sealed record Account(string Name, string? Tenant, AccountRole Role, string Password, DateTimeOffset CreatedAt)
{
    /// <summary>Stands in place of the digest where there is no password.</summary>
    public const string NoPassword = "none";

    /// <summary>Whether there is no password: a proxy or a provider says who they are.</summary>
    public bool HasNoPassword => Password == NoPassword;

    /// <summary>The secret of the one-time codes; null when the password is enough.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>Logins in a row that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Before this time nobody logs in; null when they may.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When they logged in last; null for never.</summary>
    public DateTimeOffset? LoggedInAt { get; init; }
}

/// <summary>A token with which a program asks.</summary>
/// <param name="Id">By what it is known; it stands in the token before the secret.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Tenant">The tenant it belongs to; null for all.</param>
/// <param name="Role">What it may do.</param>
/// <param name="SecretDigest">SHA-256 of the secret.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record ApiToken(string Id, string Name, string? Tenant, AccountRole Role, byte[] SecretDigest, DateTimeOffset CreatedAt)
{
    /// <summary>When it was used last, to the hour; null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A browser that is logged in.</summary>
/// <param name="SecretDigest">SHA-256 of what its cookie holds.</param>
/// <param name="Account">The name of the account.</param>
/// <param name="FormSecret">What each of its forms must bring along.</param>
/// <param name="CreatedAt">When it logged in.</param>
/// <param name="SeenAt">When it was seen last, to a few minutes.</param>
/// <param name="ExpiresAt">When it must log in again in any case.</param>
internal sealed record Login(byte[] SecretDigest, string Account, string FormSecret, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt);

/// <summary>Some of the policy domains, and those who see these alone.</summary>
/// <param name="Name">The name.</param>
/// <param name="PolicyDomains">The policy domains, each with all below it.</param>
internal sealed record Tenant(string Name, ImmutableArray<string> PolicyDomains);
