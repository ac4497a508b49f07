namespace Waxseal.Answers;

/// <summary>What looks showed, as it is told to people.</summary>
internal static class ObservedWords
{
    private const int LongestDigest = 16;
    private const int LeastDigits = 40;

    /// <summary>A line of a value; digests are told by their beginning.</summary>
    public static string Short(string line) =>
        string.Join(' ', line.Split(' ').Select(word => word.Length >= LeastDigits && word.All(char.IsAsciiHexDigit) ? $"{word[..LongestDigest]}..." : word));
}
