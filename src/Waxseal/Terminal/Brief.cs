namespace Waxseal.Terminal;

/// <summary>Texts no longer than they may be.</summary>
internal static class Brief
{
    private const string Rest = " ...";

    /// <summary>A text on one line, with nothing in it that cannot be seen.</summary>
    public static string Line(string text, int longest) => Cut(Printable.Of(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), longest);

    /// <summary>A text, or its beginning; no letter is cut in two.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        int end = longest - Rest.Length;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}{Rest}";
    }
}
