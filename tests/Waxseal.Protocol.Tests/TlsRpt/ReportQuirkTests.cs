using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt;

/// <summary>The departures from RFC 8460 that real senders are known for, a sample each.</summary>
public class ReportQuirkTests
{
    [Theory]
    [InlineData("byte-order-mark", "byte-order-mark ")]
    [InlineData("no-zone", "time-zone-missing /date-range/start-datetime", "time-zone-missing /date-range/end-datetime")]
    [InlineData("rolling-window", "date-range-not-utc-day /date-range")]
    [InlineData("contact-absent", "contact-info-missing /contact-info")]
    [InlineData("contact-with-name", "contact-info-not-address /contact-info")]
    [InlineData("no-policies", "policies-empty /policies")]
    [InlineData("mx-host-prefix", "mx-host-prefix /policies/0/policy/mx-host")]
    [InlineData("summary-missing", "summary-missing /policies/0/summary")]
    [InlineData("eight-bit", "characters-replaced /organization-name", "characters-replaced /report-id")]
    [InlineData(
        "list-inside-text",
        "mx-host-missing /policies/0/policy/mx-host",
        "list-inside-text /policies/1/policy/policy-string")]
    [InlineData(
        "lists-as-text",
        "list-is-text /policies/0/policy/mx-host",
        "list-is-text /policies/1/policy/policy-string",
        "list-is-text /policies/1/policy/mx-host",
        "list-inside-text /policies/1/policy/mx-host")]
    [InlineData(
        "types-in-capitals",
        "policy-type-case /policies/0/policy/policy-type",
        "result-type-case /policies/0/failure-details/0/result-type")]
    [InlineData(
        "counts-as-text",
        "count-is-text /policies/0/summary/total-successful-session-count",
        "count-is-text /policies/0/summary/total-failure-session-count",
        "count-is-text /policies/0/failure-details/0/failed-session-count")]
    [InlineData(
        "counts-omitted",
        "policy-domain-missing /policies/0/policy/policy-domain",
        "count-missing /policies/0/summary/total-failure-session-count",
        "count-missing /policies/1/summary/total-successful-session-count",
        "count-missing /policies/1/failure-details/0/failed-session-count")]
    [InlineData(
        "policy-missing",
        "result-type-missing /policies/0/failure-details/0/result-type",
        "policy-missing /policies/0/policy",
        "policy-type-missing /policies/1/policy/policy-type")]
    [InlineData(
        "policy-domain-forms",
        "policy-domain-root-dot /policies/0/policy/policy-domain",
        "policy-domain-case /policies/1/policy/policy-domain",
        "policy-domain-u-label /policies/2/policy/policy-domain",
        "policy-domain-invalid /policies/3/policy/policy-domain",
        "text-empty /policies/4/policy/policy-domain",
        "policy-domain-missing /policies/4/policy/policy-domain")]
    [InlineData(
        "empty-texts",
        "text-empty /policies/0/policy/policy-string",
        "text-empty /policies/0/failure-details/0/sending-mta-ip")]
    [InlineData(
        "helo-whole-response",
        "helo-whole-response /policies/0/failure-details/0/receiving-mx-helo",
        "helo-whole-response /policies/0/failure-details/1/receiving-mx-helo")]
    [InlineData(
        "misnamed-members",
        "member-misnamed /policies/0/policy/mx-host-pattern",
        "member-misnamed /policies/0/failure-details/0/additional-info-uri",
        "member-misnamed /policies/0/failure-details/0/failure-error-code")]
    [InlineData(
        "addresses",
        "ip-address-form /policies/0/failure-details/0/sending-mta-ip",
        "ip-address-form /policies/0/failure-details/1/sending-mta-ip",
        "ip-address-invalid /policies/0/failure-details/2/receiving-ip",
        "ip-address-invalid /policies/0/failure-details/3/receiving-ip",
        "ip-address-invalid /policies/0/failure-details/4/receiving-ip",
        "additional-information-not-uri /policies/0/failure-details/4/additional-information")]
    [InlineData(
        "contact-null",
        "explicit-null /contact-info",
        "policy-type-unknown /policies/0/policy/policy-type",
        "result-type-unknown /policies/0/failure-details/0/result-type",
        "explicit-null /policies/0/failure-details/0/sending-mta-ip",
        "explicit-null /policies/0/failure-details/0/receiving-mx-helo",
        "explicit-null /policies/0/failure-details/0/receiving-ip",
        "explicit-null /policies/0/failure-details/0/additional-information",
        "explicit-null /policies/0/failure-details/0/failure-reason-code",
        "contact-info-missing /contact-info")]
    [InlineData(
        "wrong-types",
        "value-ignored /policies/0/policy/policy-string",
        "value-ignored /policies/0/policy/policy-domain",
        "value-ignored /policies/0/policy/mx-host/0",
        "value-ignored /policies/0/policy/mx-host/1",
        "explicit-null /policies/0/policy/mx-host/2",
        "policy-domain-missing /policies/0/policy/policy-domain",
        "value-ignored /policies/0/failure-details/0/failure-reason-code",
        "value-ignored /policies/0/failure-details/0/receiving-mx-helo")]
    public void Each_quirk_is_read_and_named_at_its_place(string sample, params string[] defects)
    {
        ReportReading reading = Read(sample);

        Assert.NotNull(reading.Report);
        Assert.Equal(defects, reading.Defects.Select(defect => $"{defect.Code} {defect.JsonPointer}"));
    }

