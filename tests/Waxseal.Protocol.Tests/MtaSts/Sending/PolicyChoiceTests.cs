using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts.Sending;

public class PolicyChoiceTests
{
    private static readonly DateTimeOffset Now = new(2024, 11, 8, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => VectorFile.Cases("sts-cache");

    [Theory, Rfc(8461, "3.3"), Rfc(8461, "5.1")]
    [MemberData(nameof(Vectors))]
    public void The_cached_and_the_live_policy_are_weighed(string _, JsonElement input, JsonElement expected)
    {
        CachedPolicy? cached = Cached(input);
        TxtLookup<StsRecord> lookup = Lookup(input.GetProperty("txt").GetString()!);
        PolicyChoice beforeFetch = PolicyChoice.Of(cached, lookup, null, null, Now);
        PolicyChoice choice = PolicyChoice.Of(cached, lookup, Fetch(input.GetProperty("fetch").GetString()), null, Now);

        Assert.Equal(expected.GetProperty("https_fetch").GetBoolean(), beforeFetch.NeedsFetch);
        Assert.False(choice.NeedsFetch);
        Assert.Equal(expected.GetProperty("applied").GetString(), choice.Applied?.Policy.Mode.ToWord() ?? "no-policy");
        Assert.Equal(expected.GetProperty("reportable").GetBoolean(), choice.Failure is not null);
        Assert.Equal(expected.GetProperty("reportable").GetBoolean(), choice.FailureReason is not null);
        Assert.Equal(expected.GetProperty("alert_admin").GetBoolean(), choice.AlertsAdministrator);
    }

    [Fact, Rfc(8461, "3.1")]
    public void A_fetched_policy_is_kept_under_the_id_that_led_to_it()
    {
        PolicyChoice choice = PolicyChoice.Of(Policy("A", 100, 0), Found("B"), Fetched(StsMode.Testing, 60), null, Now);

        Assert.Equal(new CachedPolicy(Model(StsMode.Testing, 60), "B", Now), choice.Applied);
    }

    [Fact, Rfc(8461, "5.1")]
    public void While_a_fetch_is_under_way_the_fresh_policy_applies()
    {
        CachedPolicy cached = Policy("A", 86_400, 100);

        Assert.Same(cached, PolicyChoice.Of(cached, Found("B"), null, null, Now).Applied);
        Assert.Null(PolicyChoice.Of(Policy("A", 86_400, 86_401), Found("B"), null, null, Now).Applied);
    }

    [Theory, Rfc(8461, "3.3")]
    [InlineData("B", 10, false)]
    [InlineData("B", 299, false)]
    [InlineData("B", 300, true)]
    [InlineData("C", 10, true)]
    [InlineData("B", -10, true)]
    public void A_failed_fetch_stands_for_five_minutes_and_one_id(string liveId, int age, bool needsFetch)
    {
        var failure = new FailedFetch("B", new PolicyFetchResult.NotServed(500, null), Now.AddSeconds(-age));

        PolicyChoice choice = PolicyChoice.Of(Policy("A", 86_400, 100), Found(liveId), null, failure, Now);

        Assert.Equal(needsFetch, choice.NeedsFetch);
        Assert.Equal(needsFetch ? null : ResultType.StsPolicyFetchError, choice.Failure);
        Assert.Equal(StsMode.Enforce, choice.Applied?.Policy.Mode);
    }

    [Theory, Rfc(8461, "5.1")]
    [InlineData(86_399, true)]
    [InlineData(86_400, true)]
    [InlineData(86_400.9, true)]
    [InlineData(86_401, false)]
    public void A_policy_is_fresh_while_its_age_has_not_exceeded_max_age(double age, bool expected) =>
        Assert.Equal(expected, Policy("A", 86_400, age).IsFreshAt(Now));

    [Theory, Rfc(8461, "3.2")]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void A_policy_with_max_age_0_lives_through_the_second_of_its_fetch(int age, bool expected) =>
        Assert.Equal(expected, Policy("A", 0, age).IsFreshAt(Now));

    [Fact]
    public void A_clock_set_back_keeps_a_policy_and_asks_for_a_refresh()
    {
        CachedPolicy cached = Policy("A", 86_400, -3_600);

        Assert.Equal(TimeSpan.Zero, cached.AgeAt(Now));
        Assert.True(cached.IsFreshAt(Now));
        Assert.True(cached.IsRefreshDueAt(Now));
        Assert.False(PolicyChoice.Of(cached, Found("A"), null, null, Now).NeedsFetch);
    }

    [Theory, Rfc(8461, "3.3")]
    [InlineData(604_800, 86_399, false)]
    [InlineData(604_800, 86_400, true)]
    [InlineData(86_400, 43_199, false)]
    [InlineData(86_400, 43_200, true)]
    [InlineData(60, 299, false)]
    [InlineData(60, 300, true)]
    public void A_refresh_is_due_daily_and_in_time(int maxAge, int age, bool expected) =>
        Assert.Equal(expected, Policy("A", maxAge, age).IsRefreshDueAt(Now));

    private static CachedPolicy? Cached(JsonElement input)
    {
        JsonElement cached = input.GetProperty("cached");
        if (cached.ValueKind == JsonValueKind.Null)
            return null;

        StsMode mode = StsModes.FromWord(cached.GetProperty("mode").GetString()!)!.Value;
        StsPolicy policy = Model(mode, cached.GetProperty("max_age").GetInt32());
        DateTimeOffset fetchedAt = Now.AddSeconds(-input.GetProperty("age_seconds").GetInt32());
        return new CachedPolicy(policy, cached.GetProperty("id").GetString()!, fetchedAt);
    }

    private static TxtLookup<StsRecord> Lookup(string txt) => txt switch
    {
        "absent" => new TxtLookup<StsRecord>.NoRecord(),
        "invalid" => new TxtLookup<StsRecord>.Invalid([]),
        "error" => new TxtLookup<StsRecord>.Failed("SERVFAIL"),
        var id => Found(id),
    };

    private static PolicyFetchResult? Fetch(string? fetch) => fetch switch
    {
        null => null,
        "fail" => new PolicyFetchResult.NotServed(500, null),
        "invalid" => PolicyFetchResult.Of(new PolicyHostVisit.Answered(200, "text/plain", "mode: enforce"u8.ToArray())),
        var mode => Fetched(StsModes.FromWord(mode)!.Value, 86_400),
    };

    private static TxtLookup<StsRecord>.Found Found(string id) => new(new StsRecord(id), []);

    private static PolicyFetchResult.Fetched Fetched(StsMode mode, int maxAge) => new(Model(mode, maxAge), []);

    private static CachedPolicy Policy(string id, int maxAge, double age) =>
        new(Model(StsMode.Enforce, maxAge), id, Now.AddSeconds(-age));

    private static StsPolicy Model(StsMode mode, int maxAge) =>
        new(mode, TimeSpan.FromSeconds(maxAge), [Readings.Pattern("mail.example.com")]);
}
