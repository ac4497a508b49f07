namespace Waxseal.Access;

/// <summary>The names of accounts and tenants: letters and digits of ASCII, and what stands in addresses of mail.</summary>
internal static class AccountName
{
    private const int MostLength = 128;
    private const string Marks = ".-_@+";

    /// <summary>What a name looks like, for people.</summary>
    public const string Grammar = "1 to 128 letters, digits, or any of . - _ @ +";

    /// <summary>The name in lower case; null when it is none.</summary>
    public static string? Of(string text) =>
        text.Length is > 0 and <= MostLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || Marks.Contains(letter, StringComparison.Ordinal))
            ? text.ToLowerInvariant()
            : null;
}
