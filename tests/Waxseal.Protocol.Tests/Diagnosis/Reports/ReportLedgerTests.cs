using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Reports;

public class ReportLedgerTests
{
    private static readonly SampleReport Usual = Google.On("2024-11-08").Sts(Tested).Succeeded(5).Failed(2, Expired, at: "mx.example.com");

    // Microsoft writes the time into its report-id.
    private const string MadeNextDay = "133756180201234567+example.com";
    private const string MadeWeeksLater = "133767412201234567+example.com";

    [Fact]
    public void The_same_report_counts_once()
    {
        var ledger = new ReportLedger();

        Assert.Equal(ReportReceipt.New, ledger.Add(Usual.ToEvidence()));
        Assert.Equal(ReportReceipt.Duplicate, ledger.Add(Usual.ToEvidence()));
        Assert.Equal((1, 1, 0), (ledger.Reports, ledger.Duplicates, ledger.Corrections));
        Assert.Single(ledger.Policies);
    }

    [Fact]
    public void White_space_and_the_order_of_members_make_no_other_report()
    {
        var ledger = new ReportLedger();

        Assert.Equal(ReportReceipt.New, ledger.Add(Read("""
            {"organization-name":"Acme","contact-info":"a@acme.example","report-id":"1","date-range":
            {"start-datetime":"2024-11-08T00:00:00Z","end-datetime":"2024-11-08T23:59:59Z"},"policies":[{"policy":
            {"policy-type":"no-policy-found","policy-domain":"example.com"},"summary":
            {"total-successful-session-count":3,"total-failure-session-count":0}}]}
            """)));
        Assert.Equal(ReportReceipt.Duplicate, ledger.Add(Read("""
            { "policies": [ { "summary": { "total-failure-session-count": 0, "total-successful-session-count": 3 },
                "policy": { "policy-domain": "Example.COM", "policy-type": "no-policy-found" } } ],
              "date-range": { "end-datetime": "2024-11-09T00:59:59+01:00", "start-datetime": "2024-11-08T01:00:00+01:00" },
              "report-id": "1", "contact-info": "a@acme.example", "organization-name": "Acme" }
            """)));
    }

    [Theory]
    [InlineData(MadeNextDay, MadeWeeksLater)]
    [InlineData(MadeWeeksLater, MadeNextDay)]
    public void What_Microsoft_makes_again_weeks_later_counts_once(string first, string second)
    {
        ReportLedger ledger = Ledger(
            Outlook.On("2024-11-08").Sts(Tested).Succeeded(3).WithId(first),
            Outlook.On("2024-11-08").Sts(Tested).Succeeded(3).WithId(second),
            Outlook.On("2024-11-09").Sts(Tested).Succeeded(3));

        Assert.Equal((2, 1, 0), (ledger.Reports, ledger.Duplicates, ledger.Corrections));
        Assert.Equal(6, ledger.Policies.Sum(policy => policy.Successful));
        Assert.Equal(new DateOnly(2024, 11, 9), DateOnly.FromDateTime(ledger.Policies.First().Made!.Value.UtcDateTime));
    }

    [Theory]
    [InlineData(MadeNextDay, MadeWeeksLater)]
    [InlineData(MadeWeeksLater, MadeNextDay)]
    public void Of_a_day_that_Microsoft_counted_twice_the_fuller_count_stands(string lesser, string fuller)
    {
        ReportLedger ledger = Ledger(
            Outlook.On("2024-11-08").Sts(Tested).Succeeded(3).WithId(lesser),
            Outlook.On("2024-11-08").Sts(Tested).Succeeded(5).WithId(fuller));

        Assert.Equal((1, 0, 1), (ledger.Reports, ledger.Duplicates, ledger.Corrections));
        Assert.Equal(5, Assert.Single(ledger.Policies).Successful);
    }

    [Fact]
    public void Reports_of_Microsoft_about_two_policy_domains_are_two()
    {
        ReportLedger ledger = Ledger(
            Outlook.On("2024-11-08").About("a.example").Sts(Tested).Succeeded(3),
            Outlook.On("2024-11-08").About("b.example").Sts(Tested).Succeeded(3));

        Assert.Equal((2, 0), (ledger.Reports, ledger.Duplicates));
    }

