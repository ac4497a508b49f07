using Waxseal.Protocol.Diagnosis;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Answers;

/// <summary>Each reading rule in a case where it speaks, and in one where it must be silent.</summary>
public class ReadingRulesTests
{
    private static readonly SampleReport Fails = Outlook.On("2024-11-07").Sts().Failed(2, FetchError);
    private static readonly SampleReport SucceedsNextDay = Google.On("2024-11-08").Sts(Tested).Succeeded(1);
    private static readonly SampleReport SucceedsThen = Google.On("2024-11-07").Sts(Tested).Succeeded(1);

    [Fact]
    public void RR1_tells_reports_of_different_days_apart() =>
        Assert.Equal("The reports do not contradict each other, for they speak of different UTC days: Microsoft of 2024-11-07, Google of "
            + "2024-11-08.", Text("RR1", Fails, SucceedsNextDay));

    [Fact]
    public void RR1_names_who_succeeded_on_the_same_day() =>
        Assert.Equal("Google succeeded on the very day on which Microsoft failed: what differs is the sender, its way to you, or the hour.",
            Text("RR1", Fails, SucceedsThen));

    [Fact]
    public void RR1_says_days_where_there_were_several() =>
        Assert.StartsWith("Google succeeded on days on which Microsoft failed",
            Text("RR1", Fails, Outlook.On("2024-11-08").Sts().Failed(2, FetchError), SucceedsNextDay));

    [Fact]
    public void RR1_is_silent_where_only_one_reporter_speaks() =>
        AssertSilent("RR1", Google.On("2024-11-07").Sts().Failed(1, FetchError).Sts(Tested).Succeeded(4), SucceedsNextDay);

    [Fact]
    public void RR1_tells_a_late_report() =>
        Assert.StartsWith("Microsoft made its report for 2024-11-07 only on 2025-05-24 19:28 UTC, as its report-id says.",
            Text("RR1", Fails.WithId("133925885310113267+example.com")));

    [Fact, Rfc(8461, "3.1")]
    public void RR2_takes_a_fetch_error_as_proof_of_the_record()
    {
        Assert.StartsWith("Microsoft saw the TXT record _mta-sts.example.com", Text("RR2", Fails));
        Assert.EndsWith("it may well have been missing then, or held in a cache as missing.", Text("RR2", Fails));
    }

    [Fact]
    public void RR2_does_not_doubt_the_address_of_a_host_that_answered()
    {
        string text = Text("RR2", MailRu.On("2024-11-07").Sts().Failed(1, FetchError, "bad https response code: 404"));

        Assert.DoesNotContain("may well have been missing", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RR2_is_silent_where_the_record_itself_is_at_fault() =>
        AssertSilent("RR2", Mox.On("2024-11-07").Sts().Failed(1, FetchError, "dns-lookup"));

    [Fact]
    public void RR2_is_silent_where_a_cached_policy_may_have_been_refreshed_without_the_record() =>
        AssertSilent("RR2", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, FetchError));

    [Fact]
    public void RR2_is_silent_where_a_policy_from_before_may_have_been_refreshed_without_the_record() =>
        AssertSilent("RR2", Outlook.On("2024-11-06").Sts(Enforced).Succeeded(2), Fails);

    [Fact]
    public void RR2_is_silent_about_MX_hosts() => AssertSilent("RR2", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, Expired));

