using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Waxseal.Answers;
using Waxseal.Commands.Check;


namespace Waxseal.Tests.Commands.Check;

/// <summary>The JSON schema of <c>check --json</c>: its shape from the types that are written, its words from their comments.</summary>
internal static partial class CheckSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, XElement> Comments = Directory
        .GetFiles(AppContext.BaseDirectory, "*.xml")
        .Where(file => Path.GetFileName(file) is "waxseal.xml" or "Waxseal.Protocol.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The schema, as <c>docs/check.schema.json</c> has it.</summary>
    public static string Write()
    {
        JsonNode domain = CheckJsonContext.Default.CheckedDomainJson.GetJsonSchemaAsNode(
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "waxseal check --json",
            ["description"] = "Members are only ever added; version changes when one must go.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["version"] = new JsonObject { ["description"] = "The version of this form.", ["const"] = CheckJson.Version },
                ["domains"] = new JsonObject { ["description"] = "One entry for each policy domain, in the order they were asked for.", ["type"] = "array", ["items"] = domain },
            },
            ["required"] = new JsonArray("version", "domains"),
        };

        // The exporter's references start at what it was asked for.
        return schema.ToJsonString(Layout).Replace("\"#/", "\"#/properties/domains/items/") + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node)
            return schema;
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        string? comment = context.PropertyInfo is { } property ? CommentOf(property) : null;
        comment ??= context.TypeInfo.Kind == JsonTypeInfoKind.Object || type.IsEnum ? TextOf(CommentOf($"T:{type.FullName}")?.Element("summary")) : null;
        if (comment is not null)
            node.Insert(0, "description", comment);
        if (type == typeof(ReadOnlyMemory<byte>))
            node["contentEncoding"] = "base64";
        return node;
    }

    // A member of a record stands in the record's own comment, as a parameter.
    private static string? CommentOf(JsonPropertyInfo property)
    {
        Type type = property.DeclaringType;
        string name = type.GetProperties().Single(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name) == property.Name).Name;
        XElement? parameter = CommentOf($"T:{type.FullName}")?.Elements("param").FirstOrDefault(element => element.Attribute("name")!.Value == name);
        return TextOf(parameter ?? CommentOf($"P:{type.FullName}.{name}")?.Element("summary"));
    }

    private static XElement? CommentOf(string member) => Comments.GetValueOrDefault(member.Replace('+', '.'));

    private static string? TextOf(XElement? comment)
    {
        if (comment is null)
            return null;
        IEnumerable<string> parts = comment.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" or "paramref" } reference => (reference.FirstAttribute?.Value ?? "").Split('.')[^1],
            XElement element => element.Value,
            _ => node.ToString(),
        });
        return Spaces().Replace(string.Concat(parts), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
