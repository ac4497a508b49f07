using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Incidents;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

public class StateAndSeverityTests
{
    private static readonly SampleReport Fails = Outlook.On("2024-11-07").Sts(Enforced).Failed(2, Expired);

    [Fact]
    public void Of_a_single_failing_day_nothing_is_known() => Assert.Equal(State.Unknown, TheFinding(Fails).State);

    [Fact]
    public void What_several_days_show_lasts() =>
        Assert.Equal((State.Lasting, "lasting: the newest reports still show it"),
            StateOf(Fails, Outlook.On("2024-11-08").Sts(Enforced).Failed(2, Expired)));

    [Fact]
    public void What_several_reporters_show_on_one_day_need_not_last() =>
        Assert.Equal((State.Unknown, "seen on 2024-11-07 alone; no report of a later day is here"),
            StateOf(Fails, Google.On("2024-11-07").Sts(Enforced).Failed(2, Expired)));

    [Fact]
    public void Reports_of_others_since_are_not_passed_over()
    {
        Finding finding = Explain(Fails, Google.On("2024-11-10").Sts(Enforced).Failed(2, NoStartTls)).Findings
            .Single(finding => finding.Fault == FaultFamily.MxCertificateExpired);

        Assert.Equal("seen on 2024-11-07 alone; Microsoft has not reported since", finding.StateInWords);
    }

    [Fact]
    public void A_success_of_the_failing_reporter_on_the_same_day_is_told() =>
        Assert.Equal((State.Unknown, "seen on 2024-11-07 alone, when Microsoft also succeeded; no report of a later day is here"),
            StateOf(Outlook.On("2024-11-07").Sts(Tested).Succeeded(1).Sts().Failed(3, FetchError)));

