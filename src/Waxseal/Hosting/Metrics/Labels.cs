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
        {
            string word = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escaped(word.Length > MostLetters ? word[..MostLetters] : word)).Append('"');
        }

        return text.ToString();
    }

    /// <summary>A text as it stands between quotation marks.</summary>
    public static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
