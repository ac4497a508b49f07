namespace Waxseal.Terminal;

/// <summary>Finds the word that a misspelt one was probably meant to be.</summary>
internal static class NearWord
{
    // Letters that may be missing, wrong or too many for a suggestion still to be likely.
    private const int MostLettersWrong = 2;

    /// <summary>The nearest of the words, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known) => known
        .Select(other => (Word: other, Wrong: Distance(word, other)))
        .OrderBy(other => other.Wrong)
        .FirstOrDefault(other => other.Wrong <= Math.Min(MostLettersWrong, other.Word.Length / 2)).Word;

    // Levenshtein: the fewest letters to add, take away or exchange.
    private static int Distance(string word, string known)
    {
        int[] row = [.. Enumerable.Range(0, known.Length + 1)];
        for (int i = 1; i <= word.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= known.Length; j++)
            {
                int exchanged = diagonal + (word[i - 1] == known[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
