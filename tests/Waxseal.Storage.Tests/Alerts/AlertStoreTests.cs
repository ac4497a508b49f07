using System.Collections.Immutable;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Tests.Reports;

namespace Waxseal.Storage.Tests.Alerts;

/// <summary>What the store promises of alerts, on each database.</summary>
public abstract class AlertStoreTests
{
    private static readonly DateTimeOffset Now = SampleReports.Noon;
    private static readonly AlertKey Key = new("example.test", AlertKind.FailureShare, "");
    private static readonly AlertText Text = new("title", "short", "remedy", "details") { FirstDay = new(2026, 3, 1), LastDay = new(2026, 3, 1), Sessions = 7, Failed = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task An_alert_is_raised_once_by_however_many()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store one = await database.OpenAsync();
        await using Store two = await database.OpenAsync();

        bool[] raised = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => RaiseAsync(i % 2 == 0 ? one : two, Now.AddMilliseconds(i))));

        Assert.Single(raised, isRaised => isRaised);
        Alert alert = Assert.Single(await OpenAsync(one));
        Assert.Equal((Key, AlertState.Raised, Text, 0), (alert.Key, alert.State, alert.Latest.Text, alert.Returns));
    }

    [Fact]
    public async Task What_becomes_of_an_alert_is_told_once()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await RaiseAsync(store, Now);
        Alert raised = Assert.Single(await OpenAsync(store));

        Assert.Equal((true, false), await TwiceAsync(() => store.Alerts.SustainAsync(raised, true, Text, ["a"], Now.AddDays(3), Token)));
        Assert.False(await store.Alerts.ClearAsync(raised, Text, ["a"], Now.AddDays(4), Token), "nobody saw it calm");
        await store.Alerts.SetCalmAsync(raised, Now.AddDays(4), Token);
        Assert.Equal((true, false), await TwiceAsync(() => store.Alerts.ClearAsync(raised, Text, ["a"], Now.AddDays(5), Token)));

        Assert.Empty(await OpenAsync(store));
        Alert past = Assert.Single(await PastAsync(store));
        Assert.Equal((AlertState.Cleared, 3, Now.AddDays(5)), (past.State, past.Latest.Ordinal, past.ClearedAt));
        Assert.Equal([1, 2, 3], (await TakeAsync(store, "a", Now.AddDays(6))).Select(message => message.Event.Ordinal));
    }

    [Fact]
    public async Task What_comes_back_knows_how_often()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        for (int i = 0; i < 3; i++)
        {
            await RaiseAsync(store, Now.AddDays(i));
            Alert alert = Assert.Single(await OpenAsync(store));
            Assert.Equal(i, alert.Returns);
            await store.Alerts.SetCalmAsync(alert, Now.AddDays(i), Token);
            await store.Alerts.ClearAsync(alert, Text, [], Now.AddDays(i), Token);
        }

        await RaiseAsync(store, Now.AddDays(90));
        Assert.Equal(0, Assert.Single(await OpenAsync(store)).Returns);
    }

    [Fact]
    public async Task A_message_is_given_to_one_until_its_time_is_over()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store one = await database.OpenAsync();
        await using Store two = await database.OpenAsync();
        await using Store three = await database.OpenAsync();
        for (int i = 0; i < 60; i++)
            await one.Alerts.RaiseAsync(Key with { Subject = $"{i}" }, false, Text, ["a"], Now, Now, Token);

        Store[] stores = [one, two, three];
        ImmutableArray<AlertMessage>[] taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => TakeAsync(stores[i % 3], "a", Now, most: 5)));

        Assert.Equal(60, taken.Sum(messages => messages.Length));
        Assert.All(taken, messages => Assert.InRange(messages.Length, 0, 5));
        Assert.Equal(60, taken.SelectMany(messages => messages).Select(message => message.Id).Distinct().Count());
        Assert.Empty(await TakeAsync(two, "a", Now.AddMinutes(1)));

        // Whoever had them is gone: each batch is given out again as it was, once.
        ImmutableArray<AlertMessage>[] again = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => TakeAsync(stores[i % 3], "a", Now.AddMinutes(3))));
        Assert.Equal(60, again.SelectMany(messages => messages).Select(message => message.Id).Distinct().Count());
        Assert.Equal(60, again.Sum(messages => messages.Length));
        Assert.Equal(Batches(taken), Batches(again));
    }

    [Fact]
    public async Task What_was_sent_is_not_given_out_again_and_what_failed_waits()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await RaiseAsync(store, Now);
        await store.AlertMessages.FailedAsync(await TakeAsync(store, "a", Now), "HTTP 500", Now.AddMinutes(10), Token);
        await store.AlertMessages.SentAsync(await TakeAsync(store, "b", Now), "HTTP 200", Now, Token);

        Assert.Empty(await TakeAsync(store, "a", Now.AddMinutes(9)));
        Assert.Empty(await TakeAsync(store, "b", Now.AddDays(1)));
        Assert.Equal([("a", 1L, 0L, 0L, "HTTP 500"), ("b", 0L, 1L, 0L, null)], (await store.StoredAlerts.RoutesAsync(Token)).Select(route => (route.Route, route.Waiting, route.Sent, route.GivenUp, route.Trouble)));
        Assert.Equal(2, Assert.Single(await TakeAsync(store, "a", Now.AddMinutes(10))).Attempts);
    }

    [Fact]
    public async Task What_comes_later_of_an_alert_waits_for_what_was_first()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await RaiseAsync(store, Now);
        await store.AlertMessages.FailedAsync(await TakeAsync(store, "a", Now), "HTTP 500", Now.AddHours(5), Token);
        await store.Alerts.SustainAsync(Assert.Single(await OpenAsync(store)), false, Text, ["a"], Now.AddHours(1), Token);

        Assert.Empty(await TakeAsync(store, "a", Now.AddHours(2)));
    }

    [Fact]
    public async Task In_quiet_hours_urgent_ones_alone_are_given_out()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await RaiseAsync(store, Now);
        await store.Alerts.RaiseAsync(Key with { Kind = AlertKind.AllReportersFailing }, true, Text, ["a"], Now, Now, Token);

        Assert.Equal(AlertKind.AllReportersFailing, Assert.Single(await store.AlertMessages.TakeAsync("a", true, Now, Now.AddMinutes(2), 10, Token)).Key.Kind);
        Assert.Equal(AlertKind.FailureShare, Assert.Single(await TakeAsync(store, "a", Now)).Key.Kind);
    }

    [Fact]
    public async Task A_turn_is_one_s_until_it_ends()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        Assert.Equal(DateTimeOffset.UnixEpoch, await TurnAsync("one", Now));
        Assert.Null(await TurnAsync("two", Now.AddSeconds(59)));
        Assert.NotNull(await TurnAsync("one", Now.AddSeconds(59)));
        Assert.Null(await TurnAsync("two", Now.AddSeconds(60)));
        await store.Turns.DoneAsync("w", "one", Now, Token);
        Assert.Equal(Now, await TurnAsync("two", Now.AddSeconds(119)));
        await store.Turns.EndAsync("w", "two", Token);
        Assert.NotNull(await TurnAsync("one", Now.AddSeconds(120)));

        Task<DateTimeOffset?> TurnAsync(string holder, DateTimeOffset now) => store.Turns.TakeAsync("w", holder, now, now.AddMinutes(1), Token);
    }

    [Fact]
    public async Task Sums_are_those_of_the_reports_whatever_was_replaced()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json(successful: 1, failed: 90), Trust.Verified, "org.test"), Token);
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json(successful: 50, failed: 20), Trust.Verified, "org.test"), Token);
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json("r2", organization: "Other")), Token);

        DomainSums all = await store.AlertFacts.SumsAsync("example.test", new(2026, 2, 1), new(2026, 3, 2), false, Token);
        DomainSums proved = await store.AlertFacts.SumsAsync("example.test", new(2026, 2, 1), new(2026, 3, 2), true, Token);

        Assert.Equal([("Example Org", 50L, 20L), ("Other", 5L, 2L)], all.Days.Select(day => (day.Reporter, day.Successful, day.Failed)));
        Assert.Equal([("Example Org", "certificate-expired", 20L), ("Other", "certificate-expired", 2L)], all.Failures.Select(failure => (failure.Reporter, failure.ResultType, failure.Sessions)));
        Assert.Equal(["Example Org"], proved.Days.Select(day => day.Reporter));
        Assert.Equal(["example.test"], await store.AlertFacts.NewsAsync(Now, Token));
        Assert.Empty(await store.AlertFacts.NewsAsync(Now.AddMilliseconds(1), Token));
        Assert.Equal(["example.test"], await store.AlertFacts.PolicyDomainsAsync(Token));
        Assert.Equal(Now, await store.AlertFacts.LastArrivalAsync(Token));
        Assert.Equal([new DateOnly(2026, 3, 2)], await store.AlertFacts.ArrivalDaysAsync(Now.AddDays(-9), Token));
        int bodies = 0;
        await foreach (byte[] _ in store.Stored.BodiesAsync("example.test", new(2026, 2, 1), new(2026, 3, 2), 10, Token))
            bodies++;
        Assert.Equal(2, bodies);
    }

    [Fact]
    public async Task Alerts_that_are_long_over_are_pruned_with_all_of_theirs()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await RaiseAsync(store, Now);
        Alert alert = Assert.Single(await OpenAsync(store));
        Assert.Equal(0, await store.Alerts.PruneAsync(Now.AddDays(100), Token));
        await store.Alerts.SetCalmAsync(alert, Now, Token);
        await store.Alerts.ClearAsync(alert, Text, ["a"], Now.AddDays(1), Token);

        Assert.Equal(1, await store.Alerts.PruneAsync(Now.AddDays(2), Token));

        Assert.Empty(await PastAsync(store));
        Assert.Empty(await store.StoredAlerts.RoutesAsync(Token));
    }

    private static string[] Batches(ImmutableArray<AlertMessage>[] taken) =>
        [.. taken.Where(messages => messages.Length > 0).Select(messages => string.Join(' ', messages.Select(message => message.Id).Order())).Order()];

    private static async Task<(bool First, bool Second)> TwiceAsync(Func<Task<bool>> write) => (await write(), await write());

    private static Task<bool> RaiseAsync(Store store, DateTimeOffset at) => store.Alerts.RaiseAsync(Key, false, Text, ["a", "b"], at, at.AddDays(-30), Token);

    private static Task<ImmutableArray<AlertMessage>> TakeAsync(Store store, string route, DateTimeOffset now, int most = 100) =>
        store.AlertMessages.TakeAsync(route, false, now, now.AddMinutes(2), most, Token);

    private static async Task<List<Alert>> OpenAsync(Store store)
    {
        List<Alert> alerts = [];
        await foreach (Alert alert in store.StoredAlerts.OpenAsync(Token))
            alerts.Add(alert);
        return alerts;
    }

    private static async Task<List<Alert>> PastAsync(Store store)
    {
        List<Alert> alerts = [];
        await foreach (Alert alert in store.StoredAlerts.PastAsync(100, Token))
            alerts.Add(alert);
        return alerts;
    }
}

public class SqliteAlertStoreTests : AlertStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresAlertStoreTests(PostgresServer server) : AlertStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
