using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.MtaSts.Readings;

namespace Waxseal.Protocol.Tests.MtaSts.Sending;

public class MxHostDecisionTests
{
    private static readonly DaneVerdict NoDane = new DaneVerdict.NotApplicable();

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => VectorFile.Cases("sts-apply");

    [Theory, Rfc(8461, "5"), Rfc(8461, "2")]
    [MemberData(nameof(Vectors))]
    public void A_host_gets_the_message_or_the_next_one_is_tried(string _, JsonElement input, JsonElement expected)
    {
        StsPolicy policy = Policy(StsModes.FromWord(input.GetProperty("mode").GetString()!)!.Value);
        DomainName mxHost = Name(input.GetProperty("mx_match").GetBoolean() ? "mx.example.com" : "mx.example.net");
        var session = new MxSession(
            Tls(input.GetProperty("starttls").GetString()!),
            Certificate(input.GetProperty("certificate").GetString()));

        var decision = MxHostDecision.Of(policy, mxHost, session, Dane(input.GetProperty("dane").GetString()!));

        Assert.Equal(expected.GetProperty("deliver_to_this_host").GetBoolean(), decision.MayDeliver);

        string[] acceptable = [.. expected.GetProperty("report").EnumerateArray().Select(type => type.GetString()!)];
        Assert.Equal(acceptable.Length > 0, decision.Failures.Length > 0);
        Assert.All(decision.Failures, failure => Assert.Contains(failure.Type.ToWord(), acceptable));
    }

    [Fact, Rfc(8460, "4.3.3")]
    public void An_unlisted_host_is_named_in_the_reason()
    {
        var decision = MxHostDecision.Of(Policy(StsMode.Testing), Name("mx.example.net"), null, NoDane);

        Assert.True(decision.MayDeliver);
        Assert.Equal(
            new MxFailure(PolicyType.Sts, ResultType.ValidationFailure, "MX host mx.example.net is not in the policy"),
            Assert.Single(decision.Failures));
    }

    [Fact, Rfc(8461, "2")]
    public void One_session_may_fail_both_policies()
    {
        var dane = new DaneVerdict.Failed(ResultType.TlsaInvalid);
        var session = new MxSession(TlsOutcome.Established, CertificateVerdict.Expired);

        var decision = MxHostDecision.Of(Policy(StsMode.Testing), Name("mx.example.com"), session, dane);

        Assert.False(decision.MayDeliver);
        Assert.Equal(
            [
                new(PolicyType.Tlsa, ResultType.TlsaInvalid, null),
                new(PolicyType.Sts, ResultType.CertificateExpired, null),
            ],
            decision.Failures);
    }

    [Fact, Rfc(7672, "2.2")]
    public void Without_a_policy_DANE_alone_decides()
    {
        var clear = new MxSession(TlsOutcome.NotOffered, null);
        var encrypted = new MxSession(TlsOutcome.Established, CertificateVerdict.NotTrusted);

        var encryptOnly = new DaneVerdict.EncryptOnly();
        DomainName mxHost = Name("mx.example.com");

        Assert.True(MxHostDecision.Of(null, mxHost, clear, NoDane).MayDeliver);
        Assert.False(MxHostDecision.Of(null, mxHost, clear, encryptOnly).MayDeliver);
        Assert.True(MxHostDecision.Of(null, mxHost, encrypted, encryptOnly).MayDeliver);
    }

    [Theory, Rfc(8460, "4.3.1")]
    [InlineData(CertificateVerdict.Valid, null)]
    [InlineData(CertificateVerdict.Expired, ResultType.CertificateExpired)]
    [InlineData(CertificateVerdict.NotYetValid, ResultType.CertificateNotTrusted)]
    [InlineData(CertificateVerdict.NameMismatch, ResultType.CertificateHostMismatch)]
    [InlineData(CertificateVerdict.NotTrusted, ResultType.CertificateNotTrusted)]
    [InlineData(CertificateVerdict.Revoked, ResultType.CertificateNotTrusted)]
    [InlineData(null, ResultType.ValidationFailure)]
    public void Each_fault_of_a_certificate_has_its_result_type(CertificateVerdict? certificate, ResultType? expected)
    {
        var session = new MxSession(TlsOutcome.Established, certificate);

        var decision = MxHostDecision.Of(Policy(StsMode.Enforce), Name("mx.example.com"), session, NoDane);

        Assert.Equal(expected, decision.Failures.SingleOrDefault()?.Type);
        Assert.Equal(expected is null, decision.MayDeliver);
    }

    private static TlsOutcome Tls(string word) => word switch
    {
        "ok" => TlsOutcome.Established,
        "not-offered" => TlsOutcome.NotOffered,
        "refused-454" => TlsOutcome.Refused,
        "handshake-failure" => TlsOutcome.HandshakeFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private static CertificateVerdict? Certificate(string? word) => word switch
    {
        null => null,
        "valid" => CertificateVerdict.Valid,
        "expired" => CertificateVerdict.Expired,
        "untrusted" or "self-signed" => CertificateVerdict.NotTrusted,
        "name-mismatch" or "no-dns-id" => CertificateVerdict.NameMismatch,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private static DaneVerdict Dane(string word) => word switch
    {
        "n/a" or "no-records" => NoDane,
        "pass" => new DaneVerdict.Authenticated(),
        "unusable-records" => new DaneVerdict.EncryptOnly(),
        "fail" => new DaneVerdict.Failed(ResultType.ValidationFailure),
        "lookup-error" => new DaneVerdict.Failed(ResultType.DnssecInvalid),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private static StsPolicy Policy(StsMode mode) => new(mode, StsPolicy.LongestMaxAge, [Pattern("*.example.com")]);
}
