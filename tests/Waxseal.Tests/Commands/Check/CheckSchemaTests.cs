using System.Text.Json.Nodes;
using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Commands.Check;

public class CheckSchemaTests
{
    [Fact]
    public void The_schema_in_docs_is_that_of_the_types_written()
    {
        string schema = CheckSchema.Write();
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "check.schema.json"));

        string found = Path.Combine(AppContext.BaseDirectory, "check.schema.json");
        File.WriteAllText(found, schema);
        Assert.True(page == schema, $"docs/check.schema.json is stale; copy {found} over it");
    }

    [Fact]
    public void Every_member_is_described() =>
        Assert.Empty(SchemaReader.Undescribed(JsonNode.Parse(CheckSchema.Write())!, "$"));

    [Theory]
    [InlineData(null)]
    [InlineData("G01 404")]
    [InlineData("F02 an expired certificate")]
    [InlineData("D03 nothing listens at the port")]
    public async Task An_answer_keeps_to_the_schema(string? fault)
    {
        await using LabWorld world = LabWorld.Create();
        if (fault is not null)
            LabFaults.Get(fault).Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--json");

        JsonObject schema = JsonNode.Parse(CheckSchema.Write())!.AsObject();
        Assert.Empty(SchemaReader.Breaks(schema, schema, JsonNode.Parse(outcome.Out), "$"));
        Assert.NotEmpty(SchemaReader.Breaks(schema, schema, JsonNode.Parse(outcome.Out.Replace("\"policyHost\":", "\"policyHosts\":")), "$"));
    }
}
