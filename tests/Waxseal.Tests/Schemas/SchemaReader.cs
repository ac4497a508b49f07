using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waxseal.Tests.Schemas;

/// <summary>Holds values against JSON schemas.</summary>
internal static class SchemaReader
{
    /// <summary>The members that a schema has no words for.</summary>
    public static IEnumerable<string> Undescribed(JsonNode schema, string place) =>
    [
        .. from member in schema["properties"]?.AsObject() ?? []
           where member.Value!["description"] is null && member.Value["$ref"] is null
           select $"{place}.{member.Key}",
        .. (schema["properties"]?.AsObject() ?? []).SelectMany(member => Undescribed(member.Value!, $"{place}.{member.Key}")),
        .. schema["items"] is { } items ? Undescribed(items, $"{place}[]") : [],
    ];

    /// <summary>Where a value departs from a schema: as much of JSON Schema as the exporter writes; a member that the schema lacks is a break as well.</summary>
    public static IEnumerable<string> Breaks(JsonObject root, JsonNode schema, JsonNode? value, string place)
    {
        if (schema is not JsonObject rules)
            return [];
        if (rules["$ref"]?.GetValue<string>() is { } reference)
            return Breaks(root, Resolve(root, reference), value, place);
        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return [$"{place}: {value} is none of the words"];
        if (rules["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            return [$"{place}: {value} is not {constant}"];
        if (rules["anyOf"] is JsonArray choices)
            return choices.Any(choice => !Breaks(root, choice!, value, place).Any()) ? [] : [$"{place}: {value?.ToJsonString() ?? "null"} is none of the choices"];
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

    /// <summary>What a reference leads to.</summary>
    public static JsonNode Resolve(JsonNode root, string reference) =>
        reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step)]! : node[step.Replace("~1", "/").Replace("~0", "~")]!);

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null or JsonValueKind.Null) => true,
        ("string", JsonValueKind.String) => true,
        ("integer" or "number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("array", JsonValueKind.Array) => true,
        ("object", JsonValueKind.Object) => true,
        _ => false,
    };
}
