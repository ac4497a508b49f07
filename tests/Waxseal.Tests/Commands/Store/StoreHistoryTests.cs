using System.Text.Json;
using Waxseal.Lab;
using Waxseal.Monitor;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage;
using Waxseal.Storage.Looks;
using Waxseal.Tests.Monitor;

namespace Waxseal.Tests.Commands.Store;

/// <summary>A day on which the policy host lost its address for some hours, and what commands tell of it.</summary>
public sealed class StoreHistoryTests : IAsyncLifetime
{
    // The certificates of the laboratory are valid from yesterday on.
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
    private static readonly string Today = Text(Day);
    private static readonly string Tomorrow = Text(Day.AddDays(1));

    private static readonly string Report = """
        {"organization-name":"Microsoft Corporation","contact-info":"tlsrpt-noreply@microsoft.com","report-id":"133755676493963779+example.test",
         "date-range":{"start-datetime":"DAYT00:00:00Z","end-datetime":"DAYT23:59:59Z"},
         "policies":[{"policy":{"policy-type":"sts","policy-domain":"example.test"},"summary":{"total-successful-session-count":0,"total-failure-session-count":2},
         "failure-details":[{"result-type":"sts-policy-fetch-error","failed-session-count":2}]}]}
        """.Replace("DAY", Today, StringComparison.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-history-").FullName;
    private readonly LabWorld _world = LabWorld.Create();

    private string Configuration => Path.Combine(_folder, "waxseal.toml");

    public async ValueTask InitializeAsync()
    {
        string database = Path.Combine(_folder, "waxseal.db");
        await File.WriteAllTextAsync(Configuration, $"[store]\ndatabase = \"sqlite:{database}\"\n[monitor]\ndomains = [\"example.test\", \"later.test\"]\n", Token);
        await using Storage.Store store = await Storage.Store.OpenAsync(new StoreAddress(true, database), TimeProvider.System, Token);
        DomainFacts whole = await _world.ProbeAsync(Token);
        _world.Zone.Remove(LabWorld.Host);
        DomainFacts broken = await _world.ProbeAsync(Token);
        for (int hour = 0; hour < 48; hour += 6)
            await AddAsync(store, hour is 12 or 18 ? broken : whole, Day.AddHours(hour));
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Looks_are_exported_one_a_line()
    {
        Outcome outcome = await RunAsync("store", "export", "--looks", "--domain", "example.test", "--until", Today);
        Outcome none = await RunAsync("store", "export", "--looks", "--domain", "nosuch.test");

        string[] lines = outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 4), (outcome.ExitCode, lines.Length));
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(("example.test", $"{Today}T00:00:00Z", "healthy"), (first.RootElement.GetProperty("policy_domain").GetString(), first.RootElement.GetProperty("looked_at").GetString(), first.RootElement.GetProperty("standing").GetString()));
        Assert.Equal((0, "", "waxseal: the store has no look that fits.\n"), (none.ExitCode, none.Out, none.Error));
    }

