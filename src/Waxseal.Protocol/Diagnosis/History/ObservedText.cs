using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>Writes what was observed as text that can be kept and compared, whatever a stranger published.</summary>
internal static class ObservedText
{
    public const string Signed = "signed";
    public const string NotSigned = "not signed";

    // Real values have some hundred characters; of what is longer a digest tells as well whether it changed.
    private const int LongestValue = 4096;
    private const int LongestName = 253;

    /// <summary>Texts in an order of their own, each once and on a line of its own; null when there are none.</summary>
    public static string? Lines(IEnumerable<string?> texts)
    {
        string lines = string.Join('\n', texts.OfType<string>().Distinct().Order(StringComparer.Ordinal));
        return lines.Length == 0 ? null : Limited(lines);
    }

    /// <summary>A text of several lines.</summary>
    public static string Whole(ReadOnlySpan<byte> octets) => Limited(Encoding.UTF8.GetString(octets).ReplaceLineEndings("\n").TrimEnd('\n'));

    /// <summary>A text of one line.</summary>
    public static string Printable(ReadOnlySpan<byte> octets) => Cleaned(Encoding.UTF8.GetString(octets), char.IsControl);

    /// <summary>A name, cut where it is beyond all measure.</summary>
    public static string Shortened(string name) => Cleaned(name.Length > LongestName ? name[..LongestName] : name, letter => char.IsControl(letter) || char.IsSurrogate(letter));

    private static string Limited(string text) => text.Length > LongestValue
        ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}"
        : Cleaned(text, letter => char.IsControl(letter) && letter is not ('\n' or '\t'));

    private static string Cleaned(string text, Func<char, bool> isBad) =>
        text.Any(isBad) ? string.Concat(text.Select(letter => isBad(letter) ? '\uFFFD' : letter)) : text;
}