    [Theory, Rfc(8460, "4.1"), Rfc(8460, "4.4")]
    [InlineData("plain")]
    [InlineData("next-midnight")]
    [InlineData("offsets-and-fractions")]
    [InlineData("sum-above-total")]
    public void What_the_standard_leaves_open_is_no_defect(string sample)
    {
        ReportReading reading = Read(sample);

        Assert.Empty(reading.Defects);
        Assert.Equal(new DateOnly(2026, 3, 4), reading.Report!.DateRange.FirstDay);
        Assert.Equal(new DateOnly(2026, 3, 4), reading.Report.DateRange.LastDay);
    }

    [Theory]
    [InlineData("no-zone", "Microsoft (2023)")]
    [InlineData("list-inside-text", "Microsoft")]
    [InlineData("contact-null", "Stalwart")]
    [InlineData("helo-whole-response", "Postfix with tlsrpt-reporter")]
    [InlineData("counts-omitted", "Google (2019)")]
    [InlineData("empty-texts", "Halon")]
    public void The_sender_known_for_a_quirk_is_named(string sample, string sender) =>
        Assert.Contains(Read(sample).Defects, defect => defect.KnownSender == sender);

    [Fact, Rfc(8460, "4.4")]
    public void A_time_without_zone_is_refused_from_a_sender_not_known_for_it()
    {
        ReportReading reading = Read("no-zone-stranger");

        Assert.Null(reading.Report);
        Assert.Equal("date-time-without-zone", reading.Defects[^1].Code);
        Assert.Equal("/date-range/start-datetime", reading.Defects[^1].JsonPointer);
    }

    [Fact]
    public void The_sender_may_be_named_after_its_times()
    {
        string late = """
            {"date-range":{"start-datetime":"2023-01-10T00:00:00","end-datetime":"2023-01-10T23:59:59"},
             "report-id":"1","policies":[],"organization-name":"X","contact-info":"tlsrpt-noreply@microsoft.com"}
            """;

        Assert.NotNull(ReportReader.Read(System.Text.Encoding.UTF8.GetBytes(late)).Report);
    }

    [Fact]
    public void Tlsa_records_inside_one_text_are_taken_apart()
    {
        ReportPolicy policy = Read("list-inside-text").Report!.Policies[1];

        Assert.Equal(2, policy.PolicyString.Length);
        Assert.All(policy.PolicyString, record => Assert.StartsWith("3 1 1 ", record));
    }