    [Fact]
    public void RR3_tells_first_contact_from_a_failed_refresh()
    {
        Assert.Equal("The report of Microsoft carries no policy, so it held none from before: this was its first contact with your policy, or "
            + "an earlier one had run out.", Text("RR3", Fails));
        Assert.Equal("The report of Microsoft carries a policy, so a cached one was in force and only its refresh failed.",
            Text("RR3", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, FetchError)));
    }

    [Fact]
    public void RR3_keeps_reporters_apart() =>
        Assert.Equal("The report of Microsoft carries a policy, so a cached one was in force and only its refresh failed. The reports of "
            + "Google and Mail.ru carry no policy, so they held none from before: this was their first contact with your policy, or an "
            + "earlier one had run out.",
            Text("RR3", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, FetchError),
                Google.On("2024-11-07").Sts().Failed(2, FetchError), MailRu.On("2024-11-07").Sts().Failed(2, FetchError)));

    [Fact]
    public void RR3_does_not_speak_of_first_contact_where_the_same_reporter_applied_the_policy_that_day() =>
        Assert.Equal("The report of Microsoft carries no policy for what failed, and yet counts sessions under your policy on the same day: it had "
            + "none, or told none, in some sessions, and had one in others.",
            Text("RR3", Outlook.On("2024-11-07").Sts(Tested).Succeeded(1).Sts().Failed(3, FetchError), SucceedsThen));

    [Theory, Rfc(8461, "3.2")]
    [InlineData("2024-11-06", true)]
    [InlineData("2024-10-31", true)]
    [InlineData("2024-10-30", false)]
    public void RR3_reckons_with_the_life_of_a_policy_applied_before(string day, bool mayLast)
    {
        string text = Text("RR3", Outlook.On(day).Sts(Enforced).Succeeded(4), Fails);

        if (mayLast)
        {
            Assert.Equal($"The report of Microsoft on 2024-11-07 carries no policy, although it applied yours on {day}, with a max_age of 7 days: so "
                + "this was no first contact, and a cached policy may still have been in force that is not shown.", text);
        }
        else
        {
            Assert.EndsWith("or an earlier one had run out.", text);
        }
    }

    [Fact]
    public void RR3_does_not_take_many_days_for_a_first_contact() =>
        Assert.Equal("The reports of Microsoft carry no policy on any of these days, so it held none: it had not met your policy before, or an "
            + "earlier one had run out, and no fetch succeeded since.",
            Text("RR3", [.. EachDay("2024-11-07", 21, day => Outlook.On(day).Sts().Failed(3, FetchError))]));

    [Fact]
    public void RR3_takes_a_policy_that_was_refused_for_no_cached_one()
    {
        Finding finding = TheFinding(Google.On("2024-11-07").Sts("version: STSv1", "mode: Enforce", "mx: mx.example.com", "max_age: 86400")
            .Failed(6, PolicyInvalid));

        Assert.StartsWith("The report of Google carries a policy text that may be the very one that was refused",
            Assert.Single(finding.Readings, reading => reading.RuleId == "RR3").Text);
        Assert.DoesNotContain("last good fetch", finding.Effect, StringComparison.Ordinal);
    }

    [Fact]
    public void RR3_is_silent_about_MX_hosts() => AssertSilent("RR3", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, Expired));

    [Fact, Rfc(8461, "3.3")]
    public void RR5_does_not_take_sessions_for_fetches()
    {
        Assert.StartsWith("2 sessions need not mean 2 failed fetches", Text("RR5", Fails));
        Assert.StartsWith("12,345 sessions need not mean 12,345", Text("RR5", Outlook.On("2024-11-07").Sts().Failed(12_345, FetchError)));
    }

    [Fact]
    public void RR5_is_silent_about_a_single_session() => AssertSilent("RR5", Outlook.On("2024-11-07").Sts().Failed(1, FetchError));

    [Fact]
    public void RR6_takes_several_names_for_one_fault() =>
        Assert.Equal("Google says sts-webpki-invalid and Halon Mail says sts-policy-fetch-error: reporters name one fault differently, so it is "
            + "taken as one.",
            Text("RR6", Google.On("2024-11-07").Sts().Failed(1, WebPkiInvalid), Halon.On("2024-11-07").Sts().Failed(1, FetchError)));

    [Fact]
    public void RR6_is_silent_where_reporters_use_one_word() =>
        AssertSilent("RR6", Fails, Google.On("2024-11-07").Sts().Failed(1, FetchError));

    [Fact]
    public void RR6_is_silent_about_one_reporter() =>
        AssertSilent("RR6", Google.On("2024-11-07").Sts().Failed(1, FetchError).Failed(1, WebPkiInvalid));

    [Fact]
    public void RR7_counts_sessions_of_two_policy_types_once() =>
        Assert.Equal("Microsoft reports the same sessions under sts and under tlsa; they are counted once here. Under sts 2 of them failed, under tlsa "
                + "(DANE) none of them failed.",
            Text("RR7", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, Expired).Tlsa("3 1 1 AB").Succeeded(2)));

    [Fact]
    public void RR7_is_silent_where_the_counts_differ() =>
        AssertSilent("RR7", Outlook.On("2024-11-07").Sts(Enforced).Failed(2, Expired).Tlsa("3 1 1 AB").Succeeded(3));

    [Fact]
    public void RR8_takes_a_success_without_readable_policy_as_reach() =>
        Assert.Equal("Google applied your policy on 2024-11-08: the policy host could be reached from its network at some time.",
            Text("RR8", Fails, Google.On("2024-11-08").Sts("what is this?").Succeeded(1)));

    [Fact]
    public void RR8_is_silent_where_the_policy_tells_more() => AssertSilent("RR8", Fails, SucceedsNextDay);

    [Fact, Rfc(8461, "3.2")]
    public void RR9_reckons_the_fetch_behind_a_success() =>
        Assert.Equal("Google applied your policy on 2024-11-08. A policy lives for its max_age, here 1 day, so it was fetched on 2024-11-07 or "
            + "later: file, certificate and grammar were good then. That they were bad for long is improbable.",
            Text("RR9", Fails, SucceedsNextDay));

    [Fact, Rfc(8461, "3.2")]
    public void RR9_gives_little_for_a_success_that_may_be_a_cache() =>
        Assert.Equal("Google applied your policy on 2024-11-08. A policy lives for its max_age, here 7 days, so that may have come from a cache "
            + "and says little about the policy host on the failing days.",
            Text("RR9", Fails, Google.On("2024-11-08").Sts(Enforced).Succeeded(1)));

    [Fact, Rfc(8461, "3.2")]
    public void RR9_finds_the_fetch_within_a_run_of_successes_longer_than_max_age() =>
        Assert.Equal("Google applied your policy on 21 days from 2024-11-01 to 2024-11-21. A policy lives for its max_age, here 1 day, so it was "
            + "fetched anew within the failing days, the last time on 2024-11-20 or later: file, certificate and grammar were good for "
            + "Google then.",
            Text("RR9", [.. EachDay("2024-11-01", 21, day => Google.On(day).Sts(Tested).Succeeded(30)),
                .. EachDay("2024-11-01", 21, day => Outlook.On(day).Sts().Failed(15, FetchError))]));

    [Fact, Rfc(8461, "3.2")]
    public void RR9_finds_no_fetch_in_a_run_of_successes_no_longer_than_max_age() =>
        Assert.EndsWith("says little about the policy host on the failing days.",
            Text("RR9", [.. EachDay("2024-11-01", 7, day => Google.On(day).Sts(Enforced).Succeeded(30)),
                .. EachDay("2024-11-01", 7, day => Outlook.On(day).Sts().Failed(15, FetchError))]));

    [Fact]
    public void RR9_tells_a_success_of_the_days_before() =>
        Assert.Equal("Google applied your policy on 2024-11-05, before the failing days. A policy lives for its max_age, here 1 day, so it was "
            + "fetched on 2024-11-04 or later: file, certificate and grammar were good then.",
            Text("RR9", Fails, Google.On("2024-11-05").Sts(Tested).Succeeded(1)));

    [Fact]
    public void RR9_is_silent_without_a_success() => AssertSilent("RR9", Fails);

    [Fact, Rfc(8461, "3.2")]
    public void A_success_of_a_policy_that_lives_a_year_reaches_far_back() =>
        Assert.Contains("here about 365 days", Text("RR9", Fails, Google.On("2024-11-08").Sts(Policy("enforce", 31_557_600, "mx.example.com"))
            .Succeeded(1)), StringComparison.Ordinal);

    [Fact, Rfc(2308, "5")]
    public void RR12_bounds_a_cached_answer() =>
        Assert.Contains("+ min(SOA TTL, SOA MINIMUM) of its zone +", Text("RR12", Fails, SucceedsNextDay), StringComparison.Ordinal);

    [Fact]
    public void RR12_is_silent_where_no_cache_is_in_question() =>
        AssertSilent("RR12", MailRu.On("2024-11-07").Sts().Failed(1, FetchError, "bad https response code: 404"));

    [Fact]
    public void RR13_tells_what_passes_from_what_stays()
    {
        Assert.StartsWith("Few sessions on one day and success afterwards", Text("RR13", Fails, SucceedsNextDay));
        Assert.Equal("It shows on 5 days without a success between: that does not pass by itself.",
            Text("RR13", [.. EachDay("2024-11-07", 5, day => Google.On(day).Sts().Failed(2, FetchError))]));
    }

    [Fact]
    public void RR13_is_silent_between_the_two()
    {
        AssertSilent("RR13", Fails);
        AssertSilent("RR13", Outlook.On("2024-11-07").Sts().Failed(40, FetchError), SucceedsNextDay);
        AssertSilent("RR13", [.. EachDay("2024-11-07", 5, day => Google.On(day).Sts().Failed(2, FetchError).Sts(Tested).Succeeded(1))]);
    }

    [Fact]
    public void RR13_counts_the_successes_under_a_cached_policy() =>
        Assert.Equal("It shows on 6 days. That sessions succeeded on these days may be the work of the cached policy, so it need not be a sign that "
            + "the fault passes.",
            Text("RR13", [.. EachDay("2024-11-07", 6, day => Google.On(day).Sts(Enforced).Succeeded(20).Failed(5, WebPkiInvalid))]));

    [Fact]
    public void RR13_does_not_say_that_an_expired_certificate_passes() =>
        AssertSilent("RR13", Google.On("2024-11-07").Sts().Failed(1, WebPkiInvalid), SucceedsNextDay);

    [Fact]
    public void RR16_tells_old_reports() =>
        Assert.Equal("The newest day these reports speak of, 2024-11-07, is 114 days ago. How things stand today they cannot say.",
            Text("RR16", Fails));

    [Fact]
    public void RR16_is_silent_about_fresh_reports() =>
        Assert.DoesNotContain("RR16", TheFindingAsOf(new(2024, 11, 10, 23, 0, 0, TimeSpan.Zero), Fails).Readings.Select(r => r.RuleId));

    private static string Text(string rule, params IEnumerable<SampleReport> reports) =>
        Assert.Single(TheFinding(reports).Readings, reading => reading.RuleId == rule).Text;

    private static void AssertSilent(string rule, params IEnumerable<SampleReport> reports) =>
        Assert.All(Explain(reports).Findings, finding => Assert.DoesNotContain(rule, finding.Readings.Select(reading => reading.RuleId)));
}
