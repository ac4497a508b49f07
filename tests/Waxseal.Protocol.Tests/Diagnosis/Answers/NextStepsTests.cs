using Waxseal.Protocol.Diagnosis;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Answers;

/// <summary>What to do, what to look at (RR10, RR11), and how to know that it is mended (RR15).</summary>
public class NextStepsTests
{
    private static readonly DateTimeOffset NextNoon = new(2024, 11, 8, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleReport Fails = Outlook.On("2024-11-07").Sts().Failed(2, FetchError);

    [Fact]
    public void RR10_and_RR11_send_to_the_access_log_and_the_error_log()
    {
        string text = Assert.Single(TheFinding(Fails).Observations, IsAccessLog);

        Assert.Contains("How the fetch looks there: Microsoft: no User-Agent (\"-\")", text, StringComparison.Ordinal);
        Assert.Contains("TLS handshake (of which the error log may tell)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FetchError, "bad https response code: 404")]
    [InlineData(FetchError, "dns-lookup")]
    [InlineData(WebPkiInvalid, null)]
    [InlineData(PolicyInvalid, null)]
    [InlineData(Expired, null)]
    public void RR10_is_silent_where_the_reporter_tells_what_happened(string resultType, string? reason) =>
        Assert.DoesNotContain(TheFinding(Named("Acme").On("2024-11-07").Sts().Failed(2, resultType, reason)).Observations, IsAccessLog);

    [Fact]
    public void RR10_knows_nothing_of_the_fetch_of_a_stranger() =>
        Assert.DoesNotContain("How the fetch looks", Assert.Single(
            TheFinding(Named("Acme").On("2024-11-07").Sts().Failed(2, FetchError)).Observations, IsAccessLog), StringComparison.Ordinal);

    [Fact]
    public void The_next_report_is_due_by_the_habit_of_the_reporter()
    {
        Assert.Contains("It is due about 2024-11-09 19:30 UTC.", TheFindingAsOf(NextNoon, Fails).Observations[0], StringComparison.Ordinal);
        Assert.Contains("It is due about 2024-11-09 10:30 UTC.",
            TheFindingAsOf(NextNoon, Google.On("2024-11-07").Sts().Failed(2, FetchError)).Observations[0], StringComparison.Ordinal);
        Assert.Contains("It is due a day or two later.",
            TheFindingAsOf(NextNoon, Named("Acme").On("2024-11-07").Sts().Failed(2, FetchError)).Observations[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Acme")]
    [InlineData("Google Inc.")]
    public void A_report_that_should_be_there_is_asked_for(string organization) =>
        Assert.Contains("if you have it, explain it together with these",
            TheFinding(Named(organization).On("2024-11-07").Sts().Failed(2, FetchError)).Observations[0], StringComparison.Ordinal);

    [Fact]
    public void RR15_reckons_the_first_clean_report() =>
        Assert.Equal("A report of a day shows that day as it was. If you mend something today (2024-11-08), the report of today is mixed, and the "
            + "first that can be clean is that of 2024-11-09: Microsoft's, due about 2024-11-10 19:30 UTC.",
            TheFindingAsOf(NextNoon, Fails).MendedWhen);

    [Fact]
    public void RR15_is_silent_where_it_is_over() =>
        Assert.Equal("Microsoft reported success on a later day: by the reports it is over.",
            TheFinding(Fails, Outlook.On("2024-11-08").Sts(Tested).Succeeded(2)).MendedWhen);

    [Fact]
    public void Where_it_is_over_nothing_is_urgent() =>
        Assert.Equal("Nothing is urgent: Microsoft succeeded again later.",
            TheFinding(Fails, Outlook.On("2024-11-08").Sts(Tested).Succeeded(2)).Actions[0]);

    [Fact]
    public void Where_no_mail_is_held_back_and_it_may_pass_the_next_report_comes_first() =>
        Assert.StartsWith("See Microsoft's report for 2024-11-08 first", TheFinding(Fails).Actions[0]);

    [Fact]
    public void Where_mail_is_held_back_nothing_waits_for_a_report()
    {
        Finding finding = TheFinding(
            Google.On("2024-11-01").Sts(Enforced).Succeeded(3),
            Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "mx2.example.com")).Succeeded(3),
            Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, "MX_HOSTS_MISMATCH"));

        Assert.StartsWith("[C09] Change the id now", finding.Actions[0]);
        Assert.DoesNotContain("decides", finding.InShort, StringComparison.Ordinal);
    }

    [Fact]
    public void One_remedy_of_several_causes_is_said_once() =>
        Assert.Single(TheFinding(Fails).Actions, action => action.StartsWith("[C01, C02", StringComparison.Ordinal));

    [Fact]
    public void There_is_always_something_to_do() =>
        Assert.Equal("Look into the MX log of 2024-11-07 for sessions of Google; the reports tell no more.",
            Assert.Single(TheFinding(Google.On("2024-11-07").Sts(Tested).FailedWithoutDetail(2)).Actions));

    [Fact]
    public void Several_reporters_are_spoken_of_in_the_plural()
    {
        Finding finding = TheFinding(Fails, Google.On("2024-11-07").Sts().Failed(1, FetchError));

        Assert.Equal("Google and Microsoft could not obtain the MTA-STS policy of example.com on 2024-11-07 (UTC). They count 3 sessions, and all "
            + "of them failed. In the reporters' words: sts-policy-fetch-error, and nothing more.", finding.Happened);
    }

    [Theory]
    [InlineData(1, 0, "It counts 1 session, which failed.")]
    [InlineData(2, 0, "It counts 2 sessions, and both failed.")]
    [InlineData(3, 0, "It counts 3 sessions, and all of them failed.")]
    [InlineData(1, 2, "It counts 3 sessions; 1 of them failed so.")]
    [InlineData(2, 1998, "It counts 2,000 sessions; 2 of them failed so.")]
    [InlineData(0, 5, "It counts no sessions for it.")]
    public void Sessions_are_counted_in_words(long failed, long successful, string expected) =>
        Assert.Contains(expected, TheFinding(Google.On("2024-11-07").Sts(Tested).Succeeded(successful).Failed(failed, Expired)).Happened,
            StringComparison.Ordinal);

    [Fact]
    public void Words_of_a_stranger_stay_on_one_line_and_are_cut()
    {
        string happened = TheFinding(Google.On("2024-11-07").Sts(Tested)
            .Failed(1, Expired, $"one\ntwo {new string('x', 9000)}", "mx1.example.com\n# rm")).Happened;

        Assert.DoesNotContain('\n', happened);
        Assert.InRange(happened.Length, 1, 500);
        Assert.Contains("MX host: mx1.example.com # rm. In the reporter's words: certificate-expired (\"one two xxx", happened, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reporter_is_given_its_own_words_and_no_other() =>
        Assert.EndsWith("In the reporters' words: Google says sts-webpki-invalid; Mail.ru says sts-webpki-invalid (\"certificate has expired\"); "
            + "Microsoft says sts-policy-fetch-error.",
            TheFinding(
                Google.On("2024-11-07").Sts().Failed(1, WebPkiInvalid),
                MailRu.On("2024-11-07").Sts().Failed(1, WebPkiInvalid, "certificate has expired"),
                Outlook.On("2024-11-07").Sts().Failed(1, FetchError)).Happened);

    [Fact]
    public void Reporters_that_say_the_same_are_named_together() =>
        Assert.EndsWith("In the reporters' words: Google and Mail.ru say sts-webpki-invalid; Halon Mail says sts-policy-fetch-error, and nothing more.",
            TheFinding(
                Google.On("2024-11-07").Sts().Failed(1, WebPkiInvalid),
                MailRu.On("2024-11-08").Sts().Failed(1, WebPkiInvalid),
                Halon.On("2024-11-09").Sts().Failed(1, FetchError)).Happened);

    [Fact]
    public void Sessions_that_went_well_under_a_cached_policy_are_not_called_failed()
    {
        Finding finding = TheFinding(CachedByMox(3));

        Assert.Contains("It counts 18 sessions, and none of them failed: the fetch of the policy did, and the cached one was applied.",
            finding.Happened, StringComparison.Ordinal);
        Assert.Equal((0L, 18L), (finding.FailedSessions, finding.Sightings[0].Sessions));
        Assert.DoesNotContain("without a success", string.Join(' ', finding.Readings.Select(reading => reading.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_of_days_is_spoken_of_from_its_first_to_its_last() =>
        Assert.StartsWith("Sessions of Google with example.com failed from 2024-11-01 to 2024-11-07 (UTC).",
            TheFinding(Google.FromTo("2024-11-01", "2024-11-07").Sts(Tested).Failed(2, Expired)).Happened);

    [Fact]
    public void The_order_of_the_rua_is_yours_to_mend() =>
        Assert.Contains("[M07] Put the collector that should have all reports first in the rua.",
            TheFinding(EachDay("2024-11-01", 8, day => Google.On(day).Sts(Enforced).Succeeded(3))).Actions);

    private static IEnumerable<SampleReport> CachedByMox(int days) =>
        EachDay("2024-11-07", days, day => Mox.On(day).Sts(Enforced).Succeeded(6)
            .Detail(6, FetchError, "no-policy-served+fallback-to-cached-policy"));

    private static bool IsAccessLog(string observation) => observation.StartsWith("The access log", StringComparison.Ordinal);
}
