using FsCheck;
using FsCheck.Fluent;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>Logs are full of what strangers wrote.</summary>
public class HostileLogTests
{
    private static readonly string[] Pieces =
    [
        "Nov 26 20:53:30 mx1 postfix/smtp[1]: ", "Nov 26 20:53:30 mx1 postfix/smtpd[2]: ", "2026-11-26 20:53:30 10HmaX-000000005vi-0000 ", "postfix/smtp[1]: ",
        "AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=4.7.5, status=deferred (", "status=sent (", "Server certificate not verified", ")",
        "certificate verification failed for ", "mx.example.com[192.0.2.1]:25: ", "self-signed certificate", "num=65:no matching DANE TLSA records", "SSL_accept error from ", "lost connection after STARTTLS from ",
        "warning: TLS library problem: ", "error:tlsv1 alert unknown ca", "disconnect from ", "== a@b.example defer (-37) H=", "** ", "TLS session: (", "MX name 'x' does not match STS MX pattern for '", "TLS policy lookup for a/b: ",
        "Final-Recipient: rfc822; a@b.example", "Diagnostic-Code: smtp; 550 5.7.323 tlsa-invalid", "Action: failed", "\n", "\n\n", " ", "[", "]", "'", "\"", "<", ">", "@", ":", "\0", "\u202e", "\ud800", "{domain}",
    ];

    private static readonly Arbitrary<string> Texts = Gen.Frequency(
        (3, Gen.Elements(Pieces)),
        (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))).ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void No_text_breaks_the_reader_and_every_line_is_accounted_for() => Prop.ForAll(Texts, text =>
    {
        string[] lines = text.Split('\n');
        DeliveryLedger ledger = MailLogLab.Read(lines);

        Assert.Equal(lines.Length, ledger.Lines);
        Assert.True(ledger.OtherLines + ledger.UnreadLines <= ledger.Lines);
        Assert.Equal(ledger.FailedAttempts, ledger.Groups.Sum(group => group.Attempts));
        Assert.All(ledger.Groups, group => Assert.True(group.HeldBack + group.Returned + group.Delivered <= group.Attempts));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_finding_can_be_read() => Prop.ForAll(Texts, text =>
    {
        foreach (Finding finding in MailLogLab.Explain(text))
        {
            string[] said = [finding.Title, finding.InShort, finding.Happened, finding.Effect, finding.Verdict, finding.MendedWhen, finding.StateInWords, .. finding.Actions, .. finding.Observations];
            Assert.All(said, sentence =>
            {
                Assert.NotEmpty(sentence);
                Assert.Equal(sentence.Trim(), sentence);
                Assert.DoesNotContain(sentence, c => c is '\0' or '\u001b');
            });
            Assert.Equal(100, finding.Ranking.Causes.Sum(ranked => ranked.Percent) + finding.Ranking.NotDeterminablePercent);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_log_of_a_great_many_domains_keeps_to_the_limit()
    {
        DeliveryLedger ledger = MailLogLab.Read(Enumerable.Range(0, DeliveryLimits.Groups + 50).Select(i =>
            $"Nov 20 10:00:00 mail postfix/smtp[1]: AAAAA: to=<x@d{i}.example>, relay=mx.d{i}.example[192.0.2.1]:25, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)"));

        Assert.Equal((DeliveryLimits.Groups, 50), (ledger.Groups.Length, ledger.NotGrouped));
        Assert.Equal(DeliveryLimits.Groups, DeliveryDiagnosis.Explain(ledger, MailLogLab.Now, new Dictionary<string, LookSummary>()).Length);
    }

    [Fact]
    public void A_log_of_a_great_many_processes_that_never_end_keeps_to_the_limit()
    {
        DeliveryLedger ledger = MailLogLab.Read(Enumerable.Range(0, 3 * DeliveryLimits.Processes).SelectMany(i => (string[])
        [
            $"Nov 20 10:00:00 mail postfix/smtp[{i}]: certificate verification failed for mx.example[192.0.2.1]:25: self-signed certificate",
            $"Nov 20 10:00:00 mail postfix/smtpd[{i}]: SSL_accept error from a.example[192.0.2.1]: -1",
        ]));

        Assert.Equal([3 * DeliveryLimits.Processes, 3 * DeliveryLimits.Processes], ledger.Groups.Select(group => group.Attempts));
    }

    [Fact]
    public void Lines_beyond_the_limit_are_not_read()
    {
        DeliveryLedger ledger = MailLogLab.Read(Enumerable.Repeat("x", DeliveryLimits.Lines + 1));

        Assert.Equal(DeliveryLimits.Lines, ledger.Lines);
        Assert.True(ledger.IsCut);
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        DeliveryLedger ledger = MailLogLab.Read(new string('x', 20 * DeliveryLimits.LineLength) + "Server certificate not verified", "550 5.7.323 " + new string('y', 20 * DeliveryLimits.LineLength));

        Assert.InRange(Assert.Single(ledger.Groups).First.Text.Length, 1, 400);
    }
}
