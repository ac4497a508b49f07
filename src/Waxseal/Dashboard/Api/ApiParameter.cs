using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Names;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Api;

/// <summary>Something that a caller may say beside the path.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means, as a sentence.</param>
/// <param name="Takes">What it takes, after "takes".</param>
/// <param name="Fits">Whether a value is such.</param>
internal sealed record ApiParameter(string Name, string Meaning, string Takes, Func<string, bool> Fits)
{
    /// <summary>The most entries of one answer.</summary>
    public const int MostEntries = 500;

    /// <summary>The words it takes; empty where it takes more than words.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>The greatest number it takes; null where it takes no number.</summary>
    public int? Most { get; init; }

    /// <summary>Whether it takes days.</summary>
    public bool IsDay { get; init; }

    public static ApiParameter Text(string name, string meaning) => new(name, meaning, "a text", _ => true);

    public static ApiParameter Domain(string name, string meaning) => new(name, meaning, "a domain name such as example.com", text => DomainName.TryParse(text, out _, out _));

    public static ApiParameter Word(string name, string meaning, params ImmutableArray<string> words) =>
        new(name, meaning, $"one of {string.Join(", ", words)}", text => words.Contains(text)) { Words = words };

    public static ApiParameter Day(string name, string meaning) =>
        new(name, meaning, "a day such as 2026-03-01", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) { IsDay = true };

    public static ApiParameter Place(string meaning) => new("after", meaning, "the place that the page before ended with, as its next has it", text => ReportCursor.TryParse(text, out _));

    public static ApiParameter After(string meaning) => new("after", meaning, "the name that the page before ended with, as its next has it", _ => true);

    public static ApiParameter Limit(string meaning) => new("limit", meaning, $"a number from 1 to {MostEntries}", text => NumberIn(text) is >= 1 and <= MostEntries) { Most = MostEntries };

    /// <summary>A whole number; null when it is none.</summary>
    public static int? NumberIn(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
