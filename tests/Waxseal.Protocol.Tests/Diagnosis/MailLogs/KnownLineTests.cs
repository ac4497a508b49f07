using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>Lines as mail servers write them, of published logs or put together from their source; each with what it means.</summary>
public class KnownLineTests
{
    public static TheoryData<string, DeliveryFault, string?, string, string?, DeliveryFate> SenderLines => new()
    {
        // Postfix.
        {
            "Feb 25 21:57:22 mail postfix/smtp[25291]: D33A02504112: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=8.4, delays=0.02/0/8.4/0, dsn=4.7.5, status=deferred (Server certificate not verified)",
            DeliveryFault.CertificateUnverified, "validation-failure", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
        {
            "May  2 09:08:05 pickering postfix/smtp[17933]: 46CB93A0C3: to=<real@example.com>, relay=mail.example.com[192.0.2.162]:587, delay=40121, delays=40120/0.02/0.49/0, dsn=4.7.5, status=deferred (Server certificate not trusted)",
            DeliveryFault.CertificateUntrusted, "certificate-not-trusted", "mail.example.com", "mail.example.com", DeliveryFate.HeldBack
        },
        {
            "Oct 10 19:12:13 sender postfix/smtp[1711]: 62D3F481249: to=<vagrant@example.com>, relay=mx.example.com[192.168.33.7]:25, delay=0.07, delays=0.03/0.01/0.03/0, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host mx.example.com[192.168.33.7])",
            DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
        {
            "Oct 10 19:12:13 sender postfix/smtp[1711]: 62D3F481249: to=<v@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/1/0, dsn=4.7.0, status=deferred (TLS is required, but host mx.example.com[192.0.2.7] refused to start TLS: 454 4.7.0 TLS not available due to local problem)",
            DeliveryFault.StartTlsRefused, "starttls-not-supported", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
        {
            "Jun  6 00:22:01 precise32 postfix/smtp[3682]: AF3B6480475: to=<vagrant@example.com>, relay=mx.example.com[192.168.33.7]:25, delay=0.06, delays=0.03/0.03/0/0, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)",
            DeliveryFault.Handshake, "validation-failure", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
        {
            "Feb 15 21:23:48 MyServer postfix/smtp[8416]: 5AB7D8E2B0: to=<u@example.com>, relay=smtp.example.com[192.0.2.111]:587, delay=28, delays=28/0.02/0.3/0, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)",
            DeliveryFault.OwnSettings, null, "smtp.example.com", "smtp.example.com", DeliveryFate.HeldBack
        },
        {
            "Jan 12 23:00:06 test postfix/smtp[3594]: 62D3F481249: to=<a@example.nl>, relay=none, delay=5, delays=0/0/5/0, dsn=4.7.5, status=deferred (TLSA lookup error for mx.example.nl:25)",
            DeliveryFault.TlsaLookup, "dnssec-invalid", "example.nl", "mx.example.nl", DeliveryFate.HeldBack
        },
        {
            "Jan 29 10:00:00 mail postfix/smtp[7]: 4F0D2A1: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (non DNSSEC destination)",
            DeliveryFault.DaneRequired, "dane-required", "example.com", null, DeliveryFate.HeldBack
        },
        {
            "Jan 29 10:00:00 mail postfix/smtp[7]: 4F0D2A1: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (no TLSA records found)",
            DeliveryFault.DaneRequired, "dane-required", "example.com", null, DeliveryFate.HeldBack
        },
        {
            "Jan 29 10:00:00 mail postfix/smtp[7]: 4F0D2A1: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (TLSA records unusable)",
            DeliveryFault.TlsaUnusable, "tlsa-invalid", "example.com", null, DeliveryFate.HeldBack
        },
        {
            "Jan 29 10:00:00 mail postfix/error[7]: 4F0D2A1: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (delivery temporarily suspended: Server certificate not verified)",
            DeliveryFault.CertificateUnverified, "validation-failure", "example.com", null, DeliveryFate.HeldBack
        },
        {
            "Sep  9 08:52:54 mail postfix/smtp[60]: 4F0D2A1: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=5.7.30, status=bounced (Sender requested REQUIRETLS, but TLS service was not offered by host mx.example.com[192.0.2.1])",
            DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "example.com", "mx.example.com", DeliveryFate.Returned
        },

        // Exim, from the logs of its test suite.
        {
            "2017-07-30 18:51:05 10HmaX-0005vi-00 == userx@test.ex R=client T=send_to_server defer (-38) H=mx.test.ex [192.0.2.1]: a TLS session is required, but the server did not offer TLS support",
            DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "test.ex", "mx.test.ex", DeliveryFate.HeldBack
        },
        {
            "2024-03-02 09:44:33 10HmaY-000000005vi-0000 == x@test.ex R=client T=send_to_server defer (-38) H=mx.test.ex [192.0.2.1]: a TLS session is required, but an attempt to start TLS failed",
            DeliveryFault.StartTlsRefused, "starttls-not-supported", "test.ex", "mx.test.ex", DeliveryFate.HeldBack
        },
        {
            "2024-03-02 09:44:33.071 +0000 [1234] 10HmaX-000000005vi-0000 == caller@test.ex R=client T=send_to_server defer (-37) H=mx.test.ex [192.0.2.1]: TLS session: (certificate verification failed): certificate invalid",
            DeliveryFault.CertificateUnverified, "validation-failure", "test.ex", "mx.test.ex", DeliveryFate.HeldBack
        },
        {
            "2024-03-02 09:44:33 10HmbI-000000005vi-0000 ** t9@dane.no.1.test.ex R=client T=send_to_server : DANE error: tlsa lookup FAIL",
            DeliveryFault.DaneRequired, "dane-required", "dane.no.1.test.ex", null, DeliveryFate.Returned
        },
        {
            "2024-03-02 09:44:33 10HmbH-000000005vi-0000 == t8@mxdanelazy.test.ex R=client T=send_to_server defer (-36): DANE error: tlsa lookup DEFER",
            DeliveryFault.TlsaLookup, "dnssec-invalid", "mxdanelazy.test.ex", null, DeliveryFate.HeldBack
        },
        {
            "2024-03-02 09:44:33 10HmbF-000000005vi-0000 ** t3@mxdaneinsecchain.test.ex R=client T=send_to_server : DANE error: dane512ee.test.ex lookup not DNSSEC",
            DeliveryFault.DaneRequired, "dane-required", "mxdaneinsecchain.test.ex", null, DeliveryFate.Returned
        },
        {
            "Mar  2 09:44:33 host exim[99]: 10HmaX-000000005vi-0000 == userx@test.ex R=others T=smtp defer (-37) H=mx.test.ex [192.0.2.1]: TLS session: (tls lib connect fn): timed out",
            DeliveryFault.Handshake, "validation-failure", "test.ex", "mx.test.ex", DeliveryFate.HeldBack
        },

        // Sendmail, OpenSMTPD.
        {
            "Oct 21 21:02:04 server sm-mta[23796]: r9M124TR023797: to=<a@example.com>, ctladdr=<b@example.net> (1000/1000), delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30527, relay=mx.example.com. [192.0.2.1], dsn=4.0.0, stat=Deferred: 403 4.7.0 TLS handshake failed.",
            DeliveryFault.Handshake, "validation-failure", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
        {
            "Nov 20 10:00:00 mx smtpd[77]: 3f2a1b0c9d8e7f60 mta delivery evpid=3f2a1b0c9d8e7f60 from=<b@example.net> to=<a@example.com> rcpt=<-> source=\"192.0.2.9\" relay=\"192.0.2.1 (mx.example.com)\" delay=2s result=\"TempFail\" stat=\"TLS required but not supported by remote host\"",
            DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "example.com", "mx.example.com", DeliveryFate.HeldBack
        },
    };

    public static TheoryData<string, DeliveryFault, string?, string?> ReceiverLines => new()
    {
        { "error:1408A0C1:SSL routines:ssl3_get_client_hello:no shared cipher:s3_srvr.c:1417:", DeliveryFault.Handshake, "validation-failure", "NoCommonTls" },
        { "error:0A000418:SSL routines::tlsv1 alert unknown ca:../ssl/record/rec_layer_s3.c:1586:SSL alert number 48:", DeliveryFault.CertificateUntrusted, "certificate-not-trusted", "IssuerUnknown" },
        { "error:0A000126:SSL routines::unexpected eof while reading:../ssl/record/rec_layer_s3.c:308:", DeliveryFault.BrokenOff, null, null },
        { "error:0A000416:SSL routines::ssl/tls alert certificate unknown:../ssl/record/rec_layer_s3.c:1584:SSL alert number 46:", DeliveryFault.CertificateUnverified, "validation-failure", null },
        { "error:14094412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:../ssl/record/rec_layer_s3.c:1544:SSL alert number 42:", DeliveryFault.CertificateUnverified, "validation-failure", null },
        { "error:14094415:SSL routines:ssl3_read_bytes:sslv3 alert certificate expired:../ssl/record/rec_layer_s3.c:1544:SSL alert number 45:", DeliveryFault.CertificateExpired, "certificate-expired", "CertificateExpired" },
        { "error:14209102:SSL routines:tls_early_post_process_client_hello:unsupported protocol:../ssl/statem/statem_srvr.c:1714:", DeliveryFault.Handshake, "validation-failure", "NoCommonTls" },
    };

    public static TheoryData<string, DeliveryFault, string, string, string?> Notices => new()
    {
        { "450 4.7.320 Certificate validation failed [Message=SubjectMismatch] [LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=172.16.254.1:25]", DeliveryFault.CertificateName, "certificate-host-mismatch", "", "mail.contoso.com" },
        { "a@example.com\nRemote Server returned '550 5.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.'", DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "example.com", null },
        { "Remote Server returned '550 5.7.322 certificate-expired: Destination mail server's certificate is expired'", DeliveryFault.CertificateExpired, "certificate-expired", "", null },
        { "450 4.7.323 tlsa-invalid: The domain failed DANE validation", DeliveryFault.TlsaMismatch, "tlsa-invalid", "", null },
        { "550 5.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records", DeliveryFault.TlsaLookup, "dnssec-invalid", "", null },
        { "550 5.7.325 certificate-host-mismatch", DeliveryFault.CertificateName, "certificate-host-mismatch", "", null },
        { "550 5.4.8 MX hosts of 'example.com' failed MTA-STS validation", DeliveryFault.MxNotInPolicy, "validation-failure", "example.com", null },
        { "550 5.7.5 Remote certificate failed MTA-STS validation. Reason: SubjectMismatch", DeliveryFault.CertificateName, "certificate-host-mismatch", "", null },
        { "(TLS error from 'mxbiz2.example.com': STARTTLS not advertised by host.)", DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "", "mxbiz2.example.com" },
        { "TLS error from 'extmx.example.com': Handshake failed: received fatal alert: HandshakeFailure", DeliveryFault.Handshake, "validation-failure", "", "extmx.example.com" },
        { "<a@example.com>: TLS is required, but was not offered by\n    host mx.example.com[192.0.2.1]", DeliveryFault.StartTlsNotOffered, "starttls-not-supported", "example.com", "mx.example.com" },
    };

    [Theory, MemberData(nameof(SenderLines))]
    public void A_line_of_a_sending_MTA_is_understood(string line, DeliveryFault fault, string? resultType, string policyDomain, string? mxHost, DeliveryFate fate)
    {
        DeliveryGroup group = Assert.Single(MailLogLab.Read(line).Groups);

        Assert.Equal((DeliverySource.SenderLog, fault, resultType), (group.First.Source, group.First.Fault, group.First.ResultType?.ToWord()));
        Assert.Equal((policyDomain, mxHost, fate), (group.First.PolicyDomain, group.First.MxHost, group.First.Fate));
        Assert.NotNull(group.First.When);
    }

    [Theory, MemberData(nameof(ReceiverLines))]
    public void What_the_TLS_library_of_Postfix_says_belongs_to_the_session_before(string words, DeliveryFault fault, string? resultType, string? stated)
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText($"""
            May 23 09:35:16 mail postfix/smtpd[5982]: connect from sender.example[192.0.2.208]
            May 23 09:35:16 mail postfix/smtpd[5982]: SSL_accept error from sender.example[192.0.2.208]: -1
            May 23 09:35:16 mail postfix/smtpd[5982]: warning: TLS library problem: {words}
            May 23 09:35:16 mail postfix/smtpd[5982]: lost connection after STARTTLS from sender.example[192.0.2.208]
            May 23 09:35:16 mail postfix/smtpd[5982]: disconnect from sender.example[192.0.2.208] ehlo=1 starttls=0/1 commands=1/2
            """).Groups);

        Assert.Equal((DeliverySource.ReceiverLog, fault, resultType, stated), (group.First.Source, group.First.Fault, group.First.ResultType?.ToWord(), group.First.Stated?.ToString()));
        Assert.Equal((1, "sender.example", "192.0.2.208", "mail"), (group.Attempts, group.First.Client, group.First.ClientAddress, group.First.Observer));
    }

    [Theory]
    [InlineData("2017-07-30 18:51:05.712 TLS error on connection from mx.sender.example (helo) [192.0.2.7] (tls lib accept fn): TCP connection closed by peer", DeliveryFault.BrokenOff, MailSoftware.Exim)]
    [InlineData("2024-03-02 09:44:33 TLS error on connection from mx.sender.example [192.0.2.7] (recv): A TLS fatal alert has been received: Certificate is bad", DeliveryFault.CertificateUnverified, MailSoftware.Exim)]
    [InlineData("2024-03-02 09:44:33 TLS error on connection from mx.sender.example (x) [192.0.2.7] (gnutls_handshake): Could not negotiate a supported cipher suite.", DeliveryFault.Handshake, MailSoftware.Exim)]
    [InlineData("Oct  1 10:00:00 mx sm-mta[1]: STARTTLS=server, error: accept failed=-1, reason=tlsv1 alert unknown ca, SSL_error=1, errno=0, retry=-1, relay=mx.sender.example [192.0.2.7]", DeliveryFault.CertificateUntrusted, MailSoftware.Sendmail)]
    [InlineData("postfix/smtpd[112504]: lost connection after STARTTLS from mx.sender.example[192.0.2.7]", DeliveryFault.BrokenOff, MailSoftware.Postfix)]
    public void A_line_of_a_receiving_MX_host_is_understood(string line, DeliveryFault fault, MailSoftware software)
    {
        DeliveryFailure failure = Assert.Single(MailLogLab.Read(line).Groups).First;

        Assert.Equal((DeliverySource.ReceiverLog, fault, software), (failure.Source, failure.Fault, failure.Software));
        Assert.Equal(("mx.sender.example", "192.0.2.7"), (failure.Client, failure.ClientAddress));
    }

    [Theory, MemberData(nameof(Notices))]
    public void A_notice_is_understood(string text, DeliveryFault fault, string resultType, string policyDomain, string? mxHost)
    {
        DeliveryFailure failure = Assert.Single(MailLogLab.ReadText(text).Groups).First;

        Assert.Equal((DeliverySource.Bounce, fault, resultType), (failure.Source, failure.Fault, failure.ResultType?.ToWord()));
        Assert.Equal((policyDomain, mxHost), (failure.PolicyDomain, failure.MxHost));
    }
}
