namespace Waxseal.Storage.Access;

/// <summary>The words that stand in the database and on the command line for what somebody may do.</summary>
internal static class AccessWords
{
    public static string ToWord(this AccountRole role) => role.ToString().ToLowerInvariant();

    /// <summary>The same of a token: its scope.</summary>
    public static string ToScope(this AccountRole role) => role switch
    {
        AccountRole.Viewer => "read",
        AccountRole.Operator => "operate",
        _ => "manage",
    };

    public static AccountRole RoleOf(string word) => Enum.GetValues<AccountRole>().First(role => role.ToWord() == word);

    public static AccountRole RoleOfScope(string word) => Enum.GetValues<AccountRole>().First(role => role.ToScope() == word);
}
