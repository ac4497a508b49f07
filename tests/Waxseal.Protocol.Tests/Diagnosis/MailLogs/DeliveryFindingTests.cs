using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

public class DeliveryFindingTests
{
    [Fact]
    public void Many_policy_domains_that_fail_for_want_of_an_issuer_point_to_the_sender()
    {
        string[] names = ["proton.example", "gmx.example.net", "mail.example.org", "posteo.example.de"];
        Finding finding = Assert.Single(MailLogLab.Explain(string.Join('\n', names.Select(name => $"""
            May 26 22:06:22 mail.here.example postfix/smtp[80090]: CA certificate verification failed for mx.{name}[192.0.2.1]:25: num=2:unable to get issuer certificate
            May 26 22:06:22 mail.here.example postfix/smtp[80090]: 3C1D8C1D28: to=<a@{name}>, relay=mx.{name}[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (Server certificate not trusted)
            """))));

        Assert.Equal("N07", finding.Ranking.Causes[0].Cause.Id);
        Assert.Equal(("", Severity.Error, 4), (finding.PolicyDomain, finding.Severity, finding.FailedSessions));
        Assert.Equal("the sending MTA trusts no issuer of 4 policy domains", finding.Title);
        Assert.Contains("smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt", finding.Actions[0], StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Actions, action => action.Contains("is not yours", StringComparison.Ordinal));
    }

    [Fact]
    public void One_policy_domain_alone_does_not()
    {
        Finding finding = Assert.Single(MailLogLab.Explain("""
            May 26 22:06:22 mail postfix/smtp[80090]: certificate verification failed for mx.example.com[192.0.2.1]:25: self-signed certificate
            May 26 22:06:22 mail postfix/smtp[80090]: 3C1D8C1D28: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (Server certificate not verified)
            """));

        Assert.Equal(("example.com", FaultFamily.MxCertificateUntrusted, "K07"), (finding.PolicyDomain, finding.Fault, finding.Ranking.Causes[0].Cause.Id));
        Assert.StartsWith("If example.com is not yours, tell those who run it", finding.Actions[0], StringComparison.Ordinal);
        Assert.Contains("`waxseal check example.com`", finding.Observations[0], StringComparison.Ordinal);
        Assert.Contains("A TLS report would call this certificate-not-trusted", finding.Happened, StringComparison.Ordinal);
        Assert.Contains("`postqueue -f`", finding.MendedWhen, StringComparison.Ordinal);
    }

    [Fact]
    public void No_finding_of_a_log_waits_for_a_report()
    {
        foreach (DeliveryRow row in DeliveryTable.Rows)
        {
            Assert.All(row.Starts, start =>
            {
                Cause cause = Catalogue.Get(start.CauseId);
                Assert.DoesNotContain("next report", cause.Fix + cause.Decides, StringComparison.Ordinal);
            });
            Assert.InRange(row.Starts.Sum(start => start.Share), 0.1, 0.9001);
        }
    }

