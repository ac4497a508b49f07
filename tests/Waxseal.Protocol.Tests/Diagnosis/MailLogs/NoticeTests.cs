using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>Bounces are told apart from prose, and count once.</summary>
public class NoticeTests
{
    [Theory]
    [InlineData("5.7.321", DeliveryFault.StartTlsNotOffered)]
    [InlineData("5.7.322", DeliveryFault.CertificateExpired)]
    [InlineData("5.7.323", DeliveryFault.TlsaMismatch)]
    [InlineData("5.7.324", DeliveryFault.TlsaLookup)]
    [InlineData("5.7.325", DeliveryFault.CertificateName)]
    public void A_delivery_status_is_one_failure_of_one_bounce(string status, DeliveryFault fault)
    {
        DeliveryLedger ledger = MailLogLab.ReadText($"""
            Reporting-MTA: dns; am0pr01.prod.outlook.com
            Arrival-Date: Thu, 19 Nov 2026 07:50:00 +0000

            Original-Recipient: rfc822; a@example.com
            Final-Recipient: rfc822; a@example.com
            Action: failed
            Status: {status}
            Diagnostic-Code: smtp;550 {status} in words that
              go on in another line
            """);

        DeliveryFailure failure = Assert.Single(ledger.Groups).First;
        Assert.Equal((DeliverySource.Bounce, fault, "example.com", 1), (failure.Source, failure.Fault, failure.PolicyDomain, ledger.FailedAttempts));
        Assert.Equal((9, 1, 0), (ledger.Lines, ledger.OtherLines, ledger.UnreadLines));
    }

    [Fact]
    public void The_status_alone_will_do()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            Final-Recipient: rfc822; a@example.com
            Action: failed
            Status: 5.7.324
            """);

        Assert.Equal((DeliveryFault.TlsaLookup, 1, 0), (Assert.Single(ledger.Groups).First.Fault, ledger.FailedAttempts, ledger.OtherLines));
    }

    [Fact]
    public void What_fields_and_several_sentences_tell_counts_once()
    {
        DeliveryLedger ledger = MailLogLab.ReadText("""
            Your message to a@example.com could not be delivered.
            Remote Server returned '550 5.7.323 tlsa-invalid: The domain failed DANE validation'
            Error: 550 5.7.323 tlsa-invalid: The domain failed DANE validation
            """);

        Assert.Equal(("example.com", 1, 0), (Assert.Single(ledger.Groups).First.PolicyDomain, ledger.FailedAttempts, ledger.OtherLines));
    }

    [Theory]
    [InlineData("450 4.7.323 tlsa-invalid", 0)]
    [InlineData("hello\n450 4.7.323 tlsa-invalid\n\nbye", 3)]
    public void A_line_that_is_used_is_not_about_other_things(string text, int other)
    {
        DeliveryLedger ledger = MailLogLab.ReadText(text);

        Assert.Equal((1, other), (ledger.FailedAttempts, ledger.OtherLines));
    }

    [Theory]
    [InlineData("version 5.7.321 of our product is out")]
    [InlineData("Versions 4.7.323, 5.7.324 and 5.7.325 mend faults of TLS.")]
    [InlineData("A report says certificate-expired where the certificate has expired.")]
    [InlineData("tlsa-invalid")]
    [InlineData("He said: dnssec-invalid is what you get, 450 of them.")]
    [InlineData("The address 192.5.7.321 and the part 1.5.7.321 are none.")]
    public void Prose_is_no_error(string text)
    {
        DeliveryLedger ledger = MailLogLab.Read(text);

        Assert.Equal((0, 0, 1), (ledger.FailedAttempts, ledger.UnreadLines, ledger.OtherLines));
    }

    [Theory]
    [InlineData("450 4.7.322 the certificate")]
    [InlineData("#5.7.322")]
    [InlineData("550-5.7.322 x")]
    [InlineData("5.7.322 certificate-expired")]
    [InlineData("host mx.example.com[192.0.2.1] said: 550 certificate-expired")]
    [InlineData("dsn=5.7.322")]
    public void A_code_or_word_in_the_reply_of_a_server_is_one(string text) =>
        Assert.Equal(DeliveryFault.CertificateExpired, Assert.Single(MailLogLab.Read(text).Groups).First.Fault);
}
