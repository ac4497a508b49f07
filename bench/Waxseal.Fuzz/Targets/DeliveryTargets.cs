using System.Text;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Fuzz.Targets;

/// <summary>Logs of mail servers and bounces: what strangers sent stands in them.</summary>
internal static class DeliveryTargets
{
    public static readonly FuzzTarget Lines = new(
        "delivery-lines",
        Read,
        () => Seeds.Folder("deliveries"),
        "postfix/smtp[1]: ", "postfix/smtpd[1]: ", ": to=<a@b.example>, relay=", "status=deferred (", "status=sent (", "certificate verification failed for ", "]:25: ", "SSL_accept error from ",
        "TLS library problem: ", "TLS policy lookup for ", "MX name '", "10HmaX-000000005vi-0000 == ", "Final-Recipient: rfc822; ", "Diagnostic-Code: smtp; ", "5.7.323", "Feb 29 00:00:00 ", "9999-12-31T23:59:59Z ", "0001-01-01 00:00:00 -2359 ")
    {
        Inputs = 20_000,
    };

    private static void Read(ReadOnlySpan<byte> bytes)
    {
        DateTimeOffset now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
        DeliveryLedger ledger = new();
        MailLogReader reader = new(ledger, now);
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        foreach (string line in lines)
            reader.Read(line);
        reader.Finish();

        Promise.Kept(ledger.Lines == lines.Length, "Every line is counted.");
        Promise.Kept(ledger.FailedAttempts == ledger.Groups.Sum(group => group.Attempts), "Every attempt is in a group.");
        foreach (Finding finding in DeliveryDiagnosis.Explain(ledger, now, new Dictionary<string, LookSummary>()))
        {
            Promise.Kept(finding.Actions.Length > 0 && finding.Title.Length > 0, "A finding says what to do.");
            Promise.Kept(!$"{finding.Title}{finding.Happened}{finding.InShort}{finding.MendedWhen}".Any(char.IsControl), "A finding is printable.");
        }
    }
}
