using System.Text;
using System.Text.Json;


namespace Waxseal.Tests.Commands.Lint;

/// <summary>Holds <c>docs/lint.md</c> against what the program does.</summary>
public class LintPageTests
{
    public static TheoryData<string, string, string, byte[]> Examples =>
    [
        .. LintPage.Rows
            .Where(row => row.Kind != "report" && row.Example is not null)
            .Select(row => (row.Kind, row.Code, row.Severity, row.Example!)),
    ];

    [Fact]
    public void Every_code_of_the_library_is_on_the_page()
    {
        string[] codes = [.. LibraryCodes.OfRecordsAndPolicies(), .. LibraryCodes.OfReports()];
        Assert.True(codes.Length > 150, $"Only {codes.Length} codes were found in the library.");
        Assert.Empty(codes.Except(LintPage.Rows.Select(row => row.Code)));
    }

    [Fact]
    public void No_code_is_on_the_page_twice()
    {
        Assert.Empty(LintPage.Rows.GroupBy(row => row.Code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task Example_shows_its_code(string kind, string code, string severity, byte[] example)
    {
        Outcome outcome = await new CommandRun { Input = example }.RunAsync("lint", kind, "--json");
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Contains(
            json.RootElement.GetProperty("problems").EnumerateArray(),
            problem => problem.GetProperty("code").GetString() == code && problem.GetProperty("severity").GetString() == severity);
    }

    [Theory]
    [MemberData(nameof(VectorFile.Cases), "sts-record", MemberType = typeof(VectorFile))]
    [MemberData(nameof(VectorFile.Cases), "tlsrpt-record", MemberType = typeof(VectorFile))]
    [MemberData(nameof(VectorFile.Cases), "sts-policy", MemberType = typeof(VectorFile))]
    [MemberData(nameof(VectorFile.Cases), "report-body", MemberType = typeof(VectorFile))]
    public async Task Whatever_the_vectors_show_is_on_the_page(string name, JsonElement input, JsonElement expected)
    {
        _ = (name, expected);
        (string kind, byte[] text) = TextOf(input);
        Outcome outcome = await new CommandRun { Input = text }.RunAsync("lint", kind, "--json");
        Assert.Empty(CodesIn(outcome.Out).Except(LintPage.Rows.Select(row => row.Code)));
    }

    // Nothing is written about what does not look like a report at all.
    private static List<string> CodesIn(string output)
    {
        if (output.Length == 0)
            return [];

        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()!)];
    }

    private static (string Kind, byte[] Text) TextOf(JsonElement input)
    {
        if (input.TryGetProperty("report", out JsonElement report))
            return ("report", JsonSerializer.SerializeToUtf8Bytes(report));
        if (input.TryGetProperty("text", out JsonElement text))
            return ("report", Encoding.UTF8.GetBytes(text.GetString()!));
        if (input.TryGetProperty("body", out JsonElement body))
            return ("sts-policy", Encoding.UTF8.GetBytes(body.GetString()!));
        if (input.TryGetProperty("body_base64", out JsonElement octets))
            return ("sts-policy", octets.GetBytesFromBase64());

        string record = string.Concat(input.GetProperty("txt").EnumerateArray().SelectMany(strings => strings.EnumerateArray()).Select(part => part.GetString()));
        return (record.Contains("TLSRPT", StringComparison.OrdinalIgnoreCase) ? "tlsrpt-record" : "sts-record", Encoding.UTF8.GetBytes(record));
    }
}
