using System.Text;

namespace Waxseal.Protocol.Parsing;

/// <summary>Makes a stranger's text fit to stand within a sentence.</summary>
internal static class QuotedText
{
    // What matters of a name or a reason stands at its beginning.
    private const int UsualLength = 120;

    private const int LogLength = 250;

    // RFC 1035 §2.3.4: 255 octets hold the longest name.
    private const int NameLength = 255;

    /// <summary>The text on one line: each run of white space and control characters becomes one space, and its end is cut.</summary>
    public static string OneLine(string text) => OneLine(text, UsualLength);

    /// <summary>The same for a line of a log, whose middle matters as well.</summary>
    public static string OneLineOfLog(string text) => OneLine(text, LogLength);

    /// <summary>The same for what should be a host name.</summary>
    public static string OneLineName(string name) => OneLine(name, NameLength);

    private static string OneLine(string text, int longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
            if (line.Length > longest)
                return $"{line.ToString(0, longest).TrimEnd(' ')} [...]";
        }

        return line.ToString().TrimEnd(' ');
    }
}
