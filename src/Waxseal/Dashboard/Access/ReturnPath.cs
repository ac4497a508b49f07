namespace Waxseal.Dashboard.Access;

/// <summary>Where somebody goes after a login: a path of this site, whatever a stranger wrote into a link.</summary>
internal static class ReturnPath
{
    /// <summary>The path, or the overview where it is none of ours.</summary>
    public static string Of(string? text) => text is not null && IsOurs(text) ? text : "/";

    // Browsers read // and /\ as the beginning of another host.
    public static bool IsOurs(string text) =>
        text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal) && text.All(letter => letter is > ' ' and < '\u007f');
}
