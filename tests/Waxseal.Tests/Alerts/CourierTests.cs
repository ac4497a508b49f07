using Waxseal.Lab.Signing;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

public class CourierTests
{
    private const string Night = "[alerts]\nallowAddresses = [\"127.0.0.0/8\"]\nquietHours = \"22:00-07:00\"\ntimeZone = \"Europe/Berlin\"\n";

    [Fact]
    public async Task What_comes_in_quiet_hours_is_one_digest_after_them_and_urgent_ones_do_not_wait()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, Night + AlertLab.HookSettings(hook), new FixedClock(new(2026, 6, 15, 20, 30, 0, TimeSpan.Zero)));
        await lab.AddAsync("a.test", 1, 999, 1);
        await lab.AddAsync("b.test", 1, 999, 1);
        await lab.RunAsync();
        Assert.Empty(hook.Requests);

        // Half of all sessions fail: that is urgent.
        await lab.AddAsync("c.test", 1, 10, 90);
        await lab.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["c.test: 90 % of the sessions failed"], hook.Requests.Select(request => request.Json.GetProperty("title").GetString()));

        await lab.RunAsync(new DateTimeOffset(2026, 6, 16, 5, 0, 0, TimeSpan.Zero) - lab.Clock.Now);

        Assert.Equal(2, hook.Requests.Count);
        Assert.Equal(("digest", "3 messages about 3 alerts", 3), Facts(hook.Requests.Last()));
    }

    [Fact]
    public async Task Where_nothing_passes_urgent_ones_wait_as_well()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, $"{Night}urgentInQuietHours = false\n{AlertLab.HookSettings(hook)}", new FixedClock(new(2026, 6, 15, 20, 30, 0, TimeSpan.Zero)));
        await lab.AddAsync("c.test", 1, 10, 90);

        await lab.RunAsync();

        Assert.Empty(hook.Requests);
    }

    [Fact]
    public async Task A_storm_is_one_message_and_the_same_when_it_is_sent_again()
    {
        await using HookServer hook = await HookServer.StartAsync();
        hook.Answer = (number, context) =>
        {
            context.Response.StatusCode = number == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = number == 1 ? "600" : default;
            return Task.CompletedTask;
        };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook));
        for (int i = 0; i < 50; i++)
            await lab.AddAsync($"d{i}.test", 1, 999, 1);
        await lab.RunAsync();
        await lab.AddAsync("later.test", 1, 999, 1);
        await lab.RunAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(["digest", "alert"], hook.Requests.Select(request => Facts(request).Type));

        await lab.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, hook.Requests.Count);
        Assert.Equal(("digest", "50 messages about 50 alerts", 50), Facts(hook.Requests.Last()));
        Assert.Equal(hook.Requests.First().Body, hook.Requests.Last().Body);
        Assert.Equal(hook.Requests.First().Id, hook.Requests.Last().Id);
    }

    [Fact]
    public async Task A_dead_route_holds_up_no_other_and_each_is_told_of_its_own_policy_domains()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database,
            $"{AlertLab.HookSettings(hook, "own")}policyDomains = [\"own.test\"]\n[[alerts.chat]]\nname = \"dead\"\nurl = \"http://127.0.0.1:1/\"\n{AlertLab.HookSettings(hook, "all")}");
        await lab.AddAsync("mail.own.test", 1, 999, 1);
        await lab.AddAsync("notown.test", 1, 999, 1);

        await lab.RunAsync();

        Assert.Equal([("all", 0L, 2L), ("dead", 2L, 0L), ("own", 0L, 1L)], (await lab.Store.StoredAlerts.RoutesAsync(TestContext.Current.CancellationToken)).Select(route => (route.Route, route.Waiting, route.Sent)));
    }

    private static (string? Type, string? Title, int Alerts) Facts(HookRequest request) =>
        (request.Json.GetProperty("type").GetString(), request.Json.GetProperty("title").GetString(), request.Json.GetProperty("alerts").GetArrayLength());
}
