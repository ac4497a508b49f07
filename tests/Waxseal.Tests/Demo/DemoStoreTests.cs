using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Demo;
using Waxseal.Demo.Story;
using Waxseal.Findings;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Readiness;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;
using Waxseal.Tests.Monitor;

namespace Waxseal.Tests.Demo;

public sealed class DemoStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 20, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-demo-").FullName;
    private readonly MovedClock _clock = new(Now);

    private StoreAddress Address => new(true, Path.Combine(_folder, "demo.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sums_of_the_store_are_those_of_the_reports_that_were_made()
    {
        Assert.Null(await PrepareAsync());

        await using Store store = await OpenAsync();
        foreach (StoryDomain domain in StoryDomains.Of(Today))
        {
            Report[] made = [.. Enumerable.Range(1, StoryDomain.Days).SelectMany(ago => DemoReport.About(domain, ago, Now)).Select(report => report.Report)];
            List<DaySum> kept = await store.Sums.DaysAsync(domain.Name, Today.AddDays(-StoryDomain.Days), Today, Token);
            Assert.Equal(made.Length, kept.Sum(sum => sum.Reports));
            Assert.Equal(made.Sum(report => report.Policies[0].SuccessfulSessions), kept.Sum(sum => sum.Successful));
            Assert.Equal(made.Sum(report => report.Policies[0].FailedSessions), kept.Sum(sum => sum.Failed));
        }

        Assert.Equal([ReportState.Counted], (await store.Stored.StatesAsync(Token)).Keys);
        await foreach (StoredReport report in store.Stored.ListAsync(new ReportFilter(), Token))
            Assert.StartsWith("demo ", report.Arrival.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_findings_tell_the_story()
    {
        await PrepareAsync();

        await using Store store = await OpenAsync();
        await new FindingMaker(new FindingsOptions(), "test", _clock, NullLogger.Instance).MakeAsync(store, Token);

        KeptFinding microsoft = await FindAsync(store, "eden.example", FindingSource.Reports);
        Assert.True(microsoft.IsOpen);
        Assert.Contains("Microsoft could not obtain the MTA-STS policy of eden.example", microsoft.Made.Document, StringComparison.Ordinal);
        Assert.Contains("has an IPv6 address at which nothing listens", microsoft.Made.InShort, StringComparison.Ordinal);
        Assert.Equal(("error", "present"), Standing(await FindAsync(store, "forge.example", FindingSource.Reports)));
        Assert.Equal("over", (await FindAsync(store, "bakery.example", FindingSource.Reports)).Made.State);
        Assert.Equal("over", (await FindAsync(store, "harbour.example", FindingSource.Reports)).Made.State);
        Assert.Empty(await store.StoredFindings.OfAsync("library.example", Token));
        Assert.Empty(await store.StoredFindings.OfAsync("quiet.example", Token));
    }

    [Fact]
    public async Task The_quiet_policy_domain_is_ready_to_enforce()
    {
        await PrepareAsync();

        await using Store store = await OpenAsync();
        List<ObservedPeriod> periods = await store.StoredLooks.PeriodsAsync("quiet.example", Token);
        List<DaySum> sums = await store.Sums.DaysAsync("quiet.example", Today.AddDays(-StoryDomain.Days), Today, Token);
        EnforceReadiness readiness = EnforceReadiness.Of(
            periods.Single(period => period.Kind == ObservedKind.Policy), [.. sums.Select(sum => new ReportedDay(sum.Day, sum.Reporter, sum.Successful, sum.Failed))], [], Today);
        Assert.Equal(EnforceVerdict.Ready, readiness.Verdict);
    }

    [Fact]
    public async Task What_changed_is_kept_beside_the_reports()
    {
        await PrepareAsync();

        await using Store store = await OpenAsync();
        Assert.Equal([(ObservedKind.Addresses, 6)], await ChangesAsync(store, "eden.example"));
        Assert.Equal([(ObservedKind.Certificates, 12)], await ChangesAsync(store, "bakery.example"));
        Assert.Equal([(ObservedKind.Mx, 9), (ObservedKind.StsRecord, 6), (ObservedKind.Policy, 6)], await ChangesAsync(store, "harbour.example"));
        Assert.Equal([(ObservedKind.Certificates, 4)], await ChangesAsync(store, "forge.example"));
    }

    [Fact]
    public async Task A_second_start_goes_on_with_what_is_there()
    {
        await PrepareAsync();
        long before = await ReportsAsync();

        Assert.Null(await PrepareAsync());

        Assert.Equal(before, await ReportsAsync());
    }

    [Fact]
    public async Task On_another_day_a_store_of_its_own_is_made_anew()
    {
        await PrepareAsync();
        _clock.Move(TimeSpan.FromDays(1));

        Assert.Null(await PrepareAsync());

        await using Store store = await OpenAsync();
        List<DaySum> sums = await store.Sums.DaysAsync("forge.example", Today.AddDays(-60), Today, Token);
        Assert.Equal((Today.AddDays(-StoryDomain.Days), Today.AddDays(-1)), (sums[0].Day, sums[^1].Day));
    }

    [Fact]
    public async Task On_another_day_a_store_that_is_not_its_own_is_left_alone()
    {
        await PrepareAsync(isOwn: false);
        _clock.Move(TimeSpan.FromDays(1));

        Assert.Contains("holds the demonstration of 2026-03-12", await PrepareAsync(isOwn: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_holds_reports_is_refused()
    {
        DemoReport report = DemoReport.About(StoryDomains.Of(Today)[0], 2, Now).First();
        await using (Store store = await OpenAsync())
            await store.Reports.AddAsync(new ArrivedReport("", report.Packed, report.Arrival) { State = ReportState.Unreadable }, Token);

        Assert.Contains("wants a store that is empty", await PrepareAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await ReportsAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private static (string Severity, string State) Standing(KeptFinding finding) => (finding.Made.Severity, finding.Made.State);

    private static async Task<KeptFinding> FindAsync(Store store, string policyDomain, FindingSource source)
    {
        KeptFinding listed = Assert.Single(await store.StoredFindings.OfAsync(policyDomain, Token), finding => finding.Made.Source == source);
        return (await store.StoredFindings.FindAsync(policyDomain, listed.Id, Token))!;
    }

    private async Task<ImmutableArray<(ObservedKind Kind, int Ago)>> ChangesAsync(Store store, string policyDomain) =>
    [
        .. new DomainHistory([], [.. await store.StoredLooks.PeriodsAsync(policyDomain, Token)], []).Changes
            .Select(change => (change.Kind, Today.DayNumber - DateOnly.FromDateTime(change.By.UtcDateTime).DayNumber)),
    ];

    private async Task<string?> PrepareAsync(bool isOwn = true)
    {
        using MemoryStream nothing = new();
        return await new DemoStore(Address, isOwn, new Surroundings(nothing, nothing, nothing) { Clock = _clock }).PrepareAsync(Token);
    }

    private Task<Store> OpenAsync() => Store.OpenAsync(Address, _clock, Token);

    private async Task<long> ReportsAsync()
    {
        await using Store store = await OpenAsync();
        return (await store.Stored.StatesAsync(Token)).Values.Sum();
    }
}
