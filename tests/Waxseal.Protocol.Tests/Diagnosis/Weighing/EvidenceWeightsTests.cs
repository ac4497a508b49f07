using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

public class EvidenceWeightsTests
{
    private static readonly SampleReport Fails = Outlook.On("2024-11-07").Sts().Failed(2, FetchError);
    private static readonly SampleReport SucceedsNextDay = Google.On("2024-11-08").Sts(Tested).Succeeded(1);

    [Fact, Rfc(8461, "3.2")]
    public void A_fresh_success_speaks_against_what_stops_everybody_and_lasts() =>
        Assert.Equal(new Weight(-3.0, "Google fetched the policy on 2024-11-07 or later"), Weight("G01", Fails, SucceedsNextDay));

    [Fact, Rfc(8461, "3.2")]
    public void A_success_that_may_be_a_cache_speaks_less() =>
        Assert.Equal(new Weight(-1.0, "Google applied the policy on 2024-11-08, though perhaps from a cache"),
            Weight("G01", Fails, Google.On("2024-11-08").Sts(Enforced).Succeeded(1)));

    [Fact]
    public void A_success_says_nothing_of_what_passes_or_stops_some() =>
        Assert.Empty(Weights("D05", Fails, SucceedsNextDay));

    [Fact]
    public void What_lasted_some_days_was_mended_in_the_end() =>
        Assert.Empty(Weights("B01", [.. EachDay("2024-11-05", 3, day => Google.On(day).Sts().Failed(2, FetchError)), SucceedsNextDay]));

    [Fact]
    public void What_a_reporter_names_did_happen() =>
        Assert.Empty(Weights("F01", Outlook.On("2024-11-07").Sts().Failed(2, WebPkiInvalid), SucceedsNextDay));

    [Fact]
    public void Two_reporters_seldom_fail_on_their_own_side() =>
        Assert.Equal(new Weight(-1.6, "2 reporters see the same fault"),
            Weight("N06", Mox.On("2024-11-07").Sts().Failed(2, FetchError, "dns-lookup"), Named("b").On("2024-11-07").Sts().Failed(2, FetchError, "dns-lookup")));

    [Fact]
    public void The_first_day_is_only_inferred() =>
        Assert.Equal(-0.2, Weight("C01", Fails, SucceedsNextDay).Amount);

    [Fact]
    public void A_policy_in_use_before_had_its_first_day_before() =>
        Assert.Equal(new Weight(-3.0, "the policy was in use before"), Weight("C01",
            MailRu.On("2024-11-07").Sts().Failed(2, FetchError), Google.On("2024-11-06").Sts(Tested).Succeeded(1),
            Google.On("2024-11-07").Sts(Tested).Succeeded(1)));

    [Theory]
    [InlineData(20, false)]
    [InlineData(2_100, true)]
    public void Many_sessions_do_not_fit_a_gap_of_minutes(long sessions, bool speaks) =>
        Assert.Equal(speaks, Weights("C01", Outlook.On("2024-11-07").Sts().Failed(sessions, FetchError), SucceedsNextDay)
            .Contains(new Weight(-1.0, "2,100 sessions are many for a gap of minutes")));

    [Fact]
    public void Who_comes_without_a_User_Agent_may_be_turned_away_for_it() =>
        Assert.Equal(new Weight(0.3, "Microsoft's fetch was seen without a User-Agent (2020)"), Weight("G05", Fails));

    [Fact]
    public void Who_obtained_the_policy_on_the_failing_day_was_not_kept_away_for_good() =>
        Assert.Contains(new Weight(-2.0, "Microsoft obtained the policy on the same day"),
            Weights("D05", Outlook.On("2024-11-07").Sts(Tested).Succeeded(1).Sts().Failed(2, FetchError)));

    [Fact]
    public void Who_fetches_over_IPv6_meets_its_faults() =>
        Assert.Equal(new Weight(0.3, "Microsoft was seen to fetch over IPv6 (2020)"), Weight("D01", Fails));

    [Fact]
    public void Some_call_a_bad_certificate_a_failed_fetch() =>
        Assert.Equal(new Weight(0.7, "Halon Mail calls a bad certificate sts-policy-fetch-error"), Weight("F01",
            [.. EachDay("2024-11-07", 3, day => Halon.On(day).Sts().Failed(2, FetchError))]));

    [Fact]
    public void A_host_out_of_reach_is_a_matter_of_DNS_or_connection() =>
        Assert.Contains(new Weight(1.0, "mx7.stalwart.example says: host could not be reached"),
            Weights("D05", Stalwart.On("2024-11-07").Sts().Failed(2, FetchError, "Could not reach policy host.")));

    [Theory]
    [InlineData("2024-10-23", true)]
    [InlineData("2024-10-24", false)]
    public void No_client_of_Microsoft_broke_off_before_the_first_one_did(string day, bool speaks) =>
        Assert.Equal(speaks, Weights("K13", Outlook.On(day).Sts(Enforced).Failed(2, ValidationFailure)).Any());

    [Fact]
    public void The_text_of_an_invalid_policy_shows_what_is_wrong_with_it()
    {
        SampleReport report = Outlook.On("2024-11-07").Sts("version: STSv1", "mode: enforced", "mx: mx.example.com", "max_age: 86400")
            .Failed(2, PolicyInvalid);

        Assert.Contains(new Weight(2.5, "line 2 of the policy in the report is \"mode: enforced\" (sts-policy-mode-unknown)"), Weights("H03", report));
        Assert.Contains(new Weight(-2.0, "the policy in the report shows another fault"), Weights("H04", report));
    }

    [Fact]
    public void A_field_that_is_not_there_has_no_line() =>
        Assert.Contains(new Weight(2.5, "the policy in the report shows it (sts-policy-max-age-missing)"),
            Weights("H04", Outlook.On("2024-11-07").Sts("version: STSv1", "mode: enforce", "mx: mx.example.com").Failed(2, PolicyInvalid)));

    [Fact, Rfc(6698, "4.1")]
    public void A_TLSA_record_of_no_use_is_shown() =>
        Assert.Contains(new Weight(3.0, "the report shows the record \"3 1 1 ABCD\""),
            Weights("L28", Outlook.On("2024-11-07").Tlsa("3 1 1 ABCD").Failed(2, TlsaInvalid)));

    private static Weight Weight(string causeId, params IEnumerable<SampleReport> reports) => Assert.Single(Weights(causeId, reports));

    // The first weight is the pattern of the row.
    private static IEnumerable<Weight> Weights(string causeId, params IEnumerable<SampleReport> reports) =>
        Assert.Single(TheFinding(reports).Ranking.Causes, ranked => ranked.Cause.Id == causeId).Weights.Skip(1);
}
