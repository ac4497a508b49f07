using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Alerts.Judgement;

/// <summary>The subjects of alerts. They are made of texts from reports, and part of a key, so none is long.</summary>
internal static class Subjects
{
    private const int Longest = 120;

    /// <summary>Where too many are the matter to name each.</summary>
    public const string Several = "several reporters";

    public static string Of(params ReadOnlySpan<string> parts)
    {
        string text = string.Join(": ", parts.ToArray().Select(part => part.Replace("\0", "\uFFFD", StringComparison.Ordinal)));
        return text.Length <= Longest && !text.Any(char.IsSurrogate) ? text
            : $"{string.Concat(text.Where(letter => !char.IsSurrogate(letter)).Take(Longest))} #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..4))}";
    }
}
