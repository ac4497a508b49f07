using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Puts names into the texts of a cause.</summary>
internal static class Placeholders
{
    /// <summary>The cause with every placeholder of its texts replaced.</summary>
    /// <param name="cause">The cause as the catalogue has it.</param>
    /// <param name="value">What stands for a placeholder, by its name without braces.</param>
    public static Cause Fill(Cause cause, Func<string, string> value) => cause with
    {
        Title = Fill(cause.Title, value),
        Fix = Fill(cause.Fix, value),
        Paste = cause.Paste is { } paste ? Fill(paste, value) : null,
        Decides = Fill(cause.Decides, value),
    };

    /// <summary>The MX host that a line to paste is about: that of the names where there is one alone, and it is a name of DNS.</summary>
    public static string MxHost(IEnumerable<string> names) =>
        names.Take(2).ToArray() is [var only] && DomainName.TryParse(only.TrimEnd('.'), out DomainName? name, out _) ? name.Value : "<MX host>";

    // In one pass: a stranger's name is not searched for names again.
    private static string Fill(string text, Func<string, string> value)
    {
        var filled = new StringBuilder(text.Length);
        while (text.IndexOf('{') is >= 0 and var open && text.IndexOf('}', open) is >= 0 and var close)
        {
            filled.Append(text, 0, open).Append(value(text[(open + 1)..close]));
            text = text[(close + 1)..];
        }

        return filled.Append(text).ToString();
    }
}
