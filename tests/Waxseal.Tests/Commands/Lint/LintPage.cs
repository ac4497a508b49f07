using System.Text;

namespace Waxseal.Tests.Commands.Lint;

/// <summary>Reads <c>docs/lint.md</c>.</summary>
internal static class LintPage
{
    public static IReadOnlyList<LintPageRow> Rows { get; } = [.. Read()];

    private static IEnumerable<LintPageRow> Read()
    {
        string kind = "";
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "lint.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                kind = line[3..];
            string[] cells = line.Replace("\\|", "\0", StringComparison.Ordinal).Split(" | ");
            if (line.StartsWith("| `", StringComparison.Ordinal) && kind.Length > 0 && kind != "JSON")
                yield return new LintPageRow(kind, cells[0][3..^1], cells.Length > 2 ? cells[1] : "error", Example(cells[^1]));
        }
    }

    private static byte[]? Example(string cell)
    {
        string text = cell.TrimEnd('|', ' ').Replace('\0', '|');
        return text.StartsWith('`') ? Unescape(text[1..^1]) : null;
    }

    private static byte[] Unescape(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }

            char escaped = text[++i];
            bytes.Add(escaped switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', 'x' => Octet(text, ref i), _ => (byte)escaped });
        }

        return [.. bytes];
    }

    private static byte Octet(string text, ref int i)
    {
        i += 2;
        return Convert.ToByte(text[(i - 1)..(i + 1)], 16);
    }
}

/// <summary>One problem of the page.</summary>
internal sealed record LintPageRow(string Kind, string Code, string Severity, byte[]? Example);
