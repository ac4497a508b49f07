using System.Data.Common;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>Reports as people ask for them, on each database.</summary>
public abstract class ReportListTests
{
    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task Pages_hold_each_report_once_newest_first()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        // Some arrive at the same moment.
        for (int i = 0; i < 25; i++)
            await AddAsync(store, $"r{i}", i % 2 == 0 ? "example.test" : "other.test", SampleReports.Noon.AddMinutes(i / 5));

        List<StoredReport> all = [];
        ReportCursor? after = null;
        do
        {
            ReportPage page = await store.List.NewestAsync(new ReportFilter(), 4, after, TestContext.Current.CancellationToken);
            Assert.InRange(page.Reports.Length, 1, 4);
            all.AddRange(page.Reports);
            if (page.Next is null)
                break;
            Assert.True(ReportCursor.TryParse(page.Next.ToString(), out after));
        }
        while (true);

        Assert.Equal(25, all.Select(report => report.Reference.Id).Distinct().Count());
        Assert.Equal(all.Select(report => report.Arrival.At).OrderDescending(), all.Select(report => report.Arrival.At));
        ReportPage whole = await store.List.NewestAsync(new ReportFilter(), 25, null, TestContext.Current.CancellationToken);
        Assert.Null(whole.Next);
        Assert.Equal(all.Select(report => report.Reference.Id), whole.Reports.Select(report => report.Reference.Id));
    }

    [Fact]
    public async Task Each_condition_holds()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, "a", "example.test", SampleReports.Noon);
        await AddAsync(store, "b", "other.test", SampleReports.Noon.AddHours(1));
        await AddAsync(store, "c", "example.test", SampleReports.Noon.AddHours(2), ReportState.Quarantined, organization: "Other Org");

        Assert.Equal("c a", await IdsAsync(store, new ReportFilter { PolicyDomain = "example.test" }));
        Assert.Equal("c", await IdsAsync(store, new ReportFilter { State = ReportState.Quarantined }));
        Assert.Equal("c", await IdsAsync(store, new ReportFilter { Reporter = "Other Org" }));
        Assert.Equal("c b", await IdsAsync(store, new ReportFilter { Since = SampleReports.Noon.AddHours(1) }));
        Assert.Equal("b a", await IdsAsync(store, new ReportFilter { Until = SampleReports.Noon.AddHours(2) }));
        Assert.Equal("", await IdsAsync(store, new ReportFilter { PolicyDomain = "other.test", State = ReportState.Quarantined, Reporter = "Other Org", Since = SampleReports.Noon, Until = SampleReports.Noon.AddDays(1) }));
        Assert.Equal(["Example Org", "Other Org"], await store.List.ReportersAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["c"], await store.Stored.ListAsync(new ReportFilter { State = ReportState.Quarantined }, TestContext.Current.CancellationToken).Select(report => report.ReportId).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_report_is_found_by_the_beginning_of_its_name()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        for (int i = 0; i < 5; i++)
            await AddAsync(store, $"r{i}", $"d{i}.test", SampleReports.Noon);
        string id = (await AddAsync(store, "r", "example.test", SampleReports.Noon)).Key.Id;

        Assert.Equal(id, Assert.Single(await store.List.WithIdAsync(id, TestContext.Current.CancellationToken)).Reference.Id);
        Assert.Equal(id, Assert.Single(await store.List.WithIdAsync(id[..11].ToUpperInvariant(), TestContext.Current.CancellationToken)).Reference.Id);
        Assert.Empty(await store.List.WithIdAsync("xyz'", TestContext.Current.CancellationToken));
        Assert.Empty(await store.List.WithIdAsync(new string('0', 64), TestContext.Current.CancellationToken));
        Assert.Empty(await store.List.WithIdAsync("", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_policies_of_a_report_are_those_it_came_with()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ArrivedReport arrived = SampleReports.Of(SampleReports.Json());
        StoreReceipt receipt = await store.Reports.AddAsync(arrived, TestContext.Current.CancellationToken);
        StoredReport stored = Assert.Single(await store.List.WithIdAsync(receipt.Key.Id, TestContext.Current.CancellationToken));

        PolicySessions policy = Assert.Single(await store.List.PoliciesAsync(stored, TestContext.Current.CancellationToken));

        PolicySessions came = Assert.Single(PolicySessions.Of(arrived.Evidence!));
        Assert.Equal((came.PolicyDomain, came.CountedElsewhere, came.Policy.Type, came.Policy.TypeText, 5L, 2L),
            (policy.PolicyDomain, policy.CountedElsewhere, policy.Policy.Type, policy.Policy.TypeText, policy.Policy.SuccessfulSessions, policy.Policy.FailedSessions));
        Assert.Equal(came.Policy.PolicyString, policy.Policy.PolicyString);
        Assert.Equal(came.Policy.MxHosts, policy.Policy.MxHosts);
        Assert.Equal(came.Policy.Failures, policy.Policy.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a place")]
    public void What_is_no_place_in_the_list_is_refused(string text) => Assert.False(ReportCursor.TryParse(text, out _));

    [Fact]
    public async Task The_summary_counts_what_is_there()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        StoreSummary nothing = await store.Summaries.ReadAsync(10, TestContext.Current.CancellationToken);
        Assert.Equal((0L, 0L, null, null, null), (nothing.Reports, nothing.PolicyDomains, nothing.FirstDay, nothing.LastDay, nothing.NewestArrival));

        await AddAsync(store, "a", "example.test", SampleReports.Noon, day: "2026-03-01");
        await AddAsync(store, "b", "example.test", SampleReports.Noon.AddHours(1), day: "2026-03-04");
        await AddAsync(store, "c", "other.test", SampleReports.Noon.AddHours(2), day: "2026-02-27");
        await AddAsync(store, "d", "third.test", SampleReports.Noon.AddHours(3), ReportState.Quarantined, day: "2026-01-01");
        StoreSummary summary = await store.Summaries.ReadAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal([new ReportCount(ReportState.Counted, Channel.Https, Trust.Unverified, 3), new ReportCount(ReportState.Quarantined, Channel.Https, Trust.Unverified, 1)], summary.Counts);
        Assert.Equal((4L, 2L, new DateOnly(2026, 2, 27), new DateOnly(2026, 3, 4), SampleReports.Noon.AddHours(3)),
            (summary.Reports, summary.PolicyDomains, summary.FirstDay!.Value, summary.LastDay!.Value, summary.NewestArrival!.Value));
        Assert.Equal([new DomainCount("example.test", 2, SampleReports.Noon.AddHours(1))], summary.Largest);
        Assert.True(summary.Size > 0);
        Assert.Equal(Migrations.Migration.All[^1].Number, summary.SchemaStep);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_made_by_looking()
    {
        await using TestDatabase database = await NewDatabaseAsync();

        StoreAbsentException fault = await Assert.ThrowsAsync<StoreAbsentException>(() => Store.OpenExistingAsync(database.Address, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.StartsWith("There is no store at ", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreAbsentException>(() => Store.DemandAsync(database.Address, TestContext.Current.CancellationToken));
        Assert.False(database.Address.IsSqlite && File.Exists(database.Address.Value));
        await (await database.OpenAsync()).DisposeAsync();
        await (await Store.OpenExistingAsync(database.Address, TimeProvider.System, TestContext.Current.CancellationToken)).DisposeAsync();
    }

    private static async Task<string> IdsAsync(Store store, ReportFilter filter) =>
        string.Join(' ', (await store.List.NewestAsync(filter, 10, null, TestContext.Current.CancellationToken)).Reports.Select(report => report.ReportId));

    private static Task<StoreReceipt> AddAsync(
        Store store, string id, string domain, DateTimeOffset at, ReportState state = ReportState.Counted, string organization = "Example Org", string day = "2026-03-01")
    {
        ArrivedReport report = SampleReports.Of(SampleReports.Json(id, domain, day, organization: organization), domain: domain);
        return store.Reports.AddAsync(report with { State = state, Arrival = report.Arrival with { At = at } }, TestContext.Current.CancellationToken);
    }
}

public class SqliteReportListTests : ReportListTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());

    // Whatever is asked for, an index gives it in the order that it is shown in.
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("example.test", null, null)]
    [InlineData(null, ReportState.Quarantined, null)]
    [InlineData(null, null, "Example Org")]
    public async Task No_page_reads_or_sorts_the_whole_table(string? domain, object? state, string? reporter)
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ReportFilter filter = new() { PolicyDomain = domain, State = (ReportState?)state, Reporter = reporter };
        await using DbConnection connection = await store.Engine.OpenAsync(TestContext.Current.CancellationToken);
        await using DbCommand command = connection.Command(
            $"EXPLAIN QUERY PLAN SELECT state FROM report WHERE {filter.Conditions.Text} ORDER BY received_at DESC, policy_domain DESC, report_key DESC LIMIT 51", filter.Conditions.Values);
        await using DbDataReader rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> steps = [];
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            steps.Add(rows.GetString(3));

        // What arrives at one moment is sorted; it is little.
        Assert.Contains(" INDEX report_by_", steps[0], StringComparison.Ordinal);
        Assert.All(steps.Skip(1), step => Assert.Equal("USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY", step));
    }

    [Fact]
    public async Task Nobody_else_may_read_the_files_of_the_database()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await store.Reports.AddAsync(SampleReports.Of(SampleReports.Json()), TestContext.Current.CancellationToken);
        string folder = Path.GetDirectoryName(database.Address.Value)!;
        await store.Engine.BackupAsync(Path.Combine(folder, "backup.db"), TestContext.Current.CancellationToken);

        string[] files = [.. Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(["backup.db", "waxseal.db", "waxseal.db-shm", "waxseal.db-wal"], files);
        Assert.All(files, file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder, file)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Fact]
    public async Task The_rights_that_somebody_gave_a_database_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        await using TestDatabase database = await NewDatabaseAsync();
        await (await database.OpenAsync()).DisposeAsync();
        const UnixFileMode WithGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(database.Address.Value, WithGroup);

        await using Store store = await database.OpenAsync();

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(database.Address.Value) == WithGroup);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_leaves_nothing()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => store.Engine.BackupAsync("/nonexist/b.db", TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<IOException>(() => store.Engine.BackupAsync(database.Address.Value, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(database.Address.Value));
    }
}

public class PostgresReportListTests(PostgresServer server) : ReportListTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
