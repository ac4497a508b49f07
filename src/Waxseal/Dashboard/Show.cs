using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Waxseal.Dashboard;

/// <summary>Numbers, days and words as pages show them. All times are UTC.</summary>
internal static class Show
{
    /// <summary>A number with its thousands apart.</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A number in four characters or fewer.</summary>
    public static string Short(long number) => number switch
    {
        < 1000 => number.ToString(CultureInfo.InvariantCulture),
        < 10_000 => (number / 1000.0).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        < 1_000_000 => (number / 1000).ToString(CultureInfo.InvariantCulture) + "k",
        < 1_000_000_000 => (number / 1_000_000).ToString(CultureInfo.InvariantCulture) + "M",
        _ => (number / 1_000_000_000).ToString(CultureInfo.InvariantCulture) + "G",
    };

    /// <summary>Octets in a unit that leaves three digits or fewer.</summary>
    public static string Octets(long octets) => octets switch
    {
        < 1000 => Count(octets) + " B",
        < 1_000_000 => (octets / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " kB",
        < 1_000_000_000 => (octets / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " MB",
        _ => (octets / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " GB",
    };

    /// <summary>A share of a whole; never 100 % while something is missing, nor 0 % while something is there.</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
            return "–";
        double percent = 100.0 * part / whole;
        if (part < whole && percent > 99.9)
            return "> 99.9 %";
        if (part > 0 && percent < 0.1)
            return "< 0.1 %";
        return percent.ToString(percent is 0 or 100 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A share between 0 and 1, as whole percents that were reckoned for it where there are any.</summary>
    public static string Percent(double share, int? percent) => (percent ?? share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number and its word.</summary>
    public static string Count(long number, string word, string? plural = null) => $"{Count(number)} {(number == 1 ? word : plural ?? word + "s")}";

    /// <summary>A length of time in its largest whole unit.</summary>
    public static string Span(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 ? Count((long)span.TotalDays, "day")
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? Count((long)span.TotalHours, "hour")
        : span.Ticks % TimeSpan.TicksPerMinute == 0 ? Count((long)span.TotalMinutes, "minute")
        : Count((long)span.TotalSeconds, "second");

    /// <summary>A day, such as 7 Nov.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>A day with its year, such as 2024-11-07.</summary>
    public static string WholeDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A time to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same for programs.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number in an attribute of SVG.</summary>
    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A text cut to a length.</summary>
    public static string Brief(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    /// <summary>A text in which what stands between back quotes is code.</summary>
    public static HtmlString Codes(string text)
    {
        string[] pieces = text.Split('`');
        return new(string.Concat(pieces.Select((piece, i) => i % 2 == 1 && i < pieces.Length - 1 ? $"<code>{Encoded(piece)}</code>" : i % 2 == 1 ? $"`{Encoded(piece)}" : Encoded(piece))));
    }

    /// <summary>Names in a row, the first three of them.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        1 => Brief(names[0], 40),
        2 or 3 => $"{string.Join(", ", names.SkipLast(1).Select(name => Brief(name, 40)))} and {Brief(names[^1], 40)}",
        _ => $"{Brief(names[0], 40)}, {Brief(names[1], 40)} and {names.Count - 2} others",
    };

    /// <summary>A text with a capital in front, unless it begins with a name of DNS.</summary>
    public static string Capital(string text)
    {
        int end = text.AsSpan().IndexOf(' ') is >= 0 and var space ? space : text.Length;
        return text.Length > 0 && !text.AsSpan(..end).TrimEnd(".,:").ContainsAnyExceptInRange('a', 'z') ? $"{char.ToUpperInvariant(text[0])}{text[1..]}" : text;
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
