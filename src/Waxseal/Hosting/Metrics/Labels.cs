using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Waxseal.Hosting.Metrics;

/// <summary>Labels as they stand in the text for Prometheus: <c>role="metrics",reason="all"</c>.</summary>
internal static class Labels
{
    // Values are words of this program; should one come from outside all the same, it does not grow.
    private const int MostLetters = 100;

    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        StringBuilder text = new();
        foreach ((string name, object? value) in tags)
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escaped(WordOf(value))).Append('"');

        return text.ToString();
    }

    /// <summary>The same, as names and words.</summary>
    public static ImmutableArray<(string Name, string Word)> WordsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ImmutableArray<(string Name, string Word)>.Builder words = ImmutableArray.CreateBuilder<(string Name, string Word)>(tags.Length);
        foreach ((string name, object? value) in tags)
            words.Add((name, WordOf(value)));
        return words.MoveToImmutable();
    }

    /// <summary>A text as it stands between quotation marks.</summary>
    public static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string WordOf(object? value)
    {
        string word = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return word.Length > MostLetters ? word[..MostLetters] : word;
    }
}
