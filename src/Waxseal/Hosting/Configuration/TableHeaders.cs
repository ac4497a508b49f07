using System.Text.RegularExpressions;

namespace Waxseal.Hosting.Configuration;

/// <summary>Finds headers of tables that stand in a file twice; the parser takes two of them for one.</summary>
internal static partial class TableHeaders
{
    /// <summary>The second of each, with its line.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="linesOfTexts">The lines that texts stand on, which may look like headers.</param>
    public static IEnumerable<(int Line, string Name)> Repeated(string text, IReadOnlySet<int> linesOfTexts)
    {
        HashSet<string> seen = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (linesOfTexts.Contains(i + 1) || Header().Match(lines[i]) is not { Success: true } header)
                continue;
            string name = Blanks().Replace(header.Groups["name"].Value, "");
            if (header.Groups["double"].Length > 0)
                seen.RemoveWhere(other => other.StartsWith($"{name}.", StringComparison.Ordinal));
            else if (!seen.Add(name))
                yield return (i + 1, name);
        }
    }

    // TOML 1.0: std-table = "[" key "]", array-table = "[[" key "]]"; keys in quotation marks are the names of no section.
    [GeneratedRegex(@"^\s*\[(?<double>\[)?(?<name>[A-Za-z0-9_.\-\t ]+)\]\]?\s*(#.*)?$")]
    private static partial Regex Header();

    [GeneratedRegex("[ \\t]")]
    private static partial Regex Blanks();
}
