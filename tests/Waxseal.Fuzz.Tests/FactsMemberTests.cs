using System.Text;
using System.Text.Json.Nodes;

namespace Waxseal.Fuzz.Tests;

/// <summary>Facts in which one value is another, or is gone: what chance finds late, since the text has to stay JSON.</summary>
public class FactsMemberTests
{
    private static readonly string?[] Others =
    [
        null, "null", "[]", "{}", "[null]", "true", "\"\"", "\".\"", "\"..\"", "\"x\"", "\"*.\"", "\"a\\u0000\\u001b[2J\\u202e\"", "\"\\ud800\"", "\"xn--a\"", "0", "-1", "0.5", "1e308",
        "-1e308", "65536", "2147483647", "4294967295", "9223372036854775807", "\"0001-01-01T00:00:00+00:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"AAAA\"", "\"/////w==\"", "\"127.0.0.1\"", "\"found\"", "\"failed\"", "\"no-name\"", "\"timeout\"", "\"secure\"", "\"bogus\"", "\"usual\"", "\"handshake\"", "3.14",
    ];

    [Fact]
    public void Any_member_may_be_gone_or_another()
    {
        FuzzTarget target = FuzzTargets.Named("facts");
        HashSet<string> done = [];
        List<string> faults = [];
        foreach (byte[] seed in target.Seeds())
        {
            string[] paths = [.. Paths(JsonNode.Parse(seed)!, "").Where(path => done.Add(path) || true)];
            foreach (string path in paths)
            {
                foreach (string? other in Others)
                {
                    byte[] input = Encoding.UTF8.GetBytes(Changed(seed, path, other));
                    if (Record.Exception(() => target.Run(input)) is { } fault)
                        faults.Add($"{path} as {other ?? "nothing"}: {fault}");
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults, such as\n{string.Join('\n', faults.Take(5))}");
        Assert.True(done.Count > 100);
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, $"{path}/{member.Key}").Prepend($"{path}/{member.Key}")),
        JsonArray items => items.SelectMany((item, i) => Paths(item, $"{path}/{i}").Prepend($"{path}/{i}")),
        _ => [],
    };

    private static string WithoutNumbers(string path) => string.Join('/', path.Split('/').Select(part => int.TryParse(part, out _) ? "0" : part));

    private static string Changed(byte[] seed, string path, string? other)
    {
        JsonNode root = JsonNode.Parse(seed)!;
        string[] parts = path.Split('/')[1..];
        JsonNode parent = root;
        foreach (string part in parts[..^1])
            parent = parent is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : parent[part]!;

        // A mark that no escape changes stands in for the other value, which need not be one that JsonNode knows.
        const string mark = "the other value";
        switch (parent)
        {
            case JsonArray array when other is null:
                array.RemoveAt(int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture));
                break;
            case JsonArray array:
                array[int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture)] = mark;
                break;
            case JsonObject members when other is null:
                members.Remove(parts[^1]);
                break;
            default:
                parent[parts[^1]] = mark;
                break;
        }

        return root.ToJsonString().Replace($"\"{mark}\"", other, StringComparison.Ordinal);
    }
}
