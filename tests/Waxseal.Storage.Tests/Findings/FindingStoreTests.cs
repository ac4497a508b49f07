using Waxseal.Storage.Findings;

namespace Waxseal.Storage.Tests.Findings;

/// <summary>What the store promises of findings, on each database.</summary>
public abstract class FindingStoreTests
{
    private const string Domain = "example.test";
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task A_finding_that_is_made_again_is_the_same_one()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await KeepAsync(store, Noon, Made("tlsa", "first"));
        await KeepAsync(store, Noon.AddHours(1), Made("tlsa", "first"));
        await KeepAsync(store, Noon.AddHours(2), Made("tlsa", "second"));

        KeptFinding kept = (await store.StoredFindings.StandingAsync(Token)).Single();
        Assert.Equal((Noon, Noon.AddHours(2), Noon.AddHours(2), (DateTimeOffset?)null), (kept.FirstMadeAt, kept.LastMadeAt, kept.ChangedAt, kept.GoneAt));
        KeptFinding whole = (await store.StoredFindings.FindAsync(Domain, kept.Id, Token))!;
        Assert.Equal(("second", "Title", 7L), (whole.Made.Document, whole.Made.Title, whole.Made.FailedSessions));
        Assert.Equal(["Google", "Microsoft"], whole.Made.SeenBy);
        Assert.Null(await store.StoredFindings.FindAsync("other.test", kept.Id, Token));
    }

    [Fact]
    public async Task What_is_not_made_any_more_is_gone_and_begins_anew_later()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await KeepAsync(store, Noon, Made("tlsa", "a"), Made("start-tls", "b"));
        await store.Findings.KeepAsync(Domain, FindingSource.Look, [Made("tlsa", "c") with { Source = FindingSource.Look }], Noon, Token);

        // Each source speaks for itself, and each policy domain.
        await KeepAsync(store, Noon.AddHours(1), Made("start-tls", "b"));
        await store.Findings.KeepAsync("other.test", FindingSource.Reports, [], Noon.AddHours(1), Token);

        Assert.Equal(["look tlsa", "reports start-tls"], (await store.StoredFindings.StandingAsync(Token)).Select(Named).Order(StringComparer.Ordinal));
        KeptFinding gone = (await store.StoredFindings.OfAsync(Domain, Token)).Single(finding => finding.GoneAt is not null);
        Assert.Equal(("reports tlsa", (DateTimeOffset?)Noon.AddHours(1), false), (Named(gone), gone.GoneAt, gone.IsOpen));

        await KeepAsync(store, Noon.AddHours(2), Made("start-tls", "b"), Made("tlsa", "a"));
        KeptFinding anew = (await store.StoredFindings.StandingAsync(Token)).Single(finding => Named(finding) == "reports tlsa");
        Assert.NotEqual(gone.Id, anew.Id);
        Assert.Equal(1, await store.Findings.PruneAsync(Noon.AddHours(2), Token));
        Assert.Equal(3, (await store.StoredFindings.OfAsync(Domain, Token)).Count);
    }

    [Fact]
    public async Task The_most_urgent_stand_first()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await KeepAsync(store, Noon, Made("a", "x") with { Severity = "info" }, Made("b", "x") with { State = "over" }, Made("c", "x") with { Severity = "warning", FailedSessions = 900 },
            Made("d", "x") with { FailedSessions = 2 }, Made("e", "x") with { FailedSessions = 3 });

        Assert.Equal(["e", "d", "c", "a", "b"], (await store.StoredFindings.StandingAsync(Token)).Select(finding => finding.Made.Subject));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Named(KeptFinding finding) => $"{finding.Made.Source.ToWord()} {finding.Made.Subject}";

    private static Task<int> KeepAsync(Store store, DateTimeOffset at, params MadeFinding[] findings) => store.Findings.KeepAsync(Domain, FindingSource.Reports, findings, at, Token);

    private static MadeFinding Made(string subject, string document) => new(Domain, FindingSource.Reports, subject)
    {
        Severity = "error",
        State = "lasting",
        Title = "Title",
        InShort = "In short.",
        SeenBy = ["Google", "Microsoft"],
        FailedSessions = 7,
        Document = document,
    };
}

public class SqliteFindingStoreTests : FindingStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresFindingStoreTests(PostgresServer server) : FindingStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => server.NewDatabaseAsync(TestContext.Current.CancellationToken);
}
