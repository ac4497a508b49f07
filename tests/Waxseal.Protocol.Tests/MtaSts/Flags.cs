using System.Text.Json;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

/// <summary>The cases of a vector file whole, for the tests that look at what is said about a case.</summary>
internal static class Flags
{
    public static IEnumerable<TheoryDataRow<string, JsonElement>> Cases(string file)
    {
        using var document = JsonDocument.Parse(TestData.Bytes($"vectors/{file}.json"));
        foreach (JsonElement testCase in document.RootElement.Clone().GetProperty("cases").EnumerateArray())
        {
            string name = testCase.GetProperty("name").GetString()!;
            yield return new(name, testCase) { TestDisplayName = $"{file}:{name}" };
        }
    }

    public static bool Has(JsonElement testCase, string flag) =>
        testCase.TryGetProperty(flag, out JsonElement value) && value.GetBoolean();
}
