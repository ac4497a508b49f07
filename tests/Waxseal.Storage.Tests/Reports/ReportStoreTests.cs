using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>What the store promises of reports, on each database.</summary>
public abstract class ReportStoreTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task A_report_counts_once_however_often_it_comes()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        StoreReceipt first = await AddAsync(store, SampleReports.Of(SampleReports.Json()));
        StoreReceipt second = await AddAsync(store, SampleReports.Of(SampleReports.Json().Replace("\n", " ", StringComparison.Ordinal)));

        Assert.Equal((ReportOutcome.Stored, ReportOutcome.Known), (first.Outcome, second.Outcome));
        Assert.Equal(first.Key.Id, second.Key.Id);
        Assert.Equal((5L, 2L), await SumsAsync(store));
        StoredReport stored = Assert.Single(await AllAsync(store));
        Assert.Equal((2L, ReportState.Counted, 5L, 2L), (stored.TimesReceived, stored.State, stored.Successful, stored.Failed));
    }

    [Fact]
    public async Task A_corrected_report_takes_the_place_of_the_first()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 5, failed: 2), Trust.Verified, "org.test"));

        StoreReceipt receipt = await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 50, failed: 20), Trust.Verified, "org.test"));

        Assert.Equal(ReportOutcome.Replaced, receipt.Outcome);
        Assert.Equal((50L, 20L), await SumsAsync(store));
        Assert.Equal([ReportState.Counted, ReportState.Replaced], (await AllAsync(store)).Select(report => report.State).Order());
    }

    [Fact]
    public async Task Nobody_takes_the_place_of_a_report_that_is_verified()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 0, failed: 900)));
        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 5, failed: 2), Trust.Verified, "org.test"));

        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 7, failed: 900)));

        // The forged ones are reports of another sender; what to make of that is for the policy of trust.
        Assert.Contains(await AllAsync(store), report => report is { State: ReportState.Counted, Successful: 5, Failed: 2, Arrival.Trust: Trust.Verified });
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_and_counts_nothing()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        await AddAsync(store, SampleReports.Of("{}", domain: ""));

        StoredReport stored = Assert.Single(await AllAsync(store));
        Assert.Equal((ReportState.Unreadable, "is no report"), (stored.State, stored.Fault));
        Assert.NotEmpty((await store.Stored.BodyAsync(stored.Reference, TestContext.Current.CancellationToken))!);
        Assert.Equal((0L, 0L), await SumsAsync(store));
    }

    [Fact]
    public async Task Texts_that_a_database_may_not_like_are_kept()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        await AddAsync(store, SampleReports.Of(SampleReports.Json(organization: "a\\u0000b\\ud800c'; DROP TABLE report; --\\u202e")));

        Assert.Equal(ReportState.Counted, Assert.Single(await AllAsync(store)).State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_kept_apart_counts_when_it_comes_by_a_way_that_is_accepted(bool atOnce)
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ArrivedReport apart = SampleReports.Of(SampleReports.Json(), Trust.Failed) with { State = ReportState.Quarantined };
        ArrivedReport accepted = SampleReports.Of(SampleReports.Json());
        accepted = accepted with { Arrival = accepted.Arrival with { At = SampleReports.Noon.AddHours(1), TrustReason = "better" } };

        Task<StoreReceipt> first = AddAsync(store, apart);
        if (!atOnce)
            await first;
        StoreReceipt second = await AddAsync(store, accepted);
        await first;

        Assert.Equal(ReportState.Counted, second.State);
        Assert.Equal((5L, 2L), await SumsAsync(store));
        StoredReport stored = Assert.Single(await AllAsync(store));
        Assert.Equal((2L, ReportState.Counted, Trust.Unverified, "better"), (stored.TimesReceived, stored.State, stored.Arrival.Trust, stored.Arrival.TrustReason));
        if (!atOnce)
            Assert.Equal((ReportOutcome.Accepted, SampleReports.Noon.AddHours(1)), (second.Outcome, stored.Arrival.At));

        // What is less accepted takes nothing back.
        await AddAsync(store, apart);
        Assert.Equal((3L, ReportState.Counted, Trust.Unverified), Only(await AllAsync(store)));
        Assert.Equal((5L, 2L), await SumsAsync(store));

        static (long, ReportState, Trust) Only(List<StoredReport> reports) => (reports.Single().TimesReceived, reports.Single().State, reports.Single().Arrival.Trust);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_is_proved_counts_in_place_of_the_same_that_was_not(bool isQuarantined, bool atOnce)
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ArrivedReport unproved = SampleReports.Of(SampleReports.Json()) with { State = isQuarantined ? ReportState.Quarantined : ReportState.Counted };

        Task<StoreReceipt> first = AddAsync(store, unproved);
        if (!atOnce)
            await first;
        await AddAsync(store, SampleReports.Of(SampleReports.Json(), Trust.Verified, "org.test"));
        await first;
        await AddAsync(store, unproved);

        Assert.Equal((5L, 2L), await SumsAsync(store));
        Assert.Equal([(ReportState.Counted, Trust.Verified), (ReportState.Replaced, Trust.Unverified)], (await AllAsync(store)).Select(report => (report.State, report.Arrival.Trust)).Order());

        // One with other numbers is another one, and may be forged.
        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 1)) with { State = ReportState.Quarantined });
        Assert.Equal((5L, 2L), await SumsAsync(store));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_nobody_proved_counts_nothing_beside_the_same_that_is_proved(bool isQuarantined, bool atOnce)
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ArrivedReport unproved = SampleReports.Of(SampleReports.Json()) with { State = isQuarantined ? ReportState.Quarantined : ReportState.Counted };

        Task<StoreReceipt> first = AddAsync(store, SampleReports.Of(SampleReports.Json(), Trust.Verified, "org.test"));
        if (!atOnce)
            await first;
        StoreReceipt second = await AddAsync(store, unproved);
        await first;

        Assert.Equal((5L, 2L), await SumsAsync(store));
        if (!atOnce)
        {
            Assert.Equal((ReportOutcome.Known, ReportState.Counted), (second.Outcome, second.State));
            Assert.Equal((2L, Trust.Verified), (await AllAsync(store)).Select(report => (report.TimesReceived, report.Arrival.Trust)).Single());
        }

        // Of another day it is another report, though it counts the same.
        await AddAsync(store, SampleReports.Of(SampleReports.Json(day: "2026-03-02")));
        Assert.Equal(2, (await AllAsync(store)).Count(report => report.State == ReportState.Counted));
    }

    [Fact]
    public async Task A_better_proof_raises_the_trust_of_a_report_that_counts()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, SampleReports.Of(SampleReports.Json(), Trust.Relayed, "org.test"));

        StoreReceipt again = await AddAsync(store, SampleReports.Of(SampleReports.Json(), Trust.Verified, "org.test"));

        Assert.Equal((ReportOutcome.Known, ReportState.Counted), (again.Outcome, again.State));
        StoredReport stored = Assert.Single(await AllAsync(store));
        Assert.Equal((2L, Trust.Verified, SampleReports.Noon), (stored.TimesReceived, stored.Arrival.Trust, stored.Arrival.At));
        Assert.Equal((5L, 2L), await SumsAsync(store));

        // Who is trusted less cannot correct it any more.
        await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 9), Trust.Relayed, "org.test"));
        Assert.Equal((5L, 2L), await SumsAsync(store));
    }

    [Fact]
    public async Task A_correction_that_was_doubted_takes_its_place_when_it_is_proved()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, SampleReports.Of(SampleReports.Json(), Trust.Verified, "org.test"));
        StoreReceipt doubted = await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 9, failed: 1), Trust.Relayed, "org.test"));
        Assert.Equal(ReportState.Conflicting, doubted.State);

        StoreReceipt proved = await AddAsync(store, SampleReports.Of(SampleReports.Json(successful: 9, failed: 1), Trust.Verified, "org.test"));

        Assert.Equal((ReportOutcome.Replaced, ReportState.Counted), (proved.Outcome, proved.State));
        Assert.Equal((9L, 1L), await SumsAsync(store));
        Assert.Equal([ReportState.Counted, ReportState.Replaced], (await AllAsync(store)).Select(report => report.State).Order());
    }

    [Fact]
    public async Task A_thousand_reports_side_by_side_are_all_there_and_none_twice()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ArrivedReport[] reports = [.. Enumerable.Range(0, 1000).Select(i => SampleReports.Of(SampleReports.Json($"r{i % 500}", successful: i % 500, failed: 1)))];

        await Task.WhenAll(reports.Select(report => AddAsync(store, report)));

        Assert.Equal(500, (await AllAsync(store)).Count);
        Assert.Equal((Enumerable.Range(0, 500).Sum(i => (long)i), 500L), await SumsAsync(store));
    }

    [Fact]
    public async Task What_was_stored_is_there_when_the_store_is_opened_again()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using (Store store = await database.OpenAsync())
            await AddAsync(store, SampleReports.Of(SampleReports.Json()));

        await using Store again = await database.OpenAsync();

        Assert.Equal((5L, 2L), await SumsAsync(again));
    }

    private static Task<StoreReceipt> AddAsync(Store store, ArrivedReport report) => store.Reports.AddAsync(report, TestContext.Current.CancellationToken);

    private static async Task<(long Successful, long Failed)> SumsAsync(Store store)
    {
        IReadOnlyList<DaySessions> days = await store.Stored.DaysAsync("example.test", First, Last, TestContext.Current.CancellationToken);
        return (days.Sum(day => day.Successful), days.Sum(day => day.Failed));
    }

    private static async Task<List<StoredReport>> AllAsync(Store store)
    {
        List<StoredReport> reports = [];
        await foreach (StoredReport report in store.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
            reports.Add(report);
        return reports;
    }
}

public class SqliteReportStoreTests : ReportStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresReportStoreTests(PostgresServer server) : ReportStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
