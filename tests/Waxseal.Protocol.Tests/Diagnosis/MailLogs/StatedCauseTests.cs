using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>What a line states itself is not left open.</summary>
public class StatedCauseTests
{
    private const string EximId = "10HmaX-000000005vi-0000";

    [Theory]
    [InlineData("TLS session: (SSL_connect): error:0A000086:SSL routines::certificate verify failed", DeliveryFault.CertificateUnverified, null)]
    [InlineData("TLS session: (SSL_connect): error:0A000410:SSL routines::sslv3 alert handshake failure", DeliveryFault.Handshake, StatedReason.NoCommonTls)]
    [InlineData("TLS session: (gnutls_handshake): Error in the certificate verification.", DeliveryFault.CertificateUnverified, null)]
    public void Exim_states_it_in_the_line_of_the_delivery_or_in_the_line_before(string words, DeliveryFault fault, StatedReason? stated)
    {
        const string vague = "H=mx.test.ex [192.0.2.1]: a TLS session is required, but an attempt to start TLS failed";
        string[][] logs =
        [
            [$"2024-03-02 09:44:33 {EximId} == x@test.ex R=client T=smtp defer (-37) H=mx.test.ex [192.0.2.1]: {words}"],
            [$"2024-03-02 09:44:33 {EximId} {words}", $"2024-03-02 09:44:33 {EximId} == x@test.ex R=client T=smtp defer (-38) {vague}"],
            [$"2024-03-02 09:44:33 {EximId} {words}", $"2024-03-02 09:44:33 {EximId} {vague}", $"2024-03-02 09:44:34 {EximId} == x@test.ex R=client T=smtp defer (-38) {vague}"],
        ];
        Assert.All(logs, log =>
        {
            DeliveryGroup group = Assert.Single(MailLogLab.Read(log).Groups, group => group.First.PolicyDomain == "test.ex" && group.First.Fault == fault);
            Assert.Equal((stated, 1), (group.First.Stated, group.Attempts));
        });
    }

    [Theory]
    [InlineData("certificate verify failed", DeliveryFault.CertificateUnverified, null)]
    [InlineData("sslv3 alert handshake failure", DeliveryFault.Handshake, StatedReason.NoCommonTls)]
    public void Sendmail_states_it_in_the_line_before(string reason, DeliveryFault fault, StatedReason? stated)
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText($"""
            Oct 21 21:02:04 server sm-mta[23796]: STARTTLS=client, error: connect failed=-1, reason={reason}, SSL_error=1, errno=0, retry=-1
            Oct 21 21:02:04 server sm-mta[23796]: r9M124TR023797: to=<a@example.com>, delay=00:00:01, mailer=esmtp, pri=30527, relay=mx.example.com. [192.0.2.1], dsn=4.0.0, stat=Deferred: 403 4.7.0 TLS handshake failed.
            """).Groups);

        Assert.Equal((fault, stated, "example.com", "mx.example.com", 1), (group.First.Fault, group.First.Stated, group.First.PolicyDomain, group.First.MxHost, group.Attempts));
        Assert.Contains(reason, group.First.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Sendmail_says_of_one_delivery_is_not_blamed_on_the_next()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            Oct 21 21:02:04 server sm-mta[23796]: STARTTLS=client, error: connect failed=-1, reason=certificate verify failed, SSL_error=1, errno=0, retry=-1, relay=mx1.example.com [192.0.2.1]
            Oct 21 21:02:05 server sm-mta[23796]: r9M124TR023797: to=<a@example.com>, mailer=esmtp, relay=mx2.example.com. [192.0.2.2], dsn=2.0.0, stat=Sent (ok)
            Oct 21 21:02:06 server sm-mta[23796]: r9M124TR023798: to=<a@other.example>, mailer=esmtp, relay=mx.other.example. [192.0.2.3], dsn=4.0.0, stat=Deferred: 403 4.7.0 TLS handshake failed.
            Oct 21 21:02:07 server sm-mta[23797]: STARTTLS=client, error: connect failed=-1, reason=certificate verify failed, SSL_error=1, errno=0, retry=-1, relay=mx3.example.com [192.0.2.1]
            """);

        Assert.Equal(
            [("other.example", "mx.other.example", DeliveryFault.Handshake), ("", "mx3.example.com", DeliveryFault.CertificateUnverified)],
            ledger.Groups.Select(group => (group.First.PolicyDomain, group.First.MxHost, group.First.Fault)));
    }

    [Theory]
    [InlineData("CertificateExpired", DeliveryFault.CertificateExpired, "K06")]
    [InlineData("UntrustedRoot", DeliveryFault.CertificateUntrusted, "K08")]
    [InlineData("SubjectMismatch", DeliveryFault.CertificateName, "K05")]
    [InlineData("NameMismatch", DeliveryFault.CertificateName, "K05")]
    [InlineData("SomethingNew", DeliveryFault.CertificateUnverified, "K05")]
    public void The_message_of_Exchange_Online_counts(string message, DeliveryFault fault, string cause)
    {
        string text = $"450 4.7.320 Certificate validation failed [Message={message}] [LastAttemptedServerName=mx.example.com]";

        Assert.Equal(fault, Assert.Single(MailLogLab.Read(text).Groups).First.Fault);
        Finding finding = Assert.Single(MailLogLab.Explain(text));
        Assert.Equal(cause, finding.Ranking.Causes[0].Cause.Id);
    }

    [Theory]
    [InlineData("2024-03-02 09:44:33 10HmaX-000000005vi-0000 DANE attempt failed; in words that nobody knows")]
    [InlineData("Jan 29 10:00:00 mail postfix/smtp[7]: warning: DANE TLSA lookup problem without more")]
    public void The_beginning_of_a_known_line_with_another_end_breaks_nothing(string line) => Assert.Empty(MailLogLab.Read(line, line).Groups);
}