    [Fact]
    public void Equal_counts_under_two_ids_are_two_reports_of_two_hosts()
    {
        ReportLedger ledger = Ledger(
            Named("Acme").On("2024-11-08").Sts(Tested).Succeeded(3).WithId("mx1"),
            Named("Acme").On("2024-11-08").Sts(Tested).Succeeded(3).WithId("mx2"));

        Assert.Equal((2, 0), (ledger.Reports, ledger.Duplicates));
        Assert.Equal(6, ledger.Policies.Sum(policy => policy.Successful));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(8, 3)]
    public void Of_two_reports_of_one_id_the_fuller_stands(long first, long second)
    {
        var ledger = new ReportLedger();
        ledger.Add(Google.On("2024-11-08").Sts(Tested).Succeeded(first).ToEvidence());

        Assert.Equal(ReportReceipt.Correction, ledger.Add(Google.On("2024-11-08").Sts(Tested).Succeeded(second).ToEvidence()));
        Assert.Equal((1, 0, 1), (ledger.Reports, ledger.Duplicates, ledger.Corrections));
        Assert.Equal(8, Assert.Single(ledger.Policies).Successful);
    }

    [Fact]
    public void A_lesser_report_that_comes_again_is_a_copy()
    {
        SampleReport part = Google.On("2024-11-08").Sts(Tested).Succeeded(3);
        SampleReport whole = Google.On("2024-11-08").Sts(Tested).Succeeded(8);

        ReportLedger ledger = Ledger(part, whole, part, whole);

        Assert.Equal((1, 2, 1), (ledger.Reports, ledger.Duplicates, ledger.Corrections));
    }

    [Fact]
    public void One_id_for_many_policy_domains_does_not_merge_them()
    {
        ReportLedger ledger = Ledger(
            Halon.On("2024-11-08").About("one.example").Sts(Tested).Succeeded(1),
            Halon.On("2024-11-08").About("two.example").Sts(Tested).Succeeded(1),
            Halon.On("2024-11-08").About("three.example").Sts(Tested).Succeeded(1));

        Assert.Equal((3, 0), (ledger.Reports, ledger.Corrections));
    }

    [Fact]
    public void One_id_of_two_reporters_does_not_merge_them() =>
        Assert.Equal(2, Ledger(Named("One").WithId("1").On("2024-11-08").Sts().Succeeded(1),
            Named("Two").WithId("1").On("2024-11-08").Sts().Succeeded(1)).Reports);

    [Fact]
    public void Sessions_reported_under_both_policy_types_count_once()
    {
        PolicyDomainSummary summary = Summary(
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(7).Tlsa("3 1 1 AB").Succeeded(7));

        Assert.Equal((7, 0), (summary.Successful, summary.Failed));
    }

    [Fact]
    public void Several_entries_of_one_policy_type_are_held_against_the_other_as_a_whole()
    {
        PolicyDomainSummary summary = Summary(
            Outlook.On("2024-11-08").Sts().Failed(2, FetchError).Sts(Enforced).Succeeded(5).Tlsa("3 1 1 AB").Succeeded(7));

        Assert.Equal((5, 2), (summary.Successful, summary.Failed));
    }

    [Fact]
    public void Of_two_policy_types_the_one_with_more_failures_counts()
    {
        PolicyDomainSummary summary = Summary(
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(7).Tlsa("3 1 1 AB").Succeeded(3).Failed(4, TlsaInvalid));

        Assert.Equal((3, 4), (summary.Successful, summary.Failed));
    }

    [Fact]
    public void Sessions_of_different_number_under_two_policy_types_all_count()
    {
        PolicyDomainSummary summary = Summary(
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(7).Tlsa("3 1 1 AB").Succeeded(3));

        Assert.Equal(10, summary.Successful);
    }

    [Fact]
    public void Failures_without_a_detail_do_not_vanish()
    {
        ReportedPolicy policy = Assert.Single(Ledger(Google.On("2024-11-08").Sts(Tested).FailedWithoutDetail(4)).Policies);

        Assert.Equal([new Fault(FaultKind.Other, "", 4)], policy.Faults);
        Assert.Equal(4, TheFinding(Google.On("2024-11-08").Sts(Tested).FailedWithoutDetail(4)).FailedSessions);
    }

