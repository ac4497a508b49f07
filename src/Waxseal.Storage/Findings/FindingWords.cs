namespace Waxseal.Storage.Findings;

/// <summary>The words that stand in the database for the values of enums.</summary>
internal static class FindingWords
{
    public static string ToWord(this FindingSource source) => source == FindingSource.Look ? "look" : "reports";

    public static FindingSource SourceOf(string word) => Enum.GetValues<FindingSource>().First(source => source.ToWord() == word);
}
