using System.Data.Common;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>The sums of every view are those of the raw reports, whatever is done with the store.</summary>
public abstract class SumsTests
{
    private static readonly DateOnly Ever = DateOnly.MinValue;
    private static readonly DateTimeOffset MiddleOfFebruary = new(2026, 2, 14, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstOfFebruary = new(2026, 2, 1);

    internal abstract int Cases { get; }

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    // The same cases each time: a test that fails now and then helps nobody.
    [Fact]
    public void Sums_of_every_view_are_those_of_the_raw_reports() =>
        Prop.ForAll(MadeReport.Some, HoldsAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20260301, 1));

    private async Task HoldsAsync(MadeReport[] reports)
    {
        await using TestDatabase database = await NewDatabaseAsync();
        RawSums raw = new();
        await using (Store store = await database.OpenAsync())
        {
            // The order among reports that come at the same time is nobody's; so each waits, and those that came are sent again at once.
            foreach (MadeReport report in reports)
            {
                await store.Reports.AddAsync(report.Arrived, TestContext.Current.CancellationToken);
                raw.Add(report);
            }

            await Task.WhenAll(reports.Select(report => store.Reports.AddAsync(report.Arrived, TestContext.Current.CancellationToken)));
            await HoldsAsync("as sent", store, raw, Ever);
            await ReadAllAgainAsync(store);
            await HoldsAsync("read again", store, raw, Ever);
        }

        await using TestDatabase copy = await database.RestoredAsync();
        await using Store restored = await copy.OpenAsync();
        await HoldsAsync("restored", restored, raw, Ever);
        await restored.Reports.PruneAsync(DateTimeOffset.MinValue, DateTimeOffset.MinValue, MiddleOfFebruary, TestContext.Current.CancellationToken);
        await HoldsAsync("pruned", restored, raw, FirstOfFebruary);
    }

    private static async Task HoldsAsync(string step, Store store, RawSums raw, DateOnly since)
    {
        SortedDictionary<string, (long Successful, long Failed)> sessions = raw.Sessions(since);
        Assert.Equal(Lines(step, sessions), Lines(step, await SumsAsync(store, "SELECT policy_domain, day, SUM(successful), SUM(failed) FROM reported_policy WHERE counted_elsewhere = 0 GROUP BY policy_domain, day")));
        Assert.Equal(Lines(step, raw.Failures(since)), Lines(step, await SumsAsync(store, "SELECT policy_domain, day, 0, SUM(sessions) FROM reported_failure GROUP BY policy_domain, day")));
        Assert.Equal(Lines(step, sessions), Lines(step, await SumsAsync(store, "SELECT policy_domain, day, SUM(successful), SUM(failed) FROM session_sum GROUP BY policy_domain, day")));
        Assert.Equal(Lines(step, sessions), Lines(step, await SumsAsync(store, "SELECT policy_domain, day, successful, failed FROM domain_sum")));
        Assert.Equal(
            await RowsAsync(store, "SELECT policy_domain, day, reporter, COUNT(DISTINCT report_key) FROM reported_policy GROUP BY policy_domain, day, reporter ORDER BY policy_domain, day, reporter"),
            await RowsAsync(store, "SELECT policy_domain, day, reporter, reports FROM session_sum WHERE reports <> 0 ORDER BY policy_domain, day, reporter"));
        foreach (string policyDomain in await store.AlertFacts.PolicyDomainsAsync(TestContext.Current.CancellationToken))
        {
            IReadOnlyList<DaySessions> days = await store.Stored.DaysAsync(policyDomain, Ever, DateOnly.MaxValue, TestContext.Current.CancellationToken);
            Assert.Equal(
                sessions.Where(sum => sum.Key.StartsWith($"{policyDomain} ", StringComparison.Ordinal)).Select(sum => sum.Value),
                days.GroupBy(day => day.Day).Select(day => (day.Sum(one => one.Successful), day.Sum(one => one.Failed))).Where(sum => sum != (0, 0)));
        }

        List<StoredReport> counted = await store.Stored.ListAsync(new ReportFilter { State = ReportState.Counted }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal((step, sessions.Values.Sum(sum => sum.Successful), sessions.Values.Sum(sum => sum.Failed)), (step, counted.Sum(report => report.Successful), counted.Sum(report => report.Failed)));
    }

    private static string[] Lines(string step, SortedDictionary<string, (long Successful, long Failed)> sums) =>
        [step, .. sums.Select(sum => $"{sum.Key}: {sum.Value.Successful} {sum.Value.Failed}")];

    private static async Task<SortedDictionary<string, (long Successful, long Failed)>> SumsAsync(Store store, string query)
    {
        await using DbConnection connection = await store.Engine.OpenAsync(TestContext.Current.CancellationToken);
        await using DbCommand command = connection.Command(query);
        await using DbDataReader rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        SortedDictionary<string, (long, long)> sums = new(StringComparer.Ordinal);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            (long Successful, long Failed) sum = (Convert.ToInt64(rows.GetValue(2), null), Convert.ToInt64(rows.GetValue(3), null));
            if (sum != (0, 0))
                sums[$"{rows.GetString(0)} {rows.GetInt32(1)}"] = sum;
        }

        return sums;
    }

    private static async Task<List<string>> RowsAsync(Store store, string query)
    {
        await using DbConnection connection = await store.Engine.OpenAsync(TestContext.Current.CancellationToken);
        await using DbCommand command = connection.Command(query);
        await using DbDataReader rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            lines.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(i => Convert.ToString(rows.GetValue(i), null))));
        return lines;
    }

    private static async Task ReadAllAgainAsync(Store store)
    {
        await foreach (StoredReport report in store.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
        {
            byte[] body = (await store.Stored.BodyAsync(report.Reference, TestContext.Current.CancellationToken))!;
            using StreamReader plain = new(new GZipStream(new MemoryStream(body), CompressionMode.Decompress), Encoding.UTF8);
            ArrivedReport again = SampleReports.Of(await plain.ReadToEndAsync(TestContext.Current.CancellationToken), report.Arrival.Trust, report.Arrival.Submitter, report.Reference.PolicyDomain);
            Assert.NotNull(await store.Reports.RewriteAsync(report, again with { State = report.State }, TestContext.Current.CancellationToken));
        }
    }
}

public class SqliteSumsTests : SumsTests
{
    internal override int Cases => 60;

    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresSumsTests(PostgresServer server) : SumsTests
{
    internal override int Cases => 5;

    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
