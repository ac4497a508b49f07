using System.Collections.Immutable;
using Waxseal.Access;
using Waxseal.Dashboard.Access;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Managing;

/// <summary>Who may see and do what.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Viewer">Who asks.</param>
/// <param name="Tokens">The tokens, oldest first.</param>
/// <param name="Accounts">The accounts, by name.</param>
/// <param name="Tenants">The tenants, by name.</param>
internal sealed record AccessBook(Frame Frame, SettingsTabs Tabs, Viewer Viewer, ImmutableArray<ApiToken> Tokens, ImmutableArray<Account> Accounts, ImmutableArray<Tenant> Tenants) : IFramed
{
    /// <summary>A token that was made a moment ago, which is shown this once; null without one.</summary>
    public MadeToken? Made { get; init; }

    /// <summary>Which form was refused: token, account or tenant; null when none was.</summary>
    public string? Refused { get; init; }

    /// <summary>Why it was refused.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What was typed into it, but for passwords.</summary>
    public ImmutableDictionary<string, string> Typed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What was done a moment ago; null for nothing.</summary>
    public string? Done { get; init; }

    /// <summary>What was typed into a field of a form that was refused.</summary>
    public string Value(string form, string field, string otherwise = "") => Refused == form && Typed.TryGetValue(field, out string? value) ? value : otherwise;

    public static async Task<AccessBook> ReadAsync(Asked asked, AccessChanges changes) => new(
        asked.Frame("Access – Settings", "settings"), new(Links.Access, asked.Viewer), asked.Viewer,
        [.. await changes.Tokens(asked).ListAsync(asked.Cancelled)], [.. await changes.Accounts(asked).ListAsync(asked.Cancelled)], await changes.Tenants(asked).ListAsync(asked.Cancelled))
    {
        Done = DoneWords.Of(asked.Query("done")),
    };
}

/// <summary>One token.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Token">The token.</param>
internal sealed record OneToken(Frame Frame, SettingsTabs Tabs, ApiToken Token) : IFramed;

/// <summary>One account.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Account">The account.</param>
/// <param name="IsOwn">Whether it is that of who asks.</param>
/// <param name="Problem">Why nothing was changed; null when nothing is wrong.</param>
/// <param name="Done">What was done a moment ago; null for nothing.</param>
internal sealed record OneAccount(Frame Frame, SettingsTabs Tabs, Account Account, bool IsOwn, string? Problem, string? Done) : IFramed
{
    /// <summary>Until when nobody can log in; null when they can.</summary>
    public DateTimeOffset? LockedUntil => Account.LockedUntil is { } until && until > Frame.Now ? until : null;
}

/// <summary>One tenant.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="MayChange">Whether who asks may change it.</param>
/// <param name="Members">How many accounts and tokens belong to it.</param>
/// <param name="Problem">Why nothing was changed; null when nothing is wrong.</param>
/// <param name="Done">What was done a moment ago; null for nothing.</param>
internal sealed record OneTenant(Frame Frame, SettingsTabs Tabs, Tenant Tenant, bool MayChange, int Members, string? Problem, string? Done) : IFramed;

/// <summary>What was done a moment ago, by the word in the address.</summary>
internal static class DoneWords
{
    public static string? Of(string? word) => word switch
    {
        "token-removed" => "The token is removed; it holds no more.",
        "account-made" => "The account is made; it may log in now.",
        "account-removed" => "The account is removed, and logged out everywhere.",
        "role" => "The role is changed. The account was logged out everywhere.",
        "password" => "The password is set. The account was logged out everywhere, and its lock is lifted.",
        "totp" => "The one-time codes are off: the password is enough to log in.",
        "unlock" => "The lock is lifted.",
        "tenant-made" => "The tenant is made.",
        "tenant-removed" => "The tenant is removed.",
        "domains" => "The policy domains are changed.",
        _ => null,
    };
}