    [Fact]
    public void Lists_written_as_text_are_read_as_lists()
    {
        Report report = Read("lists-as-text").Report!;

        Assert.Equal(["mx1.recipient.example"], report.Policies[0].MxHosts);
        Assert.Equal(["version: STSv1"], report.Policies[1].PolicyString);
        Assert.Equal(["mx1.other.example", "mx2.other.example"], report.Policies[1].MxHosts);
        Assert.Equal(["mx1.recipient.example"], Read("mx-host-prefix").Report!.Policies[0].MxHosts);
    }

    [Fact]
    public void Of_a_whole_EHLO_response_the_host_name_is_kept() => Assert.Equal(
        ["mx1.recipient.example", "mx2.recipient.example"],
        Read("helo-whole-response").Report!.Policies[0].Failures.Select(failure => failure.ReceivingMxHelo));

    [Fact]
    public void Misnamed_members_keep_their_values()
    {
        ReportPolicy policy = Read("misnamed-members").Report!.Policies[0];

        Assert.Equal(["mx1.recipient.example"], policy.MxHosts);
        Assert.Equal("https://sender.example/tls/17", policy.Failures[0].AdditionalInformation);
        Assert.Equal("X509_V_ERR_CERT_HAS_EXPIRED", policy.Failures[0].FailureReasonCode);
    }

    [Fact]
    public void Policy_domains_are_read_in_lower_case_A_labels() => Assert.Equal(
        ["recipient.example", "recipient.example", "xn--bcher-kva.example", "under_score.example", null],
        Read("policy-domain-forms").Report!.Policies.Select(policy => policy.PolicyDomain));

    [Fact]
    public void Types_in_capitals_are_the_types_meant()
    {
        ReportPolicy policy = Read("types-in-capitals").Report!.Policies[0];

        Assert.Equal((PolicyType.Sts, "STS"), (policy.Type, policy.TypeText));
        Assert.Equal(
            (ResultType.CertificateExpired, "Certificate-Expired"),
            (policy.Failures[0].Type, policy.Failures[0].TypeText));
    }

    [Fact]
    public void Counts_are_kept_whatever_else_is_missing()
    {
        Report text = Read("counts-as-text").Report!;
        Report omitted = Read("counts-omitted").Report!;
        Report nameless = Read("policy-missing").Report!;

        Assert.Equal((40, 2, 2), Counts(text.Policies[0]));
        Assert.Equal((12, 0, 0), Counts(omitted.Policies[0]));
        Assert.Equal((0, 3, 0), Counts(omitted.Policies[1]));
        Assert.Equal((7, 1, 1), Counts(nameless.Policies[0]));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        Report report = Read("eight-bit").Report!;

        Assert.Equal("Soci\uFFFDt\uFFFD Example", report.OrganizationName);
        Assert.Equal("half\uFFFDnul\uFFFDend", report.ReportId);
    }

    [Fact]
    public void Addresses_stay_as_written()
    {
        IEnumerable<FailureDetail> failures = Read("addresses").Report!.Policies[0].Failures;

        Assert.Equal(["2001:0db8::7", "2001:DB8::7"], failures.Take(2).Select(failure => failure.SendingMtaIp));
        Assert.Equal(
            ["198.051.100.009", "mx1.recipient.example", "[2001:db8::9]"],
            failures.Skip(2).Select(failure => failure.ReceivingIp));
    }

    [Fact]
    public void A_fetch_error_without_any_policy_is_kept_as_it_is()
    {
        ReportPolicy policy = Read("no-zone").Report!.Policies[0];

        Assert.Equal((0, 2, 2), Counts(policy));
        Assert.Equal(ResultType.StsPolicyFetchError, policy.Failures[0].Type);
        Assert.Empty(policy.PolicyString);
        Assert.Null(policy.Failures[0].ReceivingMxHost);
    }

    private static (long Successful, long Failed, long InDetail) Counts(ReportPolicy policy) =>
        (policy.SuccessfulSessions, policy.FailedSessions, SessionCount.Sum(policy.Failures.Select(f => f.FailedSessions)));

    private static ReportReading Read(string sample) => ReportReader.Read(TestData.Bytes($"reports/{sample}.json"));
}
