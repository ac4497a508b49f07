using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

public class MailLogReaderTests
{
    [Theory]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: self-signed certificate", DeliveryFault.CertificateUntrusted, StatedReason.CertificateSelfSigned)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: untrusted issuer /C=US/O=X/CN=Y", DeliveryFault.CertificateUntrusted, StatedReason.IssuerUnknown)]
    [InlineData("server certificate verification failed for mx.example.com[192.0.2.1]:25: certificate has expired", DeliveryFault.CertificateExpired, StatedReason.CertificateExpired)]
    [InlineData("server certificate verification failed for mx.example.com[192.0.2.1]:25: certificate not yet valid", DeliveryFault.CertificateUntrusted, StatedReason.CertificateNotYetValid)]
    [InlineData("server certificate verification failed for mx.example.com[192.0.2.1]:25: num=62:hostname mismatch", DeliveryFault.CertificateName, StatedReason.CertificateName)]
    [InlineData("server certificate verification failed for mx.example.com[192.0.2.1]:25: num=64:IP address mismatch", DeliveryFault.CertificateName, StatedReason.CertificateName)]
    [InlineData("server certificate verification failed for mx.example.com[192.0.2.1]:25: num=65:no matching DANE TLSA records", DeliveryFault.TlsaMismatch, StatedReason.TlsaMismatch)]
    [InlineData("CA certificate verification failed for mx.example.com[192.0.2.1]:25: num=2:unable to get issuer certificate", DeliveryFault.CertificateUntrusted, StatedReason.IssuerMissing)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: not designated for use as a CA certificate", DeliveryFault.CertificateUntrusted, StatedReason.ChainInvalid)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: not trusted by local or TLSA policy", DeliveryFault.TlsaMismatch, null)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: external policy failure (sts-policy-fetch-error)", DeliveryFault.PolicyFetch, null)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: external policy failure (sts-webpki-invalid)", DeliveryFault.PolicyHostCertificate, null)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: external policy failure (sts-policy-invalid)", DeliveryFault.PolicyInvalid, null)]
    [InlineData("certificate verification failed for mx.example.com[192.0.2.1]:25: something new", DeliveryFault.CertificateUnverified, null)]
    public void The_line_before_tells_what_was_wrong_with_the_certificate(string detail, DeliveryFault fault, StatedReason? stated)
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText($"""
            May 26 22:06:22 mail postfix/smtp[80090]: {detail}
            May 26 22:06:22 mail postfix/smtp[80090]: Untrusted TLS connection established to mx.example.com[192.0.2.1]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
            May 26 22:06:22 mail postfix/smtp[80090]: 3C1D8C1D28: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (Server certificate not verified)
            """).Groups);

        Assert.Equal((fault, stated, 1, "example.com"), (group.First.Fault, group.First.Stated, group.Attempts, group.First.PolicyDomain));
        Assert.Equal(("4.7.5", MailSoftware.Postfix, "mail"), (group.First.Status, group.First.Software, group.First.Observer));
    }

    [Fact]
    public void A_bad_certificate_that_did_not_stop_the_mail_is_no_failure()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            May 26 22:06:22 mail postfix/smtp[80090]: certificate verification failed for mx.example.com[192.0.2.1]:25: self-signed certificate
            May 26 22:06:22 mail postfix/smtp[80090]: Untrusted TLS connection established to mx.example.com[192.0.2.1]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
            May 26 22:06:22 mail postfix/smtp[80090]: 3C1D8C1D28: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)
            May 26 22:07:22 mail postfix/smtp[80090]: certificate verification failed for mx.example.com[192.0.2.1]:25: self-signed certificate
            May 26 22:07:22 mail postfix/smtp[80090]: 4C1D8C1D28: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=4.2.0, status=deferred (host mx.example.com[192.0.2.1] said: 450 4.2.0 Greylisted (in reply to RCPT TO command))
            """);

        Assert.Empty(ledger.Groups);
        Assert.Equal((1, 0), (ledger.Successes, ledger.UnreadLines));
    }

    [Fact]
    public void An_MX_host_that_was_passed_over_is_told_with_what_became_of_the_mail()
    {
        DeliveryGroup[] groups =
        [
            .. MailLogLab.ReadText("""
                Jan 24 14:43:33 mail postfix/smtp[138]: certificate verification failed for mx1.example.com[192.0.2.1]:25: self-signed certificate
                Jan 24 14:43:33 mail postfix/smtp[138]: Untrusted TLS connection established to mx1.example.com[192.0.2.1]:25: TLSv1.3 with cipher X (256/256 bits)
                Jan 24 14:43:33 mail postfix/smtp[138]: 3C1D8C1D28: Server certificate not trusted
                Jan 24 14:43:35 mail postfix/smtp[138]: Verified TLS connection established to mx2.example.com[192.0.2.2]:25: TLSv1.3 with cipher X (256/256 bits)
                Jan 24 14:43:36 mail postfix/smtp[138]: 3C1D8C1D28: to=<a@example.com>, relay=mx2.example.com[192.0.2.2]:25, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 ok)
                """).Groups,
        ];

        DeliveryGroup only = Assert.Single(groups);
        Assert.Equal(("mx1.example.com", "example.com", 1), (only.First.MxHost, only.First.PolicyDomain, only.Delivered));
        Assert.Equal((DeliveryFault.CertificateUntrusted, StatedReason.CertificateSelfSigned), (only.First.Fault, only.First.Stated));
    }

    [Fact]
    public void Processes_are_told_apart()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            May 26 22:06:22 mail postfix/smtp[1]: server certificate verification failed for mx.a.example[192.0.2.1]:25: certificate has expired
            May 26 22:06:22 mail postfix/smtp[2]: server certificate verification failed for mx.b.example[192.0.2.2]:25: num=62:hostname mismatch
            May 26 22:06:23 mail postfix/smtp[1]: AAAAA: to=<x@a.example>, relay=mx.a.example[192.0.2.1]:25, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)
            May 26 22:06:23 mail postfix/smtp[2]: BBBBB: to=<x@b.example>, relay=mx.b.example[192.0.2.2]:25, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)
            """);

        Assert.Equal([("a.example", DeliveryFault.CertificateExpired), ("b.example", DeliveryFault.CertificateName)], ledger.Groups.Select(group => (group.First.PolicyDomain, group.First.Fault)));
    }

    [Fact]
    public void A_policy_that_does_not_list_the_MX_host_is_told_by_a_warning()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText("""
            Nov 11 10:00:00 mail postfix/smtp[9]: warning: MX name 'mx.example.com' does not match STS MX pattern for 'example.com'
            Nov 11 10:00:00 mail postfix/smtp[9]: 5AB7D8E2B0: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.4, status=deferred (no MX host is left)
            """).Groups);

        Assert.Equal((DeliveryFault.MxNotInPolicy, "mx.example.com", "example.com", DeliveryFate.HeldBack), (group.First.Fault, group.First.MxHost, group.First.PolicyDomain, group.First.Fate));
        Assert.Equal(1, group.Attempts);
    }

    [Fact]
    public void A_failed_handshake_gets_its_reason_from_the_TLS_library()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText("""
            Jun  6 00:22:01 precise32 postfix/smtp[3682]: SSL_connect error to mx.example.com[192.168.33.7]:25: -1
            Jun  6 00:22:01 precise32 postfix/smtp[3682]: warning: TLS library problem: 3682:error:140740BF:SSL routines:SSL23_CLIENT_HELLO:no protocols available:s23_clnt.c:381:
            Jun  6 00:22:01 precise32 postfix/smtp[3682]: AF3B6480475: to=<vagrant@example.com>, relay=mx.example.com[192.168.33.7]:25, delay=0.06, delays=0.03/0.03/0/0, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
            """).Groups);

        Assert.Equal((DeliveryFault.Handshake, StatedReason.NoCommonTls, 1), (group.First.Fault, group.First.Stated, group.Attempts));
    }

    [Fact]
    public void Exim_tells_what_was_wrong_with_the_certificate_in_a_line_before()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText("""
            2024-03-02 09:44:33 10HmaX-000000005vi-0000 [192.0.2.1] SSL verify error: depth=0 error=self signed certificate cert=/C=UK/O=The Exim Maintainers/OU=Test Suite/CN=Phil Pennock
            2024-03-02 09:44:33 10HmaX-000000005vi-0000 TLS session: (SSL_connect): error:0A000086:SSL routines::certificate verify failed
            2024-03-02 09:44:33 10HmaX-000000005vi-0000 == caller@test.ex R=client T=send_to_server defer (-37) H=mx.test.ex [192.0.2.1]: TLS session: (SSL_connect): error:0A000086:SSL routines::certificate verify failed
            """).Groups);

        Assert.Equal((DeliveryFault.CertificateUntrusted, StatedReason.CertificateSelfSigned, "test.ex", 1), (group.First.Fault, group.First.Stated, group.First.PolicyDomain, group.Attempts));
    }

    [Theory]
    [InlineData("2024-03-02 09:44:34 10HmaX-000000005vi-0000 => x@test.ex R=client T=smtp H=mx2.test.ex [192.0.2.2] X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes C=\"250 OK\"", "test.ex", DeliveryFate.Delivered, 1)]
    [InlineData("2024-03-02 09:44:34 10HmaX-000000005vi-0000 == x@test.ex R=client T=smtp defer (-38) H=mx1.test.ex [192.0.2.1]: a TLS session is required, but the server did not offer TLS support", "test.ex", DeliveryFate.HeldBack, 0)]
    [InlineData("", "", DeliveryFate.Unknown, 0)]
    public void An_MX_host_that_Exim_passes_over_counts_once(string later, string policyDomain, DeliveryFate fate, int successes)
    {
        DeliveryLedger ledger = MailLogLab.Read("2024-03-02 09:44:33 10HmaX-000000005vi-0000 H=mx1.test.ex [192.0.2.1]: a TLS session is required, but the server did not offer TLS support", later);

        DeliveryGroup group = Assert.Single(ledger.Groups);
        Assert.Equal(("mx1.test.ex", policyDomain, fate, 1, successes), (group.First.MxHost, group.First.PolicyDomain, group.First.Fate, group.Attempts, ledger.Successes));
    }

    [Fact]
    public void Where_one_process_of_Postfix_does_the_TLS_for_all_its_words_find_the_delivery()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText("""
            Nov 20 10:00:00 mail postfix/tlsproxy[5]: server certificate verification failed for mx.example.com[192.0.2.1]:25: num=62:hostname mismatch
            Nov 20 10:00:00 mail postfix/tlsproxy[5]: server certificate verification failed for mx.other.example[192.0.2.1]:25: num=62:hostname mismatch
            Nov 20 10:00:01 mail postfix/smtp[6]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)
            """).Groups);

        Assert.Equal((DeliveryFault.CertificateName, "example.com", 1), (group.First.Fault, group.First.PolicyDomain, group.Attempts));
    }

    [Fact]
    public void A_piece_of_a_line_will_do()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.Read("to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=4.7.5, status=deferred (Server certificate not verified)").Groups);

        Assert.Equal((DeliverySource.SenderLog, "example.com", "mx.example.com"), (group.First.Source, group.First.PolicyDomain, group.First.MxHost));
    }

    [Fact]
    public void A_bounce_counts_once_what_it_tells_twice()
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText("""
            This is the mail system at host smtp.sender.example.

            <mailer@domain.example>: Server certificate not
                verified

            Reporting-MTA: dns; smtp.sender.example
            X-Postfix-Queue-ID: 30E4E7461347
            X-Postfix-Sender: rfc822; author@sender.example
            Arrival-Date: Wed, 28 Jan 2015 11:50:00 +0100 (CET)

            Final-Recipient: rfc822; mailer@domain.example
            Original-Recipient: rfc822;mailer@domain.example
            Action: failed
            Status: 4.7.5
            Remote-MTA: dns; mx.domain.example
            Diagnostic-Code: X-Postfix; Server certificate not verified
            """).Groups);

        Assert.Equal((DeliverySource.Bounce, "smtp.sender.example", "domain.example", "mx.domain.example"), (group.First.Source, group.First.Observer, group.First.PolicyDomain, group.First.MxHost));
        Assert.Equal((1, 1, "4.7.5", MailSoftware.Postfix), (group.Attempts, group.Returned, group.First.Status, group.First.Software));
    }

    [Fact]
    public void Clients_of_submission_are_no_MTAs()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            Mar 15 09:57:00 mail postfix/smtps/smtpd[7282]: SSL_accept error from client.example[192.0.2.1]: -1
            Mar 15 09:57:00 mail postfix/smtps/smtpd[7282]: warning: TLS library problem: error:0A000126:SSL routines::unexpected eof while reading:../ssl/record/rec_layer_s3.c:308:
            Mar 15 09:57:00 mail postfix/submission/smtpd[7283]: lost connection after STARTTLS from client.example[192.0.2.1]
            """);

        Assert.Empty(ledger.Groups);
        Assert.Equal(0, ledger.UnreadLines);
    }

    [Fact]
    public void Lines_about_other_things_are_counted_and_lines_about_TLS_that_are_not_understood_are_named()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            Nov 20 10:00:00 mail postfix/smtpd[1]: connect from tls.example.com[192.0.2.1]
            Nov 20 10:00:01 mail dovecot: imap-login: Login: user=<a>, method=PLAIN, TLS
            Nov 20 10:00:02 mail postfix/smtp[2]: AAAAA: to=<x@a.example>, relay=mx.a.example[192.0.2.1]:25, delay=1, dsn=5.1.1, status=bounced (host mx.a.example[192.0.2.1] said: 550 5.1.1 no such user)
            Nov 20 10:00:03 mail postfix/smtp[2]: warning: TLS engine: cannot do what was never heard of
            Nov 20 10:00:04 mail postfix/smtp[2]: BBBBB: to=<x@a.example>, relay=mx.a.example[192.0.2.1]:25, delay=1, dsn=5.7.0, status=bounced (host mx.a.example[192.0.2.1] said: 530 5.7.0 Must issue a STARTTLS command first)
            """);

        Assert.Equal((5, 3, 2), (ledger.Lines, ledger.OtherLines, ledger.UnreadLines));
        Assert.Equal([4, 5], ledger.Unread.Select(line => line.Number));
    }
}