    [Fact]
    public async Task The_time_line_tells_how_it_stood_and_what_changed()
    {
        Outcome outcome = await RunAsync("store", "history", "example.test");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains($"example.test, last looked at {Tomorrow} 18:00 UTC: All is well.", outcome.Out, StringComparison.Ordinal);
        Assert.Contains($"{Today} 00:00  All is well. (2 looks to {Today} 06:00)", outcome.Out, StringComparison.Ordinal);
        Assert.Contains($"{Today} 12:00  The addresses (mta-sts.example.test) changed after {Today}", outcome.Out, StringComparison.Ordinal);
        Assert.Contains($"{Tomorrow} 00:00  All is well. (4 looks to {Tomorrow} 18:00)", outcome.Out, StringComparison.Ordinal);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Programs_get_the_same_as_JSON()
    {
        Outcome outcome = await RunAsync("store", "history", "example.test", "--json");

        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        Assert.Equal([2, 2, 4], json.RootElement.GetProperty("looks").EnumerateArray().Select(looks => looks.GetProperty("looks").GetInt32()));
        JsonElement change = json.RootElement.GetProperty("changes").EnumerateArray().First(change => change.GetProperty("kind").GetString() == "addresses");
        Assert.Equal(JsonValueKind.Null, change.GetProperty("then").ValueKind);
        Assert.Equal($"{Today}T06:00:00+00:00", change.GetProperty("after").GetString());
        Assert.Contains(json.RootElement.GetProperty("certificates").EnumerateArray(), seen => seen.GetProperty("host").GetString() == LabWorld.Host);
    }

    [Theory]
    [InlineData(3, "There is no look at later.test yet. The monitor of waxseal serve takes one as soon as it runs.", "later.test")]
    [InlineData(3, "There is no look at other.test yet. waxseal serve takes them where the configuration says so: [monitor] with domains = [\"other.test\"].", "other.test")]
    [InlineData(2, "waxseal: \"exa mple\" has a character that is no letter, digit or hyphen", "exa mple")]
    [InlineData(2, "waxseal: --days takes a number from 1 to 36500.", "example.test", "--days", "0")]
    public async Task Where_there_is_nothing_it_says_what_to_do(int exitCode, string expected, params string[] arguments)
    {
        Outcome outcome = await RunAsync(["store", "history", .. arguments]);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(expected, $"{outcome.Out}{outcome.Error}".ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_how_many_looks_there_are()
    {
        Outcome outcome = await RunAsync("store", "status");

        Assert.Contains($"8 looks at one policy domain, the last at {Tomorrow} 18:00 UTC", Words(outcome.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ranks_first_what_was_seen_on_the_day_of_the_report()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "report.json"), Report, Token);

        Outcome without = await RunAsync(false, "explain", Path.Combine(_folder, "report.json"));
        Outcome with = await RunAsync("explain", Path.Combine(_folder, "report.json"), "--history");

        string text = Words(with.Out);
        Assert.Contains($"seen at 2 of 4 looks on the failing day, {Today} 12:00 UTC to {Today} 18:00 UTC", text, StringComparison.Ordinal);
        Assert.Equal("B01", FirstCause(text));
        Assert.NotEqual("B01", FirstCause(Words(without.Out)));
        Assert.Contains("4 looks lie on the days of the failure", text, StringComparison.Ordinal);
        Assert.Contains($"probably over: seen to {Today} 18:00 UTC, and not there {Tomorrow} 18:00 UTC, at the last look", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pruning_keeps_the_last_look()
    {
        Outcome outcome = await new CommandRun { Clock = new MovedClock(Day.AddYears(10)) }.RunAsync("store", "prune", "--config", Configuration);

        Assert.Contains("The facts of 7 looks, all of 7 looks and", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("store", "history", "example.test")).ExitCode);
    }

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string FirstCause(string words)
    {
        string list = words[words.IndexOf("Probable causes", StringComparison.Ordinal)..];
        return list.Substring(list.IndexOf(" % [", StringComparison.Ordinal) + 4, 3);
    }

    private static string Text(DateTimeOffset day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<Outcome> RunAsync(params string[] arguments) => RunAsync(true, arguments);

    private Task<Outcome> RunAsync(bool isConfigured, params string[] arguments) => CommandRun.Of([.. arguments, .. isConfigured ? ["--config", Configuration] : Array.Empty<string>()]);

    private static async Task AddAsync(Storage.Store store, DomainFacts facts, DateTimeOffset at)
    {
        CheckResult result = Checker.Check(facts with { GatheredAt = at });
        LookLease lease = new(facts.PolicyDomain, "test");
        Assert.True(await store.Looks.ClaimAsync(lease, at, at.AddMinutes(1), Token));
        Assert.NotNull(await store.Looks.AddAsync(lease, LookDocument.Of(result), LookDocument.Pack(result), Observed.In(result.Facts), at.AddHours(6), Token));
    }
}
