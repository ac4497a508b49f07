using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>An account that somebody wants.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Tenant">The tenant it belongs to; null for that of who makes it.</param>
internal sealed record NewAccount(string Name, AccountRole Role, string? Tenant)
{
    /// <summary>The roles there are, the narrowest first.</summary>
    public static readonly string[] Roles = [.. Enum.GetValues<AccountRole>().Select(role => role.ToWord())];

    /// <summary>The role of a word; null when it is none.</summary>
    public static AccountRole? RoleOf(string word) => Roles.Contains(word) ? AccessWords.RoleOf(word) : null;
}
