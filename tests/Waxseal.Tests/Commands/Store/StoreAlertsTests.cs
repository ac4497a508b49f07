using System.Text.Json;
using Waxseal.Storage.Tests;
using Waxseal.Tests.Alerts;

namespace Waxseal.Tests.Commands.Store;

public sealed class StoreAlertsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-alerts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_any_it_says_so_and_whether_alerts_are_on()
    {
        await using TestDatabase database = TestDatabase.Sqlite();
        await (await database.OpenAsync()).DisposeAsync();

        Outcome off = await CommandRun.Of("store", "alerts", "--config", Config(database, ""));
        Outcome on = await CommandRun.Of("store", "alerts", "--config", Config(database, "[alerts]\n"));

        Assert.Equal((0, "The configuration has no section [alerts], so nothing is raised.\nNo alert is open.\n"), (off.ExitCode, off.Out));
        Assert.Equal((0, "No alert is open.\n"), (on.ExitCode, on.Out));
    }

    [Fact]
    public async Task It_tells_what_is_open_what_is_over_and_how_routes_fare()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using (AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook)))
        {
            await lab.AddAsync("example.test", 1, 99, 1);
            await lab.AddAsync("other.test", 1, 99, 1, id: "r");
            await lab.RunAsync();
            await lab.AddAsync("other.test", 1, 100, 0, id: "r");
            await lab.RunAsync(TimeSpan.FromMinutes(1));
            await lab.RunAsync(TimeSpan.FromHours(6));
        }

        string config = Config(database, "[alerts]\n");
        Outcome text = await CommandRun.Of("store", "alerts", "--config", config);
        Outcome json = await CommandRun.Of("store", "alerts", "--config", config, "--json");
        Outcome all = await CommandRun.Of("store", "alerts", "--config", config, "--all");

        Assert.Equal((1, 1, 1), (text.ExitCode, json.ExitCode, all.ExitCode));
        Assert.Contains("1 alert is open.", text.Out);
        Assert.Contains("What to do: [K06] Renew it", text.Out);
        Assert.Contains("2026-06-15 18:01 UTC    other.test: Google newly reports certificate-expired", text.Out);
        Assert.Contains("3 sent (last 2026-06-15 18:01 UTC), 0 waiting, 0 given", text.Out);
        Assert.All(text.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("How you will know:", all.Out);
        JsonElement root = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal(("raised", 100L, 1L), (root.GetProperty("open")[0].GetProperty("state").GetString(), root.GetProperty("open")[0].GetProperty("sessions").GetInt64(), root.GetProperty("open")[0].GetProperty("failed").GetInt64()));
        Assert.Equal(("cleared", 3L), (root.GetProperty("past")[0].GetProperty("state").GetString(), root.GetProperty("routes")[0].GetProperty("sent").GetInt64()));
    }

    [Fact]
    public async Task A_test_goes_out_on_every_route_and_what_came_back_is_told()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using SubmissionServer mail = new();
        await using TestDatabase database = TestDatabase.Sqlite();
        string config = Config(database, $"[alerts]\nquietHours = \"00:00-23:59\"\nallowAddresses = [\"127.0.0.1\", \"::1\"]\n{mail.Settings()}{AlertLab.HookSettings(hook)}[[alerts.chat]]\nurl = \"http://127.0.0.1:1/\"\n");

        Outcome outcome = await CommandRun.Of("config", "test-alerts", "--config", config);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Matches(@"mail +sent: 250 2\.0\.0 queued as 4711", outcome.Out);
        Assert.Matches(@"webhook +sent: HTTP 200", outcome.Out);
        Assert.Matches(@"chat +not sent: 127\.0\.0\.1 refuses connections at port 1", outcome.Out);
        Assert.Equal("test", Assert.Single(hook.Requests).Json.GetProperty("type").GetString());
        Assert.Contains("Subject: [waxseal] Test of the alerts of Waxseal", Assert.Single(mail.Mails));
    }

    [Fact]
    public async Task Without_a_route_there_is_nothing_to_test()
    {
        await using TestDatabase database = TestDatabase.Sqlite();

        Outcome outcome = await CommandRun.Of("config", "test-alerts", "--config", Config(database, "[alerts]\n"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("no route of alerts", outcome.Error);
    }

    private string Config(TestDatabase database, string more)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.toml");
        File.WriteAllText(path, $"[store]\ndatabase = \"sqlite:{database.Address.Value}\"\n{more}");
        return path;
    }
}