    [Theory]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData("1970-01-01", "1970-01-01")]
    [InlineData("2024-11-07", "2024-12-31")]
    public void Days_that_no_report_can_speak_of_are_told_and_not_reckoned_with(string first, string last)
    {
        Explanation explanation = Explain(Fails, Google.FromTo(first, last).Sts(Enforced).Succeeded(1));

        OutOfTimeReport odd = Assert.Single(explanation.Coverage.OutOfTime);
        Assert.Equal(("Google", first, last), (odd.Reporter, $"{odd.FirstDay:yyyy-MM-dd}", $"{odd.LastDay:yyyy-MM-dd}"));
        Assert.Equal((new(2024, 11, 7), new(2024, 11, 7)), (explanation.Coverage.FirstDay, explanation.Coverage.LastDay));
        Assert.Equal(1, Assert.Single(explanation.PolicyDomains).Successful);
    }

    [Fact]
    public void A_clock_that_is_ahead_by_a_day_is_no_matter() =>
        Assert.Empty(Diagnostician.Explain(Ledger(Fails), new(2024, 11, 6, 23, 0, 0, TimeSpan.Zero)).Coverage.OutOfTime);

    [Fact]
    public void Details_that_add_up_to_more_than_the_total_are_told() =>
        Assert.Contains("The details of Google add up to 4 sessions, more than the 1 failed in all",
            TheFinding(Google.On("2024-11-07").Sts(Enforced).FailedWithoutDetail(1).Detail(4, Expired)).Happened, StringComparison.Ordinal);

    [Fact]
    public void Where_no_policy_was_found_nothing_is_said_to_have_failed() =>
        Assert.Equal((State.Over, "over: those that found no policy have found one since"),
            StateOf(Google.On("2024-11-07").NoPolicy().Succeeded(3), Google.On("2024-11-08").Sts(Tested).Succeeded(3)));

    [Fact]
    public void Silence_is_no_fault_that_lasts_and_stands_behind_the_real_findings()
    {
        Explanation explanation = Explain(
            [.. EachDay("2024-11-01", 8, day => Google.On(day).Sts(Tested).Succeeded(3)),
                Google.On("2024-11-01").Sts(Tested).Failed(1, Expired).WithId("second")]);

        Assert.Equal([FaultFamily.MxCertificateExpired, FaultFamily.ReporterSilent], explanation.Findings.Select(finding => finding.Fault));
        Assert.Equal("no report for any of these days", explanation.Findings[1].StateInWords);
    }

    [Fact]
    public void What_others_do_well_later_is_probably_over() =>
        Assert.Equal(State.ProbablyOver, TheFinding(Fails, Google.On("2024-11-08").Sts(Enforced).Succeeded(2)).State);

    [Fact]
    public void What_others_did_well_all_the_time_is_not_over() =>
        Assert.Equal(State.Unknown, TheFinding(
            Fails, Google.On("2024-11-07").Sts(Enforced).Succeeded(2), Google.On("2024-11-08").Sts(Enforced).Succeeded(2)).State);

    [Fact]
    public void What_those_that_failed_do_well_later_is_over() =>
        Assert.Equal(State.Over, TheFinding(Fails, Outlook.On("2024-11-08").Sts(Enforced).Succeeded(2)).State);

    [Fact]
    public void All_that_failed_must_do_well_later() =>
        Assert.NotEqual(State.Over, TheFinding(
            Fails, Google.On("2024-11-07").Sts(Enforced).Failed(2, Expired), Outlook.On("2024-11-08").Sts(Enforced).Succeeded(2)).State);

    [Fact]
    public void A_success_on_the_failing_day_ends_nothing() =>
        Assert.Equal(State.Unknown, TheFinding(Outlook.On("2024-11-07").Sts(Enforced).Succeeded(9).Failed(2, Expired)).State);

    [Fact]
    public void A_report_of_the_same_software_name_ends_it_although_its_software_does_not_show() =>
        Assert.Equal(State.Over, TheFinding(
            Mox.On("2024-11-07").Sts().Failed(1, FetchError, "no-policy-served"), Mox.On("2024-11-08").Sts(Tested).Succeeded(1)).State);

    [Theory]
    [InlineData("enforce", Severity.Error, Severity.Warning)]
    [InlineData("testing", Severity.Warning, Severity.Info)]
    [InlineData("none", Severity.Info, Severity.Info)]
    public void What_is_over_matters_one_step_less(string mode, Severity open, Severity over)
    {
        SampleReport failing = Google.On("2024-11-07").Sts(Policy(mode, 604_800, "mx.example.com")).Failed(2, Expired);

        Assert.Equal(open, TheFinding(failing).Severity);
        Assert.Equal(over, TheFinding(failing, Google.On("2024-11-08").Sts(Policy(mode, 604_800, "mx.example.com")).Succeeded(2)).Severity);
    }

    [Fact]
    public void The_most_urgent_finding_comes_first_and_what_is_over_comes_last()
    {
        Explanation explanation = Explain(
            Google.On("2024-11-07").About("testing.example").Sts(Tested).Failed(900, Expired),
            Google.On("2024-11-07").About("few.example").Sts(Enforced).Failed(1, Expired),
            Google.On("2024-11-07").About("many.example").Sts(Enforced).Failed(5, Expired),
            Google.On("2024-11-07").About("also-many.example").Sts(Enforced).Failed(5, Expired),
            Google.On("2024-11-07").About("over.example").Sts(Enforced).Failed(5000, Expired),
            Google.On("2024-11-08").About("over.example").Sts(Enforced).Succeeded(5));

        Assert.Equal(["also-many.example", "many.example", "few.example", "testing.example", "over.example"],
            explanation.Findings.Select(finding => finding.PolicyDomain));
    }

    [Fact]
    public void Reports_without_a_failure_give_no_finding() =>
        Assert.Empty(Explain(Google.On("2024-11-07").Sts(Enforced).Succeeded(5), Outlook.On("2024-11-07").Sts(Enforced).Succeeded(5)).Findings);

    [Fact]
    public void No_reports_are_explained_too()
    {
        Explanation explanation = Explain();

        Assert.Equal((0, null, null), (explanation.Coverage.Reports, explanation.Coverage.FirstDay, explanation.Coverage.LastDay));
        Assert.Empty(explanation.Findings);
        Assert.Empty(explanation.PolicyDomains);
    }

    [Fact]
    public void DANE_that_others_still_use_has_not_vanished() =>
        Assert.Empty(Explain(
            Outlook.On("2024-11-07").Tlsa("3 1 1 AB").Succeeded(3),
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(3),
            Outlook.On("2024-11-09").Sts(Enforced).Succeeded(3),
            PostfixHouse.On("2024-11-10").Tlsa("3 1 1 AB").Succeeded(3)).Findings);

    [Fact]
    public void DANE_that_failed_before_it_ended_has_not_vanished_in_silence() =>
        Assert.DoesNotContain("dane-vanished", Explain(
            Outlook.On("2024-11-07").Tlsa("3 1 1 AB").Failed(3, TlsaInvalid),
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(3),
            Outlook.On("2024-11-09").Sts(Enforced).Succeeded(3)).Findings.Select(finding => finding.Ranking.RowId));

    [Fact]
    public void No_policy_is_worth_a_word_only_where_somebody_found_one() =>
        Assert.Empty(Explain(Google.On("2024-11-07").NoPolicy().Succeeded(3)).Findings);

    private static (State, string) StateOf(params IEnumerable<SampleReport> reports)
    {
        Finding finding = TheFinding(reports);
        return (finding.State, finding.StateInWords);
    }

    [Fact]
    public void A_sighting_holds_what_one_reporter_said()
    {
        Finding finding = TheFinding(
            Outlook.On("2024-11-07").Sts(Enforced).Succeeded(5).Failed(2, Expired).Tlsa("3 1 1 AB").Succeeded(5).Failed(2, Expired),
            Outlook.On("2024-11-08").Sts(Enforced).Failed(3, Expired),
            Google.On("2024-11-08").Sts(Enforced).Failed(1, Expired));

        Assert.Equal([("Microsoft", 5L, 10L), ("Google", 1L, 1L)],
            finding.Sightings.Select(sighting => (sighting.Reporter, sighting.FailedSessions, sighting.Sessions)));
        Assert.Equal(["2024-11-07", "2024-11-08"], finding.Sightings[0].Days);
        Assert.Equal([Expired], finding.Sightings[0].ResultTypes);
        Assert.Equal(6, finding.FailedSessions);
    }
}
