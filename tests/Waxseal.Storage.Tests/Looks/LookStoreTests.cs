using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Looks;

namespace Waxseal.Storage.Tests.Looks;

/// <summary>What the store promises of looks, on each database.</summary>
public abstract class LookStoreTests
{
    private const string Domain = "example.test";
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly LookLease Lease = new(Domain, "one");

    internal abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task Of_many_that_ask_for_a_policy_domain_one_looks()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store first = await database.OpenAsync();
        await using Store second = await database.OpenAsync();

        bool[] claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            (i % 2 == 0 ? first : second).Looks.ClaimAsync(new(Domain, $"process {i}"), Noon, Noon.AddMinutes(3), Token)));

        Assert.Single(claims, claim => claim);
    }

    [Fact]
    public async Task Whoever_was_killed_holds_a_policy_domain_until_its_time_is_over()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        Assert.True(await store.Looks.ClaimAsync(Lease, Noon, Noon.AddMinutes(3), Token));
        LookLease other = new(Domain, "two");

        bool early = await store.Looks.ClaimAsync(other, Noon.AddMinutes(2), Noon.AddMinutes(5), Token);
        bool late = await store.Looks.ClaimAsync(other, Noon.AddMinutes(3), Noon.AddMinutes(6), Token);

        Assert.Equal((false, true), (early, late));

        // The first was not killed after all: its look comes too late, and nothing of it is kept.
        Assert.Null(await store.Looks.AddAsync(Lease, LookAt(Noon), default, At(Noon, Record("a")), Noon.AddHours(1), Token));
        Assert.Empty(await store.StoredLooks.LastAsync(Token));
    }

    [Fact]
    public async Task A_policy_domain_is_due_again_when_its_look_says()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        await AddAsync(store, Noon, Record("a"));

        Assert.False(await store.Looks.ClaimAsync(Lease, Noon.AddMinutes(59), Noon.AddMinutes(62), Token));
        Assert.True(await store.Looks.ClaimAsync(Lease, Noon.AddHours(1), Noon.AddMinutes(63), Token));
    }

    [Fact]
    public async Task A_value_that_stays_is_one_period_and_another_value_is_a_change()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();

        await AddAsync(store, Noon, Record("v=STSv1; id=1;"));
        await AddAsync(store, Noon.AddHours(1), Record("v=STSv1; id=1;"));
        IReadOnlyList<ObservedChange> changes = await AddAsync(store, Noon.AddHours(2), Record("v=STSv1; id=2;"));
        await AddAsync(store, Noon.AddHours(3), Record(null));

        ObservedPeriod[] expected =
        [
            new(ObservedKind.StsRecord, "_mta-sts.example.test", "v=STSv1; id=1;", Noon, Noon.AddHours(1)),
            new(ObservedKind.StsRecord, "_mta-sts.example.test", "v=STSv1; id=2;", Noon.AddHours(2), Noon.AddHours(2)),
            new(ObservedKind.StsRecord, "_mta-sts.example.test", null, Noon.AddHours(3), Noon.AddHours(3)),
        ];
        Assert.Equal(expected, await store.StoredLooks.PeriodsAsync(Domain, Token));
        Assert.Equal([new ObservedChange(expected[0], expected[1] with { LastSeen = Noon.AddHours(2) })], changes);
        Assert.Equal(2, (await store.StoredLooks.CountsAsync(Token)).Changes);
    }

    [Fact]
    public async Task What_could_not_be_told_is_no_change()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, Noon, Certificates("a\nb"));

        await AddAsync(store, Noon.AddHours(1));
        await AddAsync(store, Noon.AddHours(2), Certificates("b") with { IsPartial = true });
        IReadOnlyList<ObservedChange> changes = await AddAsync(store, Noon.AddHours(3), Certificates("b"));

        Assert.Equal(("a\nb", Noon.AddHours(2), "b"), (changes[0].Before.Value, changes[0].After, changes[0].Then.Value));
        Assert.Equal(2, (await store.StoredLooks.PeriodsAsync(Domain, Token)).Count);
    }

    [Fact]
    public async Task The_certificates_in_use_are_those_of_the_last_look_that_could_tell()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        ObservedCertificate old = new("mx.example.test", "aa", "key", Noon.AddDays(-80), Noon.AddDays(10), "CN=Issuer", ["mx.example.test"]);
        ObservedCertificate renewed = old with { Fingerprint = "bb", NotAfter = Noon.AddDays(90) };

        await AddAsync(store, Noon, [Certificates("aa")], old);
        await AddAsync(store, Noon.AddHours(1), [Certificates("bb")], renewed);
        await AddAsync(store, Noon.AddHours(2));

        (string domain, CertificatePeriod now) = Assert.Single(await store.StoredLooks.CertificatesNowAsync(Token));
        Assert.Equal((Domain, "bb", Noon.AddDays(90), Noon.AddHours(1)), (domain, now.Certificate.Fingerprint, now.Certificate.NotAfter, now.FirstSeen));
        Assert.Equal(["mx.example.test"], now.Certificate.Names);
        Assert.Equal(2, (await store.StoredLooks.CertificatesAsync(Domain, Token)).Count);
    }

    [Fact]
    public async Task Looks_come_back_as_they_were_kept_and_in_the_order_of_time()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        for (int i = 0; i < 3; i++)
            await AddAsync(store, Noon.AddHours(i));

        Look[] looks = await store.StoredLooks.ListAsync(Domain, Noon.AddHours(1), Noon.AddDays(1), Token).ToArrayAsync(Token);

        Assert.Equal([Noon.AddHours(1), Noon.AddHours(2)], looks.Select(look => look.At));
        Look last = Assert.Single(await store.StoredLooks.LastAsync(Token));
        Assert.Equal((CheckStanding.Broken, "It is broken.", 1, 2, "{}", TimeSpan.FromSeconds(2)), (last.Standing, last.Headline, last.Errors, last.Warnings, last.Summary, last.Elapsed));
        Assert.Equal(["the MX hosts"], last.Omitted);
        Assert.Equal([1, 2, 3], await store.StoredLooks.DocumentAsync(Domain, last.At, Token));
    }

    [Fact]
    public async Task Pruning_leaves_the_last_look_and_what_is_there_now()
    {
        await using TestDatabase database = await NewDatabaseAsync();
        await using Store store = await database.OpenAsync();
        await AddAsync(store, Noon, Record("a"));
        await AddAsync(store, Noon.AddHours(1), Record("b"));
        DateTimeOffset later = Noon.AddDays(2000);

        (long documents, long looks, long values) = await store.Looks.PruneAsync(later, later, later, Token);

        Assert.Equal((1, 1, 1), (documents, looks, values));
        Assert.Equal(Noon.AddHours(1), Assert.Single(await store.StoredLooks.LastAsync(Token)).At);
        Assert.NotNull(await store.StoredLooks.DocumentAsync(Domain, Noon.AddHours(1), Token));
        Assert.Equal("b", Assert.Single(await store.StoredLooks.PeriodsAsync(Domain, Token)).Value);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ObservedValue Record(string? text) => new(ObservedKind.StsRecord, "_mta-sts.example.test", text);

    private static ObservedValue Certificates(string fingerprints) => new(ObservedKind.Certificates, "mx.example.test", fingerprints);

    private static Observed At(DateTimeOffset at, params ObservedValue[] values) => new(at, [.. values], []);

    private static Look LookAt(DateTimeOffset at) =>
        new(Domain, at, CheckStanding.Broken, "It is broken.") { Elapsed = TimeSpan.FromSeconds(2), Errors = 1, Warnings = 2, Omitted = ["the MX hosts"], Summary = "{}" };

    private static Task<IReadOnlyList<ObservedChange>> AddAsync(Store store, DateTimeOffset at, params ObservedValue[] values) => AddAsync(store, at, values, []);

    private static async Task<IReadOnlyList<ObservedChange>> AddAsync(Store store, DateTimeOffset at, ObservedValue[] values, params ObservedCertificate[] certificates)
    {
        Assert.True(await store.Looks.ClaimAsync(Lease, at, at.AddMinutes(3), Token));
        return (await store.Looks.AddAsync(Lease, LookAt(at), new byte[] { 1, 2, 3 }, new Observed(at, [.. values], [.. certificates]), at.AddHours(1), Token))!;
    }
}

public class SqliteLookStoreTests : LookStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public class PostgresLookStoreTests(PostgresServer server) : LookStoreTests
{
    internal override Task<TestDatabase> NewDatabaseAsync()
    {
        Assert.SkipWhen(PostgresServer.Absence is not null, PostgresServer.Absence ?? "");
        return server.NewDatabaseAsync(TestContext.Current.CancellationToken);
    }
}
