using System.Globalization;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>Guesses what a malformed value was meant to be. A guess is only ever offered, never used.</summary>
internal static class ValueSlips
{
    // White space, quotation marks of keyboards and word processors, and separators.
    private const string Wrapping = " \t\u00A0\u200B\uFEFF\"'\u2018\u2019\u201C\u201D;,.";

    // Spaces and commas that group digits.
    private const string Grouping = " \u00A0\u202F,_'";

    /// <summary>The value without quotation marks, separators or a comment around it.</summary>
    public static string Bare(string value)
    {
        int comment = value.IndexOf('#');
        return (comment < 0 ? value : value[..comment]).Trim(Wrapping.ToCharArray());
    }

    public static StsMode? MeantMode(string value)
    {
        string word = Bare(value).ToLowerInvariant();
        return word switch
        {
            // The word that drafts of the standard had for testing.
            "report" or "test" => StsMode.Testing,
            "enforced" => StsMode.Enforce,
            _ => StsModes.FromWord(word),
        };
    }

    /// <summary>Seconds, within the limit of RFC 8461 §3.2.</summary>
    public static long? MeantMaxAge(string value)
    {
        string text = Bare(value).TrimStart('+');
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || Grouping.Contains(text[end])))
            end++;

        string digits = new([.. text[..end].Where(char.IsAsciiDigit)]);
        long? unit = SecondsOf(text[end..].ToLowerInvariant());
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        if (!isNumber || unit is null || number > StsPolicy.LongestMaxAge.TotalSeconds / unit)
            return null;
        return number * unit;
    }

    // A month is left out: its length is a guess too far.
    private static long? SecondsOf(string unit) => unit switch
    {
        "" or ".0" or ".00" or "s" or "sec" or "second" or "seconds" => 1,
        "h" or "hour" or "hours" => 3_600,
        "d" or "day" or "days" => 86_400,
        "w" or "week" or "weeks" => 604_800,
        _ => null,
    };
}
