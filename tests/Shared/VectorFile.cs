using System.Text.Json;

namespace Waxseal.Tests;

/// <summary>The cases of one file of <c>tests/corpus/vectors</c>, as rows of a theory: name, input, expected.</summary>
internal static class VectorFile
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases(string file)
    {
        using var document = JsonDocument.Parse(TestData.Bytes($"vectors/{file}.json"));
        JsonElement root = document.RootElement.Clone();
        foreach (JsonElement testCase in root.GetProperty("cases").EnumerateArray())
        {
            string name = testCase.GetProperty("name").GetString()!;
            yield return new(name, testCase.GetProperty("input"), testCase.GetProperty("expected")) { TestDisplayName = $"{file}:{name}" };
        }
    }
}
