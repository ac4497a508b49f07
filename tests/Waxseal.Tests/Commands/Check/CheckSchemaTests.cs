using System.Text.Json.Nodes;
using Waxseal.Lab;
using Waxseal.Lab.Faults;

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
        Assert.Empty(Undescribed(JsonNode.Parse(CheckSchema.Write())!, "$"));

    private static IEnumerable<string> Undescribed(JsonNode schema, string place) =>
    [
        .. from member in schema["properties"]?.AsObject() ?? []
           where member.Value!["description"] is null && member.Value["$ref"] is null
           select $"{place}.{member.Key}",
        .. (schema["properties"]?.AsObject() ?? []).SelectMany(member => Undescribed(member.Value!, $"{place}.{member.Key}")),
        .. schema["items"] is { } items ? Undescribed(items, $"{place}[]") : [],
    ];

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
        Assert.Empty(Breaks(schema, schema, JsonNode.Parse(outcome.Out), "$"));
        Assert.NotEmpty(Breaks(schema, schema, JsonNode.Parse(outcome.Out.Replace("\"policyHost\":", "\"policyHosts\":")), "$"));
    }

    // As much of JSON Schema as the exporter writes; a member that the schema lacks is a break as well.
    private static IEnumerable<string> Breaks(JsonObject root, JsonNode schema, JsonNode? value, string place)
    {
        if (schema is not JsonObject rules)
            return [];
        if (rules["$ref"]?.GetValue<string>() is { } reference)
            return Breaks(root, Resolve(root, reference), value, place);
        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return [$"{place}: {value} is none of the words"];
        if (rules["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            return [$"{place}: {value} is not {constant}"];
        string[] types = rules["type"] switch
        {
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            { } one => [one.GetValue<string>()],
            null => [],
        };
        if (types.Length > 0 && !types.Any(type => IsOf(type, value)))
            return [$"{place}: {value?.ToJsonString() ?? "null"} is not of type {string.Join(" or ", types)}"];
        return value switch
        {
            JsonObject entries => BreaksOf(root, rules, entries, place),
            JsonArray entries when rules["items"] is { } items => entries.SelectMany((entry, index) => Breaks(root, items, entry, $"{place}[{index}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> BreaksOf(JsonObject root, JsonObject rules, JsonObject value, string place)
    {
        JsonObject properties = rules["properties"]?.AsObject() ?? [];
        return
        [
            .. (rules["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !value.ContainsKey(name)).Select(name => $"{place}.{name} is missing"),
            .. value.SelectMany(member => properties[member.Key] is { } schema
                ? Breaks(root, schema, member.Value, $"{place}.{member.Key}")
                : [$"{place}.{member.Key} is not in the schema"]),
        ];
    }

    private static JsonNode Resolve(JsonNode root, string reference) =>
        reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step)]! : node[step.Replace("~1", "/").Replace("~0", "~")]!);

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null or System.Text.Json.JsonValueKind.Null) => true,
        ("string", System.Text.Json.JsonValueKind.String) => true,
        ("integer" or "number", System.Text.Json.JsonValueKind.Number) => true,
        ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        ("array", System.Text.Json.JsonValueKind.Array) => true,
        ("object", System.Text.Json.JsonValueKind.Object) => true,
        _ => false,
    };
}
