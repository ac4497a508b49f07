using System.Text;
using System.Text.Json;

namespace Waxseal.Fuzz;

/// <summary>Where fuzzing begins: the files of <c>tests/corpus</c> and <c>samples</c>, which lie beside the program.</summary>
internal static class Seeds
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>All texts and all JSON objects among the inputs of a file of <c>tests/corpus/vectors</c>.</summary>
    public static IEnumerable<byte[]> Vectors(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus, "vectors", $"{file}.json")));
        JsonElement cases = document.RootElement.GetProperty("cases");
        return [.. cases.EnumerateArray().SelectMany(testCase => Pieces(testCase.GetProperty("input"), depth: 0))];
    }

    /// <summary>All files below a folder of the corpus, none when there is no such folder.</summary>
    public static IEnumerable<byte[]> Folder(string folder)
    {
        string path = Path.Combine(Corpus, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            : [];
    }

    public static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<byte[]> Pieces(JsonElement input, int depth) => input.ValueKind switch
    {
        JsonValueKind.String => [Encoding.UTF8.GetBytes(input.GetString()!)],
        JsonValueKind.Array => input.EnumerateArray().SelectMany(item => Pieces(item, depth)),
        JsonValueKind.Object when depth == 0 => input.EnumerateObject().SelectMany(member => Pieces(member.Value, depth + 1)),
        JsonValueKind.Object => [Encoding.UTF8.GetBytes(input.GetRawText())],
        _ => [],
    };
}
