using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>What tells of TLS is understood or named, and not passed over.</summary>
public class KnownWordsTests
{
    [Theory]
    [InlineData("The response was: TLS Negotiation failed, the certificate doesn't match the host.", DeliveryFault.CertificateName)]
    [InlineData("TLS required but not supported", DeliveryFault.StartTlsNotOffered)]
    [InlineData("421 4.4.2 TLS negotiation failed with error IllegalMessage", DeliveryFault.Handshake)]
    [InlineData("Oct 21 21:02:04 server sm-mta[23796]: r9M: to=<a@example.com>, mailer=esmtp, relay=mx.example.com. [192.0.2.1], dsn=4.7.0, stat=Deferred: 403 4.7.0 not authenticated", DeliveryFault.CertificateUnverified)]
    public void Words_whose_meaning_is_plain_are_known(string text, DeliveryFault fault) =>
        Assert.Equal(fault, Assert.Single(MailLogLab.Read(text).Groups).First.Fault);

    [Theory]
    [InlineData("451 5.7.3 STARTTLS is required to send mail")]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("a@example.com: 530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("Final-Recipient: rfc822; a@example.com\nStatus: 5.7.3\nDiagnostic-Code: smtp; 451 5.7.3 STARTTLS is required to send mail")]
    [InlineData("Oct 21 21:02:04 server sm-mta[23796]: r9M: to=<a@example.com>, mailer=esmtp, relay=mx.example.com. [192.0.2.1], dsn=5.0.0, stat=530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("2024-03-02 09:44:33 10HmaX-000000005vi-0000 ** x@test.ex R=client T=smtp H=mx.test.ex [192.0.2.1]: SMTP from remote mail server after MAIL FROM: 530 5.7.0 Must issue a STARTTLS command first")]
    public void Words_about_TLS_that_are_not_known_are_named(string text)
    {
        DeliveryLedger ledger = MailLogLab.ReadText(text);

        Assert.Equal((0, 1), (ledger.FailedAttempts, ledger.UnreadLines));
        Assert.Contains("STARTTLS", Assert.Single(ledger.Unread).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Last-Attempt-Date: Fri, 20 Nov 2026 08:00:00 +0000", 20)]
    [InlineData("X-Other: x", 19)]
    public void A_bounce_has_a_day(string field, int day)
    {
        DeliveryGroup group = Assert.Single(MailLogLab.ReadText($"""
            Reporting-MTA: dns; smtp.sender.example
            Arrival-Date: Thu, 19 Nov 2026 07:50:00 +0000 (UTC)

            Final-Recipient: rfc822; a@example.com
            Action: failed
            Status: 5.7.324
            {field}
            """).Groups);

        Assert.Equal([new DateOnly(2026, 11, day)], group.Days);
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 50)]
    [InlineData(3, 100)]
    public void A_session_or_two_that_Microsoft_breaks_off_proves_little(int sessions, int below)
    {
        Finding finding = Assert.Single(MailLogLab.Explain(string.Join('\n', Enumerable.Range(1, sessions).Select(session =>
            $"Nov 20 10:00:00 mx1 postfix/smtpd[{session}]: lost connection after STARTTLS from eur05-db8-obe.outbound.protection.outlook.com[40.107.12.118]"))));

        Assert.Equal("K13", finding.Ranking.Causes[0].Cause.Id);
        Assert.InRange(finding.Ranking.Causes[0].Percent, below - 50, below);
        Assert.Contains(finding.Actions, action => action.Contains("main.cf", StringComparison.Ordinal));
    }

    [Fact]
    public void No_line_for_Postfix_stands_under_a_log_of_Exim()
    {
        Finding finding = Assert.Single(MailLogLab.Explain(
            "2026-11-20 18:51:05 TLS error on connection from eur05-db8-obe.outbound.protection.outlook.com [40.107.12.118] (tls lib accept fn): TCP connection closed by peer"));

        Assert.Equal("K13", finding.Ranking.Causes[0].Cause.Id);
        Assert.DoesNotContain(finding.Actions, action => action.Contains("main.cf", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sum_of_nothing_has_no_sign()
    {
        Waxseal.Protocol.Diagnosis.Weighing.Weight[] weights = [new(0.3, "for"), new(-0.301, "against")];
        Waxseal.Protocol.Diagnosis.Weighing.RankedCause cause = new(Waxseal.Protocol.Diagnosis.Causes.Catalogue.Get("K13"), [.. weights], 0.1);

        Assert.Equal("0", cause.Score.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("0", (cause with { Weights = [new(-0.0, "none")] }).Score.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
