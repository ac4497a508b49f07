using System.Text.Json;
using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Tests.Commands.Check;

namespace Waxseal.Tests.Commands.Explain;

public class FactsTests
{
    private static readonly string Question = System.IO.Path.Combine(AppContext.BaseDirectory, "samples", "question");

    [Fact]
    public async Task A_fault_that_shows_now_is_the_likeliest_cause()
    {
        JsonElement finding = await ExplainWithFactsAsync(LabFaults.Get("G05 a rule against requests without User-Agent"));

        JsonElement first = finding.GetProperty("causes")[0];
        Assert.Equal("G05", first.GetProperty("id").GetString());
        Assert.Contains(first.GetProperty("weights").EnumerateArray(), weight => weight.GetProperty("reason").GetString()!.StartsWith("seen ", StringComparison.Ordinal));
        Assert.Contains(finding.GetProperty("readings").EnumerateArray(), reading => reading.GetProperty("text").GetString()!.Contains("the fault is, not was", StringComparison.Ordinal));
        Assert.Equal("present", finding.GetProperty("state").GetString());
        Assert.StartsWith("still there: seen ", finding.GetProperty("stateInWords").GetString());
    }

    [Fact]
    public async Task What_does_not_show_is_less_likely()
    {
        JsonElement finding = await ExplainWithFactsAsync(new LabFault("", "none", _ => { }));

        Assert.Equal("probably-over", finding.GetProperty("state").GetString());
        Assert.StartsWith("C", finding.GetProperty("causes")[0].GetProperty("id").GetString());
        JsonElement refused = Assert.Single(finding.GetProperty("causes").EnumerateArray(), cause => cause.GetProperty("id").GetString() == "G05");
        Assert.Contains(refused.GetProperty("weights").EnumerateArray(), weight => weight.GetProperty("amount").GetDouble() == -2);
        Assert.Contains(finding.GetProperty("readings").EnumerateArray(), reading => reading.GetProperty("text").GetString()!.Contains("nothing shows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("C01 a resolver that holds that there is no policy host", "C01")]
    [InlineData("E06 a client certificate is asked for", "E06")]
    public async Task What_shows_now_is_named_although_the_pattern_does_not_suggest_it(string key, string causeId)
    {
        JsonElement finding = await ExplainWithFactsAsync(LabFaults.Get(key));

        Assert.Equal(causeId, finding.GetProperty("causes")[0].GetProperty("id").GetString());
        Assert.DoesNotContain(finding.GetProperty("readings").EnumerateArray(), reading => reading.GetProperty("text").GetString()!.Contains("nothing shows", StringComparison.Ordinal));
        Assert.All(finding.GetProperty("causes").EnumerateArray().Where(cause => cause.GetProperty("id").GetString() is "A11" or "A14" or "C15"),
            cause => Assert.True(cause.GetProperty("percent").GetInt32() < 2, cause.GetRawText()));
    }

    [Theory]
    [InlineData("/nowhere/facts.json", "it does not exist")]
    [InlineData("/tmp", "it is a folder")]
    [InlineData("/dev/null", "it is a device")]
    public async Task A_path_that_leads_to_no_file_is_refused_in_words(string path, string expected)
    {
        Outcome outcome = await CommandRun.Of(["explain", Question, "--facts", path]);

        Assert.Contains($"{path}: {expected}", outcome.Error.ReplaceLineEndings(" "));
        Assert.Equal(2, outcome.ExitCode);
    }

    [Theory]
    [InlineData("not json", "it is not what waxseal check --json writes")]
    [InlineData("{\"version\": 7, \"domains\": []}", "version 7")]
    [InlineData("{\"version\": 1, \"domains\": [{\"facts\": {\"policyDomain\": null}}]}", "it is not what")]
    [InlineData("{\"version\": 1}", "it is not what waxseal check --json writes.")]
    [InlineData("{\"version\": 1, \"domains\": []}", "it speaks of no policy domain, and the reports of eden.one")]
    public async Task A_file_of_something_else_is_refused(string content, string expected)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of(["explain", Question, "--facts", file]);

        File.Delete(file);
        Assert.Contains(expected, outcome.Error.ReplaceLineEndings(" "));
        Assert.Equal(2, outcome.ExitCode);
    }

    // The laboratory knows one policy domain; its facts are told of that of the question.
    private static async Task<JsonElement> ExplainWithFactsAsync(LabFault fault)
    {
        await using LabWorld world = LabWorld.Create();
        fault.Apply(world);
        Outcome check = await CheckLab.RunAsync(world, LabWorld.Domain, "--json");
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, check.Out.Replace(LabWorld.Domain, "eden.one", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of(["explain", Question, "--as-of", "2024-11-09", "--facts", file, "--json"]);

        File.Delete(file);
        Assert.True(outcome.Error.Length == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Out).RootElement.GetProperty("findings")[0].Clone();
    }
}
