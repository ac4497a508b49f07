using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waxseal.Answers;
using Waxseal.Commands.Check;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Commands.Check;

/// <summary>The JSON schema of <c>check --json</c>: its shape from the types that are written, its words from their comments.</summary>
internal static class CheckSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, as <c>docs/check.schema.json</c> has it.</summary>
    public static string Write()
    {
        JsonNode domain = SchemaWriter.Write(CheckJsonContext.Default.CheckedDomainJson, "#/properties/domains/items");
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

        return schema.ToJsonString(Layout) + "\n";
    }
}
