using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Waxseal.Tests.Schemas;

/// <summary>JSON schemas of types: their shape from the types that are written, their words from the comments.</summary>
internal static partial class SchemaWriter
{
    private static readonly Dictionary<string, XElement> Comments = Directory
        .GetFiles(AppContext.BaseDirectory, "*.xml")
        .Where(file => Path.GetFileName(file) is "waxseal.xml" or "Waxseal.Protocol.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>The schema of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">Where the schema stands in its document, such as <c>#/components/schemas/x</c>.</param>
    public static JsonNode Write(JsonTypeInfo type, string place) =>
        // The exporter's references start at what it was asked for.
        JsonNode.Parse(type.GetJsonSchemaAsNode(Options).ToJsonString().Replace("\"#/", $"\"{place}/").Replace("\"$ref\":\"#\"", $"\"$ref\":\"{place}\""))!;

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;

        // Of what a converter of ours writes the exporter knows nothing.
        JsonObject? node = schema as JsonObject ?? (type == typeof(DateTimeOffset) ? [] : null);
        if (node is null)
            return schema;
        if (context.TypeInfo.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull && node["required"] is JsonArray required)
            required.RemoveAll(name => context.TypeInfo.Properties.Any(property => property.Name == (string?)name && property.IsGetNullable));
        string? comment = context.PropertyInfo is { } property ? CommentOf(property) : null;
        comment ??= context.TypeInfo.Kind == JsonTypeInfoKind.Object || type.IsEnum ? TextOf(CommentOf($"T:{type.FullName}")?.Element("summary")) : null;
        if (comment is not null)
            node.Insert(0, "description", comment);
        if (type == typeof(DateTimeOffset))
            (node["type"], node["format"]) = (node["type"]?.DeepClone() ?? (context.PropertyInfo is { IsGetNullable: true } ? new JsonArray("string", "null") : "string"), "date-time");
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
