namespace Waxseal.Terminal;

/// <summary>What a piece of text is to the reader; how that looks is decided by the page.</summary>
internal enum TextStyle
{
    Plain,
    Heading,
    Strong,
    Dim,
    Good,
    Warning,
    Error,
}

internal static class TextStyles
{
    private const string Reset = "\e[0m";

    /// <summary>Puts <paramref name="text"/> in the colours of a style (ECMA-48 §8.3.117, SGR).</summary>
    public static string Colour(this TextStyle style, string text) => style switch
    {
        TextStyle.Heading => $"\e[1m{text}{Reset}",
        TextStyle.Strong => $"\e[1m{text}{Reset}",
        TextStyle.Dim => $"\e[2m{text}{Reset}",
        TextStyle.Good => $"\e[32m{text}{Reset}",
        TextStyle.Warning => $"\e[33m{text}{Reset}",
        TextStyle.Error => $"\e[31m{text}{Reset}",
        _ => text,
    };
}
