using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Tests.Reports;

namespace Waxseal.Storage.Tests.Retention;

/// <summary>What the store promises of what is kept, on each database.</summary>
public abstract class StoreCleaningTests
{
    private const string Domain = "example.test";
    private static readonly DateTimeOffset Noon = SampleReports.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task An_empty_store_has_nothing_and_loses_nothing()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        List<Holding> holdings = await store.Cleaning.HoldingsAsync(All(Noon), Token);

        Assert.All(holdings, holding => Assert.Equal((0, null, 0), (holding.Rows, holding.OldestAt, holding.Outlived)));
        Assert.Equal(new Cleaned(0, 0, 0, 0, 0, 0, 0), await store.Cleaning.CleanAsync(All(Noon), Token));
    }

    [Fact]
    public async Task What_is_told_to_go_is_what_goes()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await FillAsync(store);
        Cutoffs cutoffs = All(Noon.AddDays(100));

        List<Holding> before = await store.Cleaning.HoldingsAsync(cutoffs, Token);
        Cleaned cleaned = await store.Cleaning.CleanAsync(cutoffs, Token);
        List<Holding> after = await store.Cleaning.HoldingsAsync(cutoffs, Token);

        Assert.Equal([3, 1, 2, 1, 2, 2, 1, 0, 1], before.Select(holding => (int)holding.Rows));
        Assert.Equal([3, 1, 2, 1, 1, 1, 1, 0, 1], before.Select(holding => (int)holding.Outlived));
        Assert.True(before[0].Octets > 100 && before[4].Octets == 6, $"{before[0]} {before[4]}");
        Assert.Equal((Noon, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Noon), (before[0].OldestAt, before[2].OldestAt, before[5].OldestAt));
        Assert.Equal(new Cleaned(3, 3, 1, 1, 1, 1, 1), cleaned);
        Assert.Equal(before.Select(holding => holding.Rows - holding.Outlived), after.Select(holding => holding.Rows));
        Assert.All(after, holding => Assert.Equal(0, holding.Outlived));
    }

    [Fact]
    public async Task What_is_younger_stays()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await FillAsync(store);

        List<Holding> before = await store.Cleaning.HoldingsAsync(All(Noon.AddDays(-1)), Token);

        Assert.All(before, holding => Assert.Equal(0, holding.Outlived));
        Assert.Equal(new Cleaned(0, 0, 0, 0, 0, 0, 0), await store.Cleaning.CleanAsync(All(Noon.AddDays(-1)), Token));
        Assert.Equal(before, await store.Cleaning.HoldingsAsync(All(Noon.AddDays(-1)), Token));
    }

    private static Cutoffs All(DateTimeOffset at) => new(at, at, at, at, at, at);

    private static async Task FillAsync(Store store)
    {
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json("r1")), Token);
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json("r2", organization: "Other Org")), Token);
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json("r3", organization: "Third Org")) with { State = ReportState.Quarantined }, Token);
        for (int i = 0; i < 2; i++)
        {
            DateTimeOffset at = Noon.AddHours(i);
            LookLease lease = new(Domain, "test");
            await store.Looks.ClaimAsync(lease, at, at.AddMinutes(1), Token);
            Look look = new(Domain, at, CheckStanding.Broken, "It is broken.") { Elapsed = TimeSpan.FromSeconds(2), Summary = "{}" };
            await store.Looks.AddAsync(lease, look, new byte[] { 1, 2, 3 }, new(at, [new(ObservedKind.StsRecord, "_mta-sts.example.test", $"{i}")], []), at, Token);
        }

        AlertKey key = new(Domain, AlertKind.FailureShare, "example.test");
        AlertText text = new("Title", "In short.", "", "");
        await store.Alerts.RaiseAsync(key, false, text, ["a"], Noon, Noon.AddDays(-30), Token);
        Alert alert = await store.StoredAlerts.OpenAsync(Token).FirstAsync(Token);
        await store.Alerts.SetCalmAsync(alert, Noon, Token);
        await store.Alerts.ClearAsync(alert, text, ["a"], Noon, Token);
        MadeFinding finding = new(Domain, FindingSource.Reports, "tlsa") { Severity = "error", State = "lasting", Title = "Title", InShort = "In short.", Document = "{}" };
        await store.Findings.KeepAsync(Domain, FindingSource.Reports, [finding], Noon, Token);
        await store.Findings.KeepAsync(Domain, FindingSource.Reports, [], Noon.AddMinutes(1), Token);
    }
}

public class SqliteStoreCleaningTests : StoreCleaningTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresStoreCleaningTests(PostgresServer server) : StoreCleaningTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
