using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Dashboard;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Dashboard.Api;

/// <summary>Writes down the table of the API for programs, as <c>docs/openapi.json</c> has it.</summary>
internal static class OpenApi
{
    private const string ProblemName = "Problem";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (int Status, string Meaning)[] Problems =
    [
        (400, "A parameter or the body is not as it must be."), (401, "It is not known who asks."), (403, "The role or tenant may not."), (404, "There is no such thing."),
        (406, "Accept wants another form."), (503, "The store is not there; ask again after Retry-After."),
    ];

    private static readonly (int Status, string Meaning)[] Conflicts = [(409, "It does not go together with what is there.")];

    private static readonly (int Status, string Meaning)[] BodyProblems =
        [(413, "The body is too large."), (415, "The body is of another kind."), (429, "Too many ask at once; ask again after Retry-After.")];

    /// <summary>All addresses, without what they need to answer.</summary>
    public static IEnumerable<ApiRoute> Routes => new ApiRoutes(new ApiWork(null!), new Reparsing(null!, NullLogger.Instance), new Installation(), new AccessApi(null!), null!, null!).All;

    public static string Write()
    {
        ApiRoute[] routes = [.. Routes];
        JsonObject schemas = [];
        foreach (JsonTypeInfo type in routes.Select(route => route.Answer).OfType<JsonTypeInfo>().Append(ApiJsonContext.Default.Problem).Concat(routes.Select(route => route.Body?.Type).OfType<JsonTypeInfo>()).DistinctBy(NameOf))
            schemas[NameOf(type)] = SchemaWriter.Write(type, $"#/components/schemas/{NameOf(type)}");
        JsonObject paths = [];
        foreach (IGrouping<string, ApiRoute> path in routes.GroupBy(route => ApiRoute.Base + route.Path))
            paths[path.Key] = new JsonObject(path.Select(route => KeyValuePair.Create(route.Method.ToLowerInvariant(), (JsonNode?)Operation(route))));
        JsonObject all = new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Waxseal", ["version"] = "1", ["description"] = "What the pages of the dashboard show and do. Members are only ever added; the path changes when one must go.", ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" } },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["cookie"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A token of an account or a tenant." },
                    ["cookie"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "waxseal", ["description"] = "The login of a browser." },
                },
                ["schemas"] = schemas,
            },
        };
        return all.ToJsonString(Layout) + "\n";
    }

    /// <summary>The name of the schema of an answer.</summary>
    public static string NameOf(JsonTypeInfo type) => type.Type.Name.Replace("Json", "", StringComparison.Ordinal);

    private static JsonObject Operation(ApiRoute route)
    {
        JsonObject operation = new()
        {
            ["summary"] = route.Summary,
            ["description"] = $"Takes the role {route.Least.ToString().ToLowerInvariant()}{(route.Least is ViewerRole.Viewer or ViewerRole.Owner ? "" : " or a higher one")}{(route.IsOfWhole ? ", and nobody who belongs to a tenant" : "")}.",
            ["operationId"] = $"{route.Method.ToLowerInvariant()}{string.Concat(route.Path.Split('/', '{', '}', '.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]))}",
            ["parameters"] = new JsonArray([.. route.Path.Split('/').Where(part => part.StartsWith('{')).Select(InPath), .. route.Parameters.Select(InQuery)]),
            ["responses"] = Responses(route),
        };
        if (route.Body is { } body)
        {
            bool isJson = body.MediaTypes.Length > 0;
            operation["requestBody"] = new JsonObject
            {
                ["description"] = $"Expected is: {body.Meaning} At most {body.MostBytes} bytes.",
                ["required"] = true,
                ["content"] = new JsonObject { [isJson ? body.MediaTypes[0] : "*/*"] = body.Type is { } form ? new JsonObject { ["schema"] = Reference(NameOf(form)) } : new JsonObject() },
            };
        }

        return operation;
    }

    private static JsonNode InPath(string part) =>
        new JsonObject { ["name"] = part[1..^1], ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonNode InQuery(ApiParameter parameter)
    {
        JsonObject schema = new() { ["type"] = parameter.Most is null ? "string" : "integer" };
        if (parameter.Most is { } most)
            (schema["minimum"], schema["maximum"]) = (1, most);
        if (parameter.IsDay)
            schema["format"] = "date";
        if (!parameter.Words.IsEmpty)
            schema["enum"] = new JsonArray([.. parameter.Words.Select(word => JsonValue.Create(word))]);
        return new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Meaning, ["schema"] = schema };
    }

    private static JsonObject Responses(ApiRoute route)
    {
        JsonObject content = [];
        foreach (string type in route.MediaTypes)
            content[type] = type == ApiAnswer.Json && route.Answer is { } answer ? new JsonObject { ["schema"] = Reference(NameOf(answer)) } : new JsonObject();
        JsonObject outcome = new() { ["description"] = route.Status == 204 ? "It is done." : "The answer." };
        if (content.Count > 0)
            outcome["content"] = content;
        JsonObject responses = new() { [$"{route.Status}"] = outcome };
        if (route.Method == "GET")
            responses["304"] = new JsonObject { ["description"] = "It is what If-None-Match names." };
        bool changes = route.Method != "GET" && route.Least == ViewerRole.Owner;
        foreach ((int status, string meaning) in (IEnumerable<(int, string)>)[.. Problems, .. route.Body is null ? [] : BodyProblems, .. changes ? Conflicts : []])
            responses[$"{status}"] = new JsonObject { ["description"] = meaning, ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference(ProblemName) } } };
        return responses;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
