using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Accounts.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Accounts">The accounts, by name.</param>
internal sealed record AccountListJson(int Version, ImmutableArray<AccountJson> Accounts);

/// <summary>Somebody who may log in.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What they may do: viewer, operator or owner.</param>
/// <param name="Tenant">The tenant they belong to; null when they see all.</param>
/// <param name="Totp">Whether a login takes a one-time code as well.</param>
/// <param name="NoPassword">Whether there is no password: a proxy or a provider says who they are.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="LoggedInAt">When they logged in last; null for never.</param>
/// <param name="LockedUntil">Until when nobody can log in; null when they can.</param>
internal sealed record AccountJson(string Name, string Role, string? Tenant, bool Totp, bool NoPassword, DateTimeOffset CreatedAt, DateTimeOffset? LoggedInAt, DateTimeOffset? LockedUntil)
{
    public static AccountJson Of(Account account, DateTimeOffset now) => new(
        account.Name, account.Role.ToWord(), account.Tenant, account.TotpSecret is not null, account.HasNoPassword, account.CreatedAt, account.LoggedInAt, account.LockedUntil is { } until && until > now ? until : null);
}

/// <summary>An account that is wanted.</summary>
/// <param name="Name">The name: 1 to 128 letters, digits, or any of . - _ @ +.</param>
/// <param name="Role">What it may do: viewer, operator or owner.</param>
/// <param name="Tenant">The tenant it belongs to; null for that of who asks.</param>
/// <param name="Password">The password, 12 characters or more; null with <c>noPassword</c> alone.</param>
/// <param name="NoPassword">Whether it has none: a proxy or a provider says who it is.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAccountJson(string Name, string Role, string? Tenant = null, string? Password = null, bool NoPassword = false);

/// <summary>What is to be changed of an account; what is not named stays.</summary>
/// <param name="Role">What it may do: viewer, operator or owner.</param>
/// <param name="Password">The password, 12 characters or more; it lifts the lock as well.</param>
/// <param name="Totp">False ends the one-time codes.</param>
/// <param name="Locked">False lifts the lock that too many failed logins brought.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AccountChangeJson(string? Role = null, string? Password = null, bool? Totp = null, bool? Locked = null);
