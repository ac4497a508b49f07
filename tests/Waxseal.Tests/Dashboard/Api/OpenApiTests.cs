using System.Text.Json.Nodes;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Dashboard.Api;

public class OpenApiTests
{
    [Fact]
    public void The_page_in_docs_is_that_of_the_table()
    {
        string written = OpenApi.Write();
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "openapi.json"));

        string found = Path.Combine(AppContext.BaseDirectory, "openapi.json");
        File.WriteAllText(found, written);
        Assert.True(page == written, $"docs/openapi.json is stale; copy {found} over it");
    }

    [Fact]
    public void Every_member_of_every_answer_is_described() =>
        Assert.Empty(JsonNode.Parse(OpenApi.Write())!["components"]!["schemas"]!.AsObject().SelectMany(schema => SchemaReader.Undescribed(schema.Value!, schema.Key)));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        JsonObject all = JsonNode.Parse(OpenApi.Write())!.AsObject();

        foreach (string reference in References(all))
            Assert.NotNull(SchemaReader.Resolve(all, reference));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject entries => entries.SelectMany(entry => entry is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : References(entry.Value)),
        JsonArray entries => entries.SelectMany(References),
        _ => [],
    };
}
