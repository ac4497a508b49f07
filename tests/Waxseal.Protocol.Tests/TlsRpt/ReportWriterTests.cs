using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt;

public class ReportWriterTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    private static readonly FailureDetail Expired = new()
    {
        Type = ResultType.CertificateExpired,
        TypeText = "certificate-expired",
        FailedSessions = 2,
        SendingMtaIp = "2001:0DB8::7",
        ReceivingMxHost = "mx1.recipient.example",
        ReceivingMxHelo = "mx1.recipient.example",
        ReceivingIp = "198.51.100.9",
        AdditionalInformation = "https://sender.example/tls?id=1&x=2",
        FailureReasonCode = "X509_V_ERR_CERT_HAS_EXPIRED",
    };

    private static readonly ReportPolicy Sts = new()
    {
        Type = PolicyType.Sts,
        TypeText = "sts",
        PolicyString = ["version: STSv1", "mode: enforce", "mx: *.b\u00FCcher.example", "max_age: 604800"],
        PolicyDomain = "B\u00FCcher.example.",
        MxHosts = ["*.b\u00FCcher.example"],
        SuccessfulSessions = 40,
        FailedSessions = 2,
        Failures = [Expired],
    };

    private static readonly Report Sample = new()
    {
        OrganizationName = "Soci\u00E9t\u00E9 \"Sender\" <Example>",
        DateRange = new ReportDateRange(Midnight, Midnight.AddDays(1)),
        ContactInfo = "tls+reports@sender.example",
        ReportId = "2026-03-04.xn--bcher-kva.example",
        Policies = [Sts],
    };

    [Fact, Rfc(8460, "4.4")]
    public void The_text_is_the_same_to_the_byte()
    {
        const string Expected =
            """
            {"organization-name":"Société \"Sender\" <Example>","date-range":{"start-datetime":"2026-03-04T00:00:00Z",
            "end-datetime":"2026-03-04T23:59:59Z"},"contact-info":"tls+reports@sender.example",
            "report-id":"2026-03-04.xn--bcher-kva.example","policies":[{"policy":{"policy-type":"sts",
            "policy-string":["version: STSv1","mode: enforce","mx: *.bücher.example","max_age: 604800"],
            "policy-domain":"xn--bcher-kva.example","mx-host":["*.xn--bcher-kva.example"]},
            "summary":{"total-successful-session-count":40,"total-failure-session-count":2},
            "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"2001:db8::7",
            "receiving-mx-hostname":"mx1.recipient.example","receiving-mx-helo":"mx1.recipient.example",
            "receiving-ip":"198.51.100.9","failed-session-count":2,
            "additional-information":"https://sender.example/tls?id=1&x=2",
            "failure-reason-code":"X509_V_ERR_CERT_HAS_EXPIRED"}]}]}
            """;

        Assert.Equal(Expected.Replace("\n", "", StringComparison.Ordinal), Encoding.UTF8.GetString(Write(Sample)));
    }

    [Fact, Rfc(8460, "4.4")]
    public void Absent_members_are_left_out_and_failure_details_are_always_there()
    {
        var policy = new ReportPolicy
        {
            Type = PolicyType.NoPolicyFound,
            TypeText = "",
            PolicyDomain = "recipient.example",
            SuccessfulSessions = 1,
            FailedSessions = 1,
        };
        var failure = new FailureDetail
        {
            Type = ResultType.StartTlsNotSupported,
            TypeText = "",
            FailedSessions = 1,
            SendingMtaIp = "",
        };

        string quiet = Encoding.UTF8.GetString(Write(With(policy)));
        string failing = Encoding.UTF8.GetString(Write(With(policy with { Failures = [failure] })));

        Assert.Contains(
            """{"policy-type":"no-policy-found","policy-domain":"recipient.example"}""", quiet, StringComparison.Ordinal);
        Assert.Contains(
            "\"failure-details\":[]", quiet, StringComparison.Ordinal);
        Assert.Contains(
            """[{"result-type":"starttls-not-supported","failed-session-count":1}]""", failing, StringComparison.Ordinal);
    }

    [Theory, Rfc(8460, "4.1")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T23:59:59Z")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T23:59:59.999Z")]
    [InlineData("2026-03-04T05:00:00+05:00", "2026-03-05T04:59:59+05:00")]
    public void A_UTC_day_is_written_from_its_first_second_to_its_last(string start, string end)
    {
        Report report = Sample with { DateRange = Range(start, end) };

        using var json = JsonDocument.Parse(Write(report));

        JsonElement range = json.RootElement.GetProperty("date-range");
        Assert.Equal("2026-03-04T00:00:00Z", range.GetProperty("start-datetime").GetString());
        Assert.Equal("2026-03-04T23:59:59Z", range.GetProperty("end-datetime").GetString());
    }

    [Theory, Rfc(8460, "4.1")]
    [InlineData("2026-03-04T00:00:00+01:00", "2026-03-04T23:59:59+01:00")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-05T23:59:59Z")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T12:00:00Z")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-03T00:00:00Z")]
    public void Another_range_is_refused(string start, string end) =>
        AssertRefused(Sample with { DateRange = Range(start, end) }, "/date-range");

    public static TheoryData<string, Report> WhatDoesNotConform => new()
    {
        { "/organization-name", Sample with { OrganizationName = "" } },
        { "/organization-name", Sample with { OrganizationName = "two\nlines" } },
        { "/organization-name", Sample with { OrganizationName = "half \uD83D" } },
        { "/organization-name", Sample with { OrganizationName = new string('x', ReportLimits.TextBytes + 1) } },
        { "/contact-info", Sample with { ContactInfo = null } },
        { "/contact-info", Sample with { ContactInfo = "mailto:tls@sender.example" } },
        { "/contact-info", Sample with { ContactInfo = "TLS <tls@sender.example>" } },
        { "/report-id", Sample with { ReportId = "" } },
        { "/policies", Sample with { Policies = [] } },
        { "/policies", Sample with { Policies = [.. TooMany(Sts, ReportLimits.Policies)] } },
        { "/policies", WithFailures(ReportLimits.FailureDetails + 1) },
        { "/policies/0/policy/policy-type", With(Sts with { Type = PolicyType.Other, MxHosts = [] }) },
        { "/policies/0/policy/policy-domain", With(Sts with { PolicyDomain = null }) },
        { "/policies/0/policy/policy-domain", With(Sts with { PolicyDomain = "under_score.example" }) },
        { "/policies/0/policy/policy-string", With(Sts with { PolicyString = ["[\"mx: a.example\"]"] }) },
        { "/policies/0/policy/policy-string", With(Sts with { PolicyString = ["nul \0"] }) },
        { "/policies/0/policy/policy-string", With(Sts with { Type = PolicyType.NoPolicyFound, MxHosts = [] }) },
        { "/policies/0/policy/policy-string", With(Sts with { Type = PolicyType.Tlsa, MxHosts = [] }) },
        { "/policies/0/policy/mx-host", With(Sts with { Type = PolicyType.Tlsa, PolicyString = [] }) },
        { "/policies/0/policy/mx-host", With(Sts with { MxHosts = [] }) },
        { "/policies/0/policy/mx-host", With(Sts with { MxHosts = ["mx: a.example"] }) },
        { "/policies/0/policy/mx-host", With(Sts with { MxHosts = ["*.*.example"] }) },
        { "/policies/0/policy/mx-host", With(Sts with { MxHosts = [.. TooMany("a.example", ReportLimits.ListEntries)] }) },
        { "/policies/0/summary/total-successful-session-count", With(Sts with { SuccessfulSessions = -1 }) },
        { "/policies/0/summary/total-failure-session-count", With(Sts with { FailedSessions = ReportLimits.Sessions + 1 }) },
        { "/policies/0/failure-details/0/result-type", With(Expired with { Type = ResultType.Other }) },
        { "/policies/0/failure-details/0/failed-session-count", With(Expired with { FailedSessions = long.MinValue }) },
        { "/policies/0/failure-details/0/sending-mta-ip", With(Expired with { SendingMtaIp = "198.051.100.062" }) },
        { "/policies/0/failure-details/0/sending-mta-ip", With(Expired with { SendingMtaIp = "fe80::1%eth0" }) },
        { "/policies/0/failure-details/0/receiving-ip", With(Expired with { ReceivingIp = "mx1.recipient.example" }) },
        { "/policies/0/failure-details/0/receiving-mx-helo", With(Expired with { ReceivingMxHelo = "250 a.example" }) },
        { "/policies/0/failure-details/0/additional-information", With(Expired with { AdditionalInformation = "a b" }) },
        { "/policies/0/failure-details/0/failure-reason-code", With(Expired with { FailureReasonCode = "a\r\nb" }) },
        {
            "/policies/0/failure-details/2/result-type",
            With(Sts with { Failures = [Expired, Expired, Expired with { Type = ResultType.Other }] })
        },
    };

    [Theory, Rfc(8460, "4.4"), MemberData(nameof(WhatDoesNotConform))]
    public void What_does_not_conform_is_refused_with_its_place(string place, Report report) => AssertRefused(report, place);

    [Fact, Rfc(8460, "4.5")]
    public void Tlsa_records_are_written_as_they_are_given()
    {
        ReportPolicy tlsa = Sts with { Type = PolicyType.Tlsa, MxHosts = [], PolicyString = ["3 1 1 00FF", "2 0 255 ab"] };

        string written = Encoding.UTF8.GetString(Write(With(tlsa)));
        Assert.Contains("""["3 1 1 00FF","2 0 255 ab"]""", written, StringComparison.Ordinal);
        AssertRefused(With(tlsa with { PolicyString = ["3 1 1 00 FF"] }), "/policies/0/policy/policy-string");
        AssertRefused(With(tlsa with { PolicyString = ["3 1 256 00FF"] }), "/policies/0/policy/policy-string");
        AssertRefused(With(tlsa with { PolicyString = ["3 1 1 0FF"] }), "/policies/0/policy/policy-string");
    }

    [Fact]
    public void A_report_at_the_limits_reads_back()
    {
        ReportReading reading = ReportReader.Read(Write(WithFailures(ReportLimits.FailureDetails)));

        Assert.True(reading.Conforms);
        Assert.Equal(ReportLimits.FailureDetails, reading.Report!.Policies[0].Failures.Length);
    }

    [Fact]
    public void Whatever_is_written_reads_back_without_a_defect() => Check.QuickThrowOnFailure(
        Prop.ForAll(ReportGenerator.Reports.ToArbitrary(), report =>
        {
            byte[] written = Write(report);
            ReportReading reading = ReportReader.Read(written);
            Assert.Empty(reading.Defects);
            Assert.Equal(written, Write(reading.Report!));
            Assert.Equal(Totals(report), Totals(reading.Report!));
        }));

    [Fact]
    public void Whatever_is_offered_is_refused_or_reads_back() => Check.QuickThrowOnFailure(
        Prop.ForAll(ReportGenerator.WildReports.ToArbitrary(), report =>
        {
            if (ReportWriter.TryWrite(report, out byte[]? json, out _))
                Assert.Empty(ReportReader.Read(json).Defects);
        }));

    private static IEnumerable<(PolicyType, long, long, long)> Totals(Report report) =>
        from policy in report.Policies
        let inDetail = SessionCount.Sum(policy.Failures.Select(failure => failure.FailedSessions))
        select (policy.Type, policy.SuccessfulSessions, policy.FailedSessions, inDetail);

    private static IEnumerable<T> TooMany<T>(T one, int limit) => Enumerable.Repeat(one, limit + 1);

    private static Report With(ReportPolicy policy) => Sample with { Policies = [policy] };

    private static Report With(FailureDetail failure) => With(Sts with { Failures = [failure] });

    private static Report WithFailures(int count)
    {
        var failure = new FailureDetail { Type = ResultType.ValidationFailure, TypeText = "", FailedSessions = 1 };
        return With(Sts with { Failures = [.. Enumerable.Repeat(failure, count)] });
    }

    private static ReportDateRange Range(string start, string end) => new(
        DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] Write(Report report)
    {
        Assert.True(ReportWriter.TryWrite(report, out byte[]? json, out ReportWriteError? error), error?.ToString());
        return json;
    }

    private static void AssertRefused(Report report, string place)
    {
        Assert.False(ReportWriter.TryWrite(report, out byte[]? json, out ReportWriteError? error));
        Assert.Null(json);
        Assert.Equal(place, error.JsonPointer);
    }
}
