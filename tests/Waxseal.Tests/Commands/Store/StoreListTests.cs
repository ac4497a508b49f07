using System.Text.Json;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.Commands.Store;

/// <summary>What the commands that look into a store tell of its reports.</summary>
public sealed class StoreListTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-list-").FullName;
    private string _json = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string mail = SenderProofTests.Report();
        _json = mail.Split("tlsrpt+json\r\n\r\n")[1].Split("\r\n")[0];
        await File.WriteAllTextAsync(At("waxseal.toml"), $"[store]\ndatabase = \"sqlite:{At("waxseal.db")}\"\n", Token);
        await AddAsync("a.json", _json);
        await AddAsync("b.json", _json.Replace("1@sender.test", "2@sender.test", StringComparison.Ordinal).Replace("example.test", "other.test", StringComparison.Ordinal));
        await File.WriteAllTextAsync(At("waxseal.toml"), $"[store]\ndatabase = \"sqlite:{At("waxseal.db")}\"\n[reportIntake]\nunverified = \"quarantine\"\n", Token);
        await AddAsync("c.json", _json.Replace("1@sender.test", "3@sender.test", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_newest_stands_first_and_the_list_goes_on()
    {
        using JsonDocument first = JsonDocument.Parse((await RunAsync("list", "--json", "--limit", "2")).Out);
        string next = first.RootElement.GetProperty("next").GetString()!;
        using JsonDocument second = JsonDocument.Parse((await RunAsync("list", "--json", "--limit", "2", "--after", next)).Out);

        Assert.Equal(["quarantined", "counted"], first.RootElement.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("state").GetString()));
        Assert.Equal("example.test", Assert.Single(second.RootElement.GetProperty("reports").EnumerateArray()).GetProperty("policyDomain").GetString());
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("next").ValueKind);
        Outcome text = await RunAsync("list", "--limit", "2");
        Assert.Contains("  quarantined, unverified, by command: 3 ok, 0 failed\n", text.Out, StringComparison.Ordinal);
        Assert.Contains($"--after {next}", text.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--domain example.test", 2)]
    [InlineData("--domain EXAMPLE.TEST. --state counted", 1)]
    [InlineData("--state quarantined", 1)]
    [InlineData("--organization nobody", 0)]
    [InlineData("--organization SENDER", 3)]
    [InlineData("--since 2000-01-01 --until 2999-12-31", 3)]
    [InlineData("--until 2000-01-01T00:00:00Z", 0)]
    public async Task What_is_asked_for_is_listed_and_exported(string options, int reports)
    {
        string[] chosen = options.Split(' ');
        using JsonDocument list = JsonDocument.Parse((await RunAsync(["list", "--json", .. chosen])).Out);
        Outcome export = await RunAsync(["export", .. chosen]);

        Assert.Equal(reports, list.RootElement.GetProperty("reports").GetArrayLength());
        Assert.Equal(reports, export.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, export.ExitCode);
        Assert.Equal(reports == 0 ? "waxseal: the store has no report that fits.\n" : "", export.Error);
    }

    [Theory]
    [InlineData("list --limit 0", "--limit takes a number from 1 to 10000.")]
    [InlineData("list --since yesterday", "--since takes a day such as 2026-03-01")]
    [InlineData("list --after here", "--after takes the place that the list before ended with")]
    [InlineData("list --domain a..b", "\"a..b\" ")]
    [InlineData("show ffffffffffff", "there is no report whose name begins with \"ffffffffffff\"")]
    [InlineData("export --looks --format csv", "--looks goes with --domain, --since and --until alone.")]
    [InlineData("backup /nonexist/b.db", "/nonexist/b.db cannot be written: there is no such folder.")]
    public async Task What_cannot_be_done_is_refused_with_words(string command, string words)
    {
        Outcome outcome = await RunAsync(command.Split(' '));

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.Contains(words, outcome.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_report_is_shown_whole()
    {
        using JsonDocument list = JsonDocument.Parse((await RunAsync("list", "--json", "--state", "quarantined")).Out);
        string id = list.RootElement.GetProperty("reports")[0].GetProperty("id").GetString()!;

        string shown = string.Join(' ', (await RunAsync("show", id[..8])).Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Outcome raw = await RunAsync("show", id, "--raw");
        using JsonDocument json = JsonDocument.Parse((await RunAsync("show", id, "--json")).Out);

        Assert.Contains("State quarantined Why It is not proved who sent it: whoever may write to the store (reportIntake.unverified = \"quarantine\" keeps it apart).", shown, StringComparison.Ordinal);
        Assert.Contains("waxseal store reparse then lets count what is here.", shown, StringComparison.Ordinal);
        Assert.Contains("UTC by command from", shown, StringComparison.Ordinal);
        Assert.Contains("Sessions 3 ok, 0 failed", shown, StringComparison.Ordinal);
        Assert.Equal(_json.Replace("1@sender.test", "3@sender.test", StringComparison.Ordinal), raw.Out);
        Assert.Equal(3, json.RootElement.GetProperty("policies")[0].GetProperty("successful").GetInt64());
        Assert.Contains("reportIntake.unverified", json.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_says_what_is_there_and_why_some_does_not_count()
    {
        string text = string.Join(' ', (await RunAsync("status")).Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        using JsonDocument json = JsonDocument.Parse((await RunAsync("status", "--json")).Out);

        Assert.Contains("2 reports that count 1 report in quarantine, not counted 1: It is not proved who sent it (reportIntake.unverified = \"quarantine\" keeps it apart).", text, StringComparison.Ordinal);
        Assert.Contains("came by command 3", text, StringComparison.Ordinal);
        Assert.Contains("days 2026-01-01", text, StringComparison.Ordinal);
        Assert.Equal((3, 2, "2026-01-01", Waxseal.Storage.Migrations.Migration.All[^1].Number), (json.RootElement.GetProperty("reports").GetInt64(), json.RootElement.GetProperty("states").GetProperty("counted").GetInt64(),
            json.RootElement.GetProperty("lastDay").GetString(), json.RootElement.GetProperty("schemaStep").GetInt32()));
        Assert.Equal("example.test", json.RootElement.GetProperty("largestPolicyDomains")[0].GetProperty("policyDomain").GetString());
        Assert.True(json.RootElement.GetProperty("bytes").GetInt64() > 4096);
    }

    [Fact]
    public async Task An_export_says_why_a_report_does_not_count()
    {
        using JsonDocument line = JsonDocument.Parse((await RunAsync("export", "--state", "quarantined")).Out);

        Assert.Contains("reportIntake.unverified = \"quarantine\"", line.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("list")]
    [InlineData("show abcdef")]
    [InlineData("history")]
    [InlineData("history example.test")]
    [InlineData("alerts")]
    [InlineData("export")]
    [InlineData("reparse")]
    [InlineData("prune")]
    [InlineData("backup FILE")]
    [InlineData("migrate --dry-run")]
    public async Task A_store_that_is_not_there_is_not_made(string command)
    {
        string folder = Directory.CreateDirectory(At("other")).FullName;
        File.WriteAllText(At("other.toml"), $"[store]\ndatabase = \"sqlite:{folder}/mistyped.db\"\n");

        Outcome outcome = await CommandRun.Of(["store", .. command.Replace("FILE", $"{folder}/backup.db", StringComparison.Ordinal).Split(' '), "--config", At("other.toml")]);

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.Contains("there is no store at", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("mistyped.db", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private async Task AddAsync(string name, string json)
    {
        await File.WriteAllTextAsync(At(name), json, Token);
        Assert.Equal(0, (await RunAsync("add", At(name))).ExitCode);
    }

    private Task<Outcome> RunAsync(params string[] arguments) => CommandRun.Of(["store", .. arguments, "--config", At("waxseal.toml")]);
}
