using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>Cases that happened, as far as reports show them, and the causes found in the end.</summary>
public class RealCaseTests
{
    private static readonly ImmutableArray<SampleReport> Question =
    [
        Google.On("2024-11-08").About("eden.one").Sts(Policy("testing", 86_400, "mail.eden.one")).Succeeded(1),
        Outlook.On("2024-11-07").About("eden.one").WithId("133755676493963779+eden.one").Sts().Failed(2, FetchError),
    ];

    [Fact]
    public void One_reporter_fails_on_the_first_day_and_another_succeeds_on_the_next()
    {
        Finding finding = TheFinding(Question);

        Assert.Equal(["C01", "C02"], Leading(finding, 2));
        Assert.Contains("D05", Leading(finding, 6));
        Assert.Contains("G05", Leading(finding, 6));
        Assert.Contains(finding.Actions, action => action.StartsWith("[A15, B14]", StringComparison.Ordinal));
        Assert.Contains(finding.Readings, reading => reading.RuleId == "RR1");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("None of this mail was lost or held back", finding.Effect, StringComparison.Ordinal);
        Assert.Contains("mode testing", finding.Effect, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_report_of_the_reporter_that_failed_decides()
    {
        Finding finding = TheFindingAsOf(new(2024, 11, 9, 12, 0, 0, TimeSpan.Zero), Question);

        Assert.Equal(State.ProbablyOver, finding.State);
        Assert.StartsWith("Microsoft's report for 2024-11-08 decides whether it goes on. It is due about 2024-11-09 19:30 UTC. (The report for 2024-11-07 was "
            + "made 2024-11-08 19:27 UTC, as its report-id says.)", finding.Observations[0]);
        Assert.StartsWith("The access log of mta-sts.eden.one for 2024-11-07", finding.Observations[1]);
    }

    [Fact]
    public void A_client_of_Microsoft_breaks_off_the_handshake()
    {
        Finding finding = TheFinding(
            Outlook.On("2024-10-23").Sts(Enforced).Succeeded(7).Tlsa("3 1 1 AB", "3 1 1 CD").Succeeded(7),
            Outlook.On("2024-10-24").Sts(Enforced).Failed(4, ValidationFailure).Tlsa("3 1 1 AB", "3 1 1 CD").Failed(4, ValidationFailure),
            Google.On("2024-10-24").Sts(Enforced).Succeeded(3));

        Assert.Equal(["K13"], Leading(finding, 1));
        Assert.Equal(4, finding.FailedSessions);
        Assert.Equal(Severity.Error, finding.Severity);
    }

    [Fact]
    public void One_of_two_MX_hosts_has_the_certificate_of_the_other() =>
        Assert.Equal(["K05"], Leading(TheFinding(
            Google.On("2024-03-01").Sts(Policy("enforce", 604_800, "mx1.forwardemail.net", "mx2.forwardemail.net"))
                .Succeeded(12).Failed(5, NameMismatch, at: "mx2.forwardemail.net")), 1));

    [Fact]
    public void One_of_two_servers_behind_a_name_has_no_certificate_for_it() =>
        Assert.Equal(["K10", "K05"], Leading(TheFinding(
            Outlook.On("2024-03-01").Sts(Policy("enforce", 604_800, "mail.contoso.com"))
                .Succeeded(11).Failed(10, NameMismatch, at: "mail.contoso.com")), 2));

    [Fact]
    public void The_old_policy_of_a_moved_MX_host_is_still_in_a_cache()
    {
        Finding finding = TheFinding(
            Google.On("2024-02-01").Sts(Policy("enforce", 604_800, "old.example.com")).Succeeded(3),
            Google.On("2024-02-09").Sts(Policy("enforce", 604_800, "new.example.com")).Succeeded(3),
            PostfixHouse.On("2024-02-10").Sts(Policy("enforce", 604_800, "old.example.com"))
                .Failed(2, ValidationFailure, "MX_HOSTS_MISMATCH", "new.example.com"));

        Assert.Equal(["C09"], Leading(finding, 1));
        Assert.Contains("A02", finding.Ranking.Causes.Select(ranked => ranked.Cause.Id));
    }

    [Fact]
    public void The_policy_host_answers_404_and_500()
    {
        Finding finding = TheFinding(MailRu.Between("2024-02-22T00:00:00Z", "2024-02-23T00:00:00Z").Sts()
            .Failed(1, FetchError, "bad https response code: 404").Detail(1, FetchError, "bad https response code: 500"));

        Assert.Equal(["G01", "G07"], Leading(finding, 2));
        Assert.Equal(1, finding.FailedSessions);
        Assert.Equal(["2024-02-22"], finding.Sightings[0].Days);
    }

    [Fact]
    public void DANE_ends_in_silence_when_the_DS_record_goes()
    {
        Finding finding = TheFinding(
        [
            .. EachDay("2023-02-01", 5, day => Outlook.On(day).Tlsa("3 1 1 AB").Succeeded(9)),
            .. EachDay("2023-02-06", 5, day => Outlook.On(day).NoPolicy().Succeeded(9)),
        ]);

        Assert.Equal(["L15"], Leading(finding, 1));
        Assert.Equal((State.Lasting, Severity.Warning), (finding.State, finding.Severity));
    }

    [Fact]
    public void A_failure_without_any_detail_is_not_determinable()
    {
        Finding finding = TheFinding(Outlook.On("2025-06-14").WithId("133944884956529435+").Sts().Failed(3, FetchError));

        Assert.True(finding.Ranking.NotDeterminable > finding.Ranking.Causes[0].Share);
        Assert.StartsWith("Not determinable from these reports", finding.InShort);
        Assert.Equal(["RR2", "RR3"], finding.Readings.Select(reading => reading.RuleId).Where(rule => rule is "RR2" or "RR3"));
        Assert.Contains("None of this mail was lost or held back", finding.Effect, StringComparison.Ordinal);
        Assert.Contains(finding.Observations, text => text.StartsWith("The access log", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_made_weeks_late_shows_an_old_day()
    {
        // 2023-02-03T00:42Z, 23 days after the end of its day.
        Finding finding = TheFinding(Outlook.On("2023-01-10").WithId("133198585200000000+example.com").Sts().Failed(3, FetchError));

        Assert.Contains(finding.Readings, reading => reading.RuleId == "RR1"
            && reading.Text.StartsWith("Microsoft made its report for 2023-01-10 only on 2023-02-03 00:42 UTC", StringComparison.Ordinal));
        Assert.DoesNotContain("was made", finding.Observations[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_sender_without_MTA_STS_finds_no_policy()
    {
        Finding finding = TheFinding(
            Stalwart.On("2024-06-05").NoPolicy().Succeeded(1),
            Google.On("2024-06-05").Sts(Enforced).Succeeded(20),
            Outlook.On("2024-06-05").Sts(Enforced).Succeeded(20).Tlsa("3 1 1 AB").Succeeded(20));

        Assert.Equal(["N09"], Leading(finding, 1));
        Assert.Equal(Severity.Info, finding.Severity);
    }

    [Fact]
    public void A_cause_known_from_practice_alone_is_never_named_as_the_one()
    {
        foreach (Finding finding in Weighing.Scenario.All.SelectMany(scenario => Explain(scenario.Reports).Findings))
        {
            if (finding.Verdict.StartsWith("Most probably", StringComparison.Ordinal))
                Assert.NotEqual(Grade.Practice, finding.Ranking.Causes[0].Cause.Grade);
        }
    }

    private static IEnumerable<string> Leading(Finding finding, int count) =>
        finding.Ranking.Causes.Take(count).Select(ranked => ranked.Cause.Id);
}
