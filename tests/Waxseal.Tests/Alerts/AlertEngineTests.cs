using System.Text.Json;
using Waxseal.Lab.Signing;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

/// <summary>From stored reports to what is received, on each database.</summary>
public abstract class AlertEngineTests
{
    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task A_failure_is_told_with_its_numbers_and_what_to_do_and_then_that_it_is_over()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = await NewDatabaseAsync();
        await using AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook));
        await lab.AddAsync("example.test", 3, 500, 0);
        await lab.RunAsync();
        Assert.Empty(hook.Requests);

        await lab.AddAsync("example.test", 1, 90, 10, organization: "Another Org");
        await lab.AddAsync("example.test", 2, 460, 40);
        await lab.RunAsync(TimeSpan.FromMinutes(1));

        JsonElement[] raised = [.. hook.Requests.Select(request => request.Json.GetProperty("alerts")[0])];
        Assert.Equal(["failure-share raised", "new-failure raised", "new-failure raised"], raised.Select(Word).Order());
        JsonElement google = raised.Single(alert => alert.GetProperty("subject").GetString() == "Google: certificate-expired");
        Assert.Equal((500L, 40L, "2026-06-13"), (google.GetProperty("sessions").GetInt64(), google.GetProperty("failed").GetInt64(), google.GetProperty("firstDay").GetString()));
        Assert.Contains("certificate of the MX host has expired", google.GetProperty("inShort").GetString());
        Assert.Contains("Renew it", google.GetProperty("remedy").GetString());
        Assert.Contains("How you will know:", google.GetProperty("details").GetString());

        // The next day's reports are clean; it takes some hours until that is told.
        lab.Clock.Now += TimeSpan.FromDays(1);
        await lab.AddAsync("example.test", 0, 600, 0);
        await lab.AddAsync("example.test", 0, 100, 0, organization: "Another Org");
        await lab.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, hook.Requests.Count);
        await lab.RunAsync(TimeSpan.FromHours(6));

        Assert.Equal(["failure-share cleared", "new-failure cleared", "new-failure cleared"], hook.Requests.Skip(3).Select(request => Word(request.Json.GetProperty("alerts")[0])).Order());
        Assert.Empty(await lab.OpenAsync());
    }

    [Fact]
    public async Task A_corrected_report_takes_its_alert_back()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using AlertLab lab = await AlertLab.StartAsync(database, "");
        await lab.AddAsync("example.test", 1, 10, 90, id: "r");
        await lab.RunAsync();
        Assert.Equal(2, (await lab.OpenAsync()).Count);

        await lab.AddAsync("example.test", 1, 100, 0, id: "r");
        await lab.RunAsync(TimeSpan.FromMinutes(1));
        await lab.RunAsync(TimeSpan.FromHours(6));

        Assert.Empty(await lab.OpenAsync());
    }

    [Fact]
    public async Task What_lasts_is_told_again_and_what_was_told_is_not()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = await NewDatabaseAsync();
        await using AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook));
        await lab.AddAsync("example.test", 1, 99, 1);
        for (int hour = 0; hour < 71; hour++)
            await lab.RunAsync(TimeSpan.FromHours(1));
        Assert.Single(hook.Requests);

        await lab.RunAsync(TimeSpan.FromHours(2));

        Assert.Equal(["raised", "sustained"], hook.Requests.Select(request => request.Json.GetProperty("alerts")[0].GetProperty("event").GetString()));
        Assert.Single(hook.Requests.Select(request => request.Json.GetProperty("alerts")[0].GetProperty("alertId").GetString()).Distinct());
        Assert.Equal(2, hook.Requests.Select(request => request.Id).Distinct().Count());
    }

    [Fact]
    public async Task Three_engines_tell_each_alert_once_though_one_is_killed_on_the_way()
    {
        const int Domains = 60;
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = await NewDatabaseAsync();
        FixedClock clock = new(AlertLab.Start);
        await using AlertLab one = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook), clock, "one");
        await using AlertLab two = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook), clock, "two");
        await using AlertLab three = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook), clock, "three");
        for (int i = 0; i < Domains; i++)
            await one.AddAsync($"d{i}.test", 1, 999, 1);

        // One of them takes the turn, and messages, and is gone.
        AlertLab dead = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook), clock, "dead");
        await dead.Store.Turns.TakeAsync("judgement", "dead", clock.Now, clock.Now.AddMinutes(1), TestContext.Current.CancellationToken);
        bool[] judged = await Task.WhenAll(one.JudgeAsync(), two.JudgeAsync(), three.JudgeAsync());
        Assert.DoesNotContain(true, judged);
        clock.Now += TimeSpan.FromMinutes(1);
        await Task.WhenAll(one.JudgeAsync(), two.JudgeAsync(), three.JudgeAsync());
        Assert.Equal(7, (await dead.Store.AlertMessages.TakeAsync("webhook", false, clock.Now, clock.Now.AddMinutes(2), 7, TestContext.Current.CancellationToken)).Length);
        await dead.DisposeAsync();
        for (int round = 0; round < 5; round++)
        {
            await Task.WhenAll(one.RunAsync(), two.RunAsync(), three.RunAsync());
            clock.Now += TimeSpan.FromMinutes(1);
        }

        string[] told = [.. hook.Requests.SelectMany(request => request.Json.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("policyDomain").GetString()!))];
        Assert.Equal(Domains, told.Length);
        Assert.Equal(Domains, told.Distinct().Count());
        Assert.Equal(Domains, (await one.OpenAsync()).Count);
        RouteRecord route = Assert.Single(await one.Store.StoredAlerts.RoutesAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0L, (long)Domains, 0L), (route.Waiting, route.Sent, route.GivenUp));
    }

    private static string Word(JsonElement alert) => $"{alert.GetProperty("kind").GetString()} {alert.GetProperty("event").GetString()}";
}

public class SqliteAlertEngineTests : AlertEngineTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresAlertEngineTests(PostgresServer server) : AlertEngineTests
{
    internal override Task<TestDatabase> NewDatabaseAsync()
    {
        Assert.SkipWhen(PostgresServer.Absence is not null, PostgresServer.Absence ?? "");
        return server.NewDatabaseAsync(TestContext.Current.CancellationToken);
    }
}