    [Fact]
    public void Details_of_one_kind_become_one_fault()
    {
        ReportedPolicy policy = Assert.Single(Ledger(Google.On("2024-11-08").Sts(Tested)
            .Failed(1, Expired, at: "MX.example.com.").Failed(2, Expired, at: "mx.example.com").Failed(4, Expired)).Policies);

        Assert.Equal([("mx.example.com", 3L), (null, 4L)], policy.Faults.Select(fault => (fault.MxHost, fault.Sessions)));
    }

    [Fact]
    public void Sums_stop_at_the_largest_number()
    {
        PolicyDomainSummary summary = Summary(
            Google.On("2024-11-08").Sts(Tested).Succeeded(long.MaxValue).Failed(long.MaxValue, Expired),
            Google.On("2024-11-09").Sts(Tested).Succeeded(long.MaxValue).Failed(long.MaxValue, Expired));

        Assert.Equal((long.MaxValue, long.MaxValue), (summary.Successful, summary.Failed));
        Assert.Equal(long.MaxValue, TheFinding(
            Google.On("2024-11-08").Sts(Tested).Failed(long.MaxValue, Expired).Sts(Tested).Failed(long.MaxValue, Expired)).FailedSessions);
    }

    [Theory, Rfc(8460, "4.1")]
    [InlineData("2024-11-08T00:00:00Z", "2024-11-08T23:59:59Z", "2024-11-08")]
    [InlineData("2024-11-08T00:00:00Z", "2024-11-09T00:00:00Z", "2024-11-08")]
    [InlineData("2024-11-08T01:00:00+01:00", "2024-11-09T00:59:59+01:00", "2024-11-08")]
    [InlineData("2024-11-07T19:00:00-05:00", "2024-11-08T19:00:00-05:00", "2024-11-08")]
    [InlineData("2024-11-08T00:00:00Z", "2024-11-08T00:00:00Z", "2024-11-08")]
    [InlineData("2024-11-02T00:00:00Z", "2024-11-08T23:59:59Z", "2024-11-02 to 2024-11-08")]
    [InlineData("2024-11-08T00:00:00+02:00", "2024-11-09T00:00:00+02:00", "2024-11-07 to 2024-11-08")]
    public void A_report_belongs_to_the_UTC_days_it_speaks_of(string start, string end, string days) =>
        Assert.Equal(days, Assert.Single(Ledger(Google.Between(start, end).Sts(Tested).Succeeded(1)).Policies).Days.ToString());

    [Fact]
    public void A_policy_domain_left_out_is_taken_from_the_envelope()
    {
        SampleReport report = PostfixHouse.On("2024-11-08").About(null).NoPolicy().Succeeded(1);

        Assert.Equal("example.org", Assert.Single(Ledger(report.InEnvelopeFor("Example.ORG.")).Policies).PolicyDomain);
        Assert.Equal("", Assert.Single(Ledger(report).Policies).PolicyDomain);
    }

    [Fact]
    public void A_policy_domain_of_the_report_goes_before_that_of_the_envelope() =>
        Assert.Equal("example.com", Assert.Single(Ledger(
            PostfixHouse.On("2024-11-08").NoPolicy().Succeeded(1).InEnvelopeFor("example.org")).Policies).PolicyDomain);

    [Fact]
    public void Policies_come_in_the_order_of_days_whatever_came_first()
    {
        ImmutableArray<SampleReport> reports = [.. EachDay("2024-11-01", 5, day => Google.On(day).Sts(Tested).Succeeded(1))];

        Assert.Equal(Ledger(reports).Policies.Select(policy => policy.Days), Ledger(reports.Reverse()).Policies.Select(policy => policy.Days));
    }

    private static PolicyDomainSummary Summary(params IEnumerable<SampleReport> reports) =>
        Assert.Single(Explain(reports).PolicyDomains);

    private static ReportEvidence Read(string json) =>
        new(ReportReader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Report!, "sample");
}