    [Fact]
    public void A_later_success_ends_it()
    {
        Finding finding = Assert.Single(MailLogLab.Explain("""
            Nov 20 10:00:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host mx.example.com[192.0.2.1])
            Nov 20 11:00:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 ok)
            """));

        Assert.Equal((State.Over, Severity.Warning), (finding.State, finding.Severity));
        Assert.Equal("log-starttls-some", finding.Ranking.RowId);
        Assert.Contains("1 other delivery to example.com went well", string.Join(' ', finding.Readings.Select(reading => reading.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eur05-db8-obe.outbound.protection.outlook.com", "K13", Severity.Error, "Microsoft breaks off the TLS handshake with mx1")]
    [InlineData("mail-lf1-f50.google.com", "K05", Severity.Error, "Google breaks off the TLS handshake with mx1")]
    [InlineData("scanner.example", "K22", Severity.Info, "a host breaks off the TLS handshake with mx1")]
    public void Who_breaks_off_the_handshake_matters(string client, string cause, Severity severity, string title)
    {
        Finding finding = Assert.Single(MailLogLab.Explain($"""
            Nov 20 10:00:00 mx1 postfix/smtpd[1]: SSL_accept error from {client}[40.107.12.118]: lost connection
            Nov 20 10:00:00 mx1 postfix/smtpd[1]: lost connection after STARTTLS from {client}[40.107.12.118]
            Nov 20 10:00:00 mx1 postfix/smtpd[1]: disconnect from {client}[40.107.12.118] ehlo=1 starttls=0/1 commands=1/2
            """));

        Assert.Equal((cause, severity, title), (finding.Ranking.Causes[0].Cause.Id, finding.Severity, finding.Title));
        Assert.Contains(client, finding.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_not_blamed_on_what_came_later()
    {
        Finding finding = Assert.Single(MailLogLab.Explain("2023-12-30T21:20:26+00:00 mx1 postfix/smtpd[1]: lost connection after STARTTLS from eur05-db8-obe.outbound.protection.outlook.com[40.107.12.118]"));

        Assert.NotEqual("K13", finding.Ranking.Causes[0].Cause.Id);
        Assert.DoesNotContain(finding.Actions, action => action.Contains("MX log", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_server_that_came_up_without_TLS_says_so()
    {
        Finding finding = Assert.Single(MailLogLab.Explain("postfix/smtpd[112504]: warning: cannot get RSA certificate from file \"/etc/letsencrypt/live/mail.example.com/fullchain.pem\": disabling TLS support"));

        Assert.Equal((FaultFamily.OwnSettings, Severity.Error, "K04"), (finding.Fault, finding.Severity, finding.Ranking.Causes[0].Cause.Id));
    }

    [Theory]
    [InlineData("550 5.7.323 tlsa-invalid: The domain failed DANE validation", "L01", FaultFamily.Tlsa)]
    [InlineData("550 5.4.8 MX hosts of 'example.com' failed MTA-STS validation", "J01", FaultFamily.MxNotInPolicy)]
    [InlineData("451 4.4.0 Security status Renegotiate", "K13", FaultFamily.MxHandshake)]
    [InlineData("550 5.7.322 certificate-expired", "K06", FaultFamily.MxCertificateExpired)]
    [InlineData("550 5.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records", "L10", FaultFamily.Dnssec)]
    [InlineData("450 4.7.320 Certificate validation failed [Message=SubjectMismatch] [LastAttemptedServerName=mail.contoso.com]", "K05", FaultFamily.MxCertificateName)]
    public void A_pasted_bounce_is_explained(string text, string cause, FaultFamily fault)
    {
        Finding finding = Assert.Single(MailLogLab.Explain(text));

        Assert.Equal((FindingEvidence.Deliveries, cause, fault), (finding.Evidence, finding.Ranking.Causes[0].Cause.Id, finding.Fault));
        Assert.StartsWith("The bounce of Exchange Online tells of 1 failed attempt to deliver to ", finding.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_finds_a_row_and_a_title()
    {
        foreach (DeliverySource source in Enum.GetValues<DeliverySource>())
        {
            foreach (DeliveryFault fault in Enum.GetValues<DeliveryFault>())
            {
                DeliveryLedger ledger = new();
                ledger.Add(new DeliveryFailure(fault, "text") { Source = source, PolicyDomain = source == DeliverySource.ReceiverLog ? "" : "example.com" });
                Finding finding = Assert.Single(DeliveryDiagnosis.Explain(ledger, MailLogLab.Now, new Dictionary<string, Waxseal.Protocol.Diagnosis.Facts.LookSummary>()));

                Assert.NotEmpty(finding.Title);
                Assert.NotEmpty(finding.Ranking.Causes);
                Assert.Equal(fault.Family(), finding.Fault);
            }
        }
    }
}
