using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Tests.Diagnosis.Reporters;

public class StatedReasonsTests
{
    [Theory]
    [InlineData("X509_V_ERR_CERT_HAS_EXPIRED", StatedReason.CertificateExpired)]
    [InlineData("certificate has expired", StatedReason.CertificateExpired)]
    [InlineData("invalid peer certificate: Expired", StatedReason.CertificateExpired)]
    [InlineData("x509: certificate has expired or is not yet valid: current time 2026-11-20T08:00:00Z is after 2026-11-19T23:59:59Z", StatedReason.CertificateExpired)]
    [InlineData("x509: certificate has expired or is not yet valid: current time 2026-11-20T08:00:00Z is before 2026-11-21T00:00:00Z", StatedReason.CertificateNotYetValid)]
    [InlineData("x509: certificate has expired or is not yet valid", StatedReason.CertificateExpired)]
    [InlineData("certificate is not yet valid", StatedReason.CertificateNotYetValid)]
    [InlineData("self-signed certificate", StatedReason.CertificateSelfSigned)]
    [InlineData("X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", StatedReason.CertificateSelfSigned)]
    [InlineData("self-signed_certificate_in_certificate_chain", StatedReason.RootUntrusted)]
    [InlineData("unable to get local issuer certificate", StatedReason.IssuerMissing)]
    [InlineData("X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", StatedReason.IssuerMissing)]
    [InlineData("x509: certificate signed by unknown authority", StatedReason.IssuerUnknown)]
    [InlineData("x509: certificate is valid for a.example, not mx.example.com", StatedReason.CertificateName)]
    [InlineData("X509_V_ERR_HOSTNAME_MISMATCH", StatedReason.CertificateName)]
    [InlineData("X509_V_ERR_PATH_LENGTH_EXCEEDED", StatedReason.ChainInvalid)]
    [InlineData("EE certificate key too weak", StatedReason.ChainInvalid)]
    [InlineData("CA signature digest algorithm too weak", StatedReason.ChainInvalid)]
    [InlineData("error:0A000410:SSL routines::sslv3 alert handshake failure", StatedReason.NoCommonTls)]
    [InlineData("tlsv1 alert protocol version", StatedReason.NoCommonTls)]
    [InlineData("dial tcp: lookup mta-sts.example.com: no such host", StatedReason.NameNotFound)]
    [InlineData("dial tcp: lookup mta-sts.example.com: i/o timeout", StatedReason.NameLookup)]
    [InlineData("lookup mta-sts.example.com on 127.0.0.53:53: server misbehaving", StatedReason.NameLookup)]
    [InlineData("Connection refused", StatedReason.ConnectionRefused)]
    [InlineData("No route to host", StatedReason.Unreachable)]
    [InlineData("context deadline exceeded", StatedReason.Timeout)]
    [InlineData("all-TLSA-records-unusable", StatedReason.TlsaUnusable)]
    [InlineData("no-policy-served", StatedReason.NoPolicyServed)]
    [InlineData("no-policy-served+fallback-to-cached-policy", StatedReason.NoPolicyServed)]
    public void A_text_has_one_meaning(string text, StatedReason expected) => Assert.Equal(expected, StatedReasons.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lookup table broken")]
    [InlineData("the day is before us")]
    [InlineData("signal too weak")]
    [InlineData("+fallback-to-cached-policy")]
    public void Of_other_texts_nothing_is_known(string? text) => Assert.Null(StatedReasons.Of(text));

    [Fact]
    public void Every_reason_has_words() =>
        Assert.All(Enum.GetValues<StatedReason>(), reason => Assert.NotEmpty(reason.InWords()));
}
