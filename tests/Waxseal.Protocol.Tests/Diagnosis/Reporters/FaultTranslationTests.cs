using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Reporters;

public class FaultTranslationTests
{
    [Theory, Rfc(8460, "4.3")]
    [InlineData(ResultType.StartTlsNotSupported, FaultKind.StartTls)]
    [InlineData(ResultType.CertificateHostMismatch, FaultKind.MxCertificateName)]
    [InlineData(ResultType.CertificateExpired, FaultKind.MxCertificateExpired)]
    [InlineData(ResultType.CertificateNotTrusted, FaultKind.MxCertificateUntrusted)]
    [InlineData(ResultType.ValidationFailure, FaultKind.MxHandshake)]
    [InlineData(ResultType.TlsaInvalid, FaultKind.TlsaMismatch)]
    [InlineData(ResultType.DnssecInvalid, FaultKind.Dnssec)]
    [InlineData(ResultType.DaneRequired, FaultKind.DaneRequired)]
    [InlineData(ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData(ResultType.StsPolicyInvalid, FaultKind.PolicyGrammar)]
    [InlineData(ResultType.StsWebPkiInvalid, FaultKind.PolicyHostCertificate)]
    [InlineData(ResultType.Other, FaultKind.Other)]
    public void Each_result_type_is_a_kind_of_fault(ResultType type, FaultKind expected) =>
        Assert.Equal(expected, Translate(KnownReporters.Unknown, PolicyType.Sts, type).Kind);

    [Fact]
    public void Each_result_type_and_each_kind_of_fault_has_its_place()
    {
        foreach (ResultType type in Enum.GetValues<ResultType>().Where(type => type != ResultType.Other))
            Assert.NotEqual(FaultKind.Other, Translate(KnownReporters.Unknown, PolicyType.Sts, type).Kind);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.Other))
            Assert.NotEqual(FaultFamily.Other, kind.Family());
    }

    [Theory]
    [InlineData("MX_HOSTS_MISMATCH", ResultType.ValidationFailure, FaultKind.MxNotInPolicy)]
    [InlineData("VALIDATION_FAILURE", ResultType.ValidationFailure, FaultKind.MxHandshake)]
    [InlineData("MX not authorized by policy.", ResultType.ValidationFailure, FaultKind.MxNotInPolicy)]
    [InlineData("Failed to parse MTA-STS DNS record.", ResultType.StsPolicyFetchError, FaultKind.Record)]
    [InlineData("Timeout fetching policy.", ResultType.StsPolicyFetchError, FaultKind.PolicyHostUnreachable)]
    [InlineData("Could not reach policy host.", ResultType.StsPolicyFetchError, FaultKind.PolicyHostUnreachable)]
    [InlineData("Failed to fetch policy.", ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData("Invalid TLSA record.", ResultType.TlsaInvalid, FaultKind.TlsaMismatch)]
    [InlineData("Bogus TLSA records were found.", ResultType.TlsaInvalid, FaultKind.Dnssec)]
    [InlineData("No TLSA DNSSEC records found.", ResultType.DaneRequired, FaultKind.DaneRequired)]
    [InlineData("dns-lookup", ResultType.StsPolicyFetchError, FaultKind.Record)]
    [InlineData("multiple-mta-sts-records", ResultType.StsPolicyFetchError, FaultKind.Record)]
    [InlineData("record-syntax-error", ResultType.StsPolicyFetchError, FaultKind.Record)]
    [InlineData("no-policy-served", ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData("cannot-fetch-policy", ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData("back-off-after-recent-fetch-error", ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData("policy-syntax-error", ResultType.StsPolicyInvalid, FaultKind.PolicyGrammar)]
    [InlineData("mtasts-policy-mx-mismatch", ResultType.ValidationFailure, FaultKind.MxNotInPolicy)]
    [InlineData("record-syntax-error+fallback-to-cached-policy", ResultType.StsPolicyFetchError, FaultKind.Record)]
    [InlineData("+fallback-to-cached-policy", ResultType.StsPolicyFetchError, FaultKind.PolicyFetch)]
    [InlineData("all-TLSA-records-unusable", ResultType.TlsaInvalid, FaultKind.TlsaMismatch)]
    [InlineData("tls-handshake-failure", ResultType.ValidationFailure, FaultKind.MxHandshake)]
    [InlineData("self-signed_certificate", ResultType.ValidationFailure, FaultKind.MxCertificateUntrusted)]
    [InlineData("self-signed_certificate_in_certificate_chain", ResultType.ValidationFailure, FaultKind.MxCertificateUntrusted)]
    [InlineData("a reason nobody knows", ResultType.CertificateExpired, FaultKind.MxCertificateExpired)]
    [InlineData("", ResultType.CertificateExpired, FaultKind.MxCertificateExpired)]
    public void A_reason_goes_before_the_result_type(string reason, ResultType type, FaultKind expected) =>
        Assert.Equal(expected, Translate(KnownReporters.Unknown, PolicyType.Sts, type, reason).Kind);

    public static TheoryData<string, PolicyType, ResultType, string?, FaultKind> Dialects => new()
    {
        { "stalwart", PolicyType.Sts, ResultType.CertificateNotTrusted, null, FaultKind.MxHandshake },
        { "stalwart", PolicyType.Tlsa, ResultType.ValidationFailure, null, FaultKind.TlsaMismatch },
        { "stalwart", PolicyType.Sts, ResultType.ValidationFailure, "MX not authorized by policy.", FaultKind.MxNotInPolicy },
        { "postfix", PolicyType.Tlsa, ResultType.CertificateNotTrusted, null, FaultKind.TlsaMismatch },
        { "postfix", PolicyType.Tlsa, ResultType.ValidationFailure, "self-signed_certificate", FaultKind.TlsaMismatch },
        { "postfix", PolicyType.Sts, ResultType.ValidationFailure, "self-signed_certificate", FaultKind.MxCertificateUntrusted },
        { "postfix", PolicyType.Tlsa, ResultType.ValidationFailure, "tls-handshake-failure", FaultKind.MxHandshake },
        { "microsoft", PolicyType.Tlsa, ResultType.ValidationFailure, null, FaultKind.MxHandshake },
        { "mox", PolicyType.Sts, ResultType.CertificateNotTrusted, null, FaultKind.MxCertificateUntrusted },
    };

    [Theory, MemberData(nameof(Dialects))]
    public void Reporters_name_one_fault_differently(
        string profile, PolicyType policy, ResultType type, string? reason, FaultKind expected) =>
        Assert.Equal(expected, Translate(new ReporterProfile(profile), policy, type, reason).Kind);

    [Theory]
    [InlineData("bad https response code: 404", 404)]
    [InlineData("Bad HTTPS response code:500", 500)]
    [InlineData("error: bad https response code: 301 moved", 301)]
    [InlineData("bad https response code: 4045", null)]
    [InlineData("bad https response code: 99", null)]
    [InlineData("bad https response code: 600", null)]
    [InlineData("bad https response code: ", null)]
    [InlineData("bad https response code: 99999999999999999999", null)]
    [InlineData("bad https response code: -404", null)]
    [InlineData("404", null)]
    public void Mail_ru_tells_the_HTTP_status(string reason, int? status)
    {
        Fault fault = Translate(KnownReporters.Unknown, PolicyType.Sts, ResultType.StsPolicyFetchError, reason);

        Assert.Equal(status, fault.HttpStatus);
        Assert.Equal(status is null ? FaultKind.PolicyFetch : FaultKind.PolicyHostStatus, fault.Kind);
    }

    [Theory]
    [InlineData("MX1.Example.COM.", "mx1.example.com")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData(null, null)]
    public void The_MX_host_is_kept_in_one_form(string? told, string? expected)
    {
        SampleReport report = Google.On("2024-11-08").Sts(Tested).Failed(1, Expired, at: told);

        Assert.Equal(expected, FaultTranslation.ToFault(
            KnownReporters.Unknown, PolicyType.Sts, report.ToReport().Policies[0].Failures[0], applied: null).MxHost);
    }

    private static Fault Translate(ReporterProfile reporter, PolicyType policy, ResultType type, string? reason = null) =>
        FaultTranslation.ToFault(reporter, policy, new FailureDetail
        {
            Type = type,
            TypeText = "word",
            FailedSessions = 1,
            FailureReasonCode = reason,
        }, applied: null);
}
