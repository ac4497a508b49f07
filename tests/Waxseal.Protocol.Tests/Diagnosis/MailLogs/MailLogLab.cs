using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>Reads lines, as of one day.</summary>
internal static class MailLogLab
{
    public static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static DeliveryLedger Read(params IEnumerable<string> lines)
    {
        DeliveryLedger ledger = new();
        MailLogReader reader = new(ledger, Now);
        foreach (string line in lines)
            reader.Read(line);
        reader.Finish();
        return ledger;
    }

    public static DeliveryLedger ReadText(string text) => Read(text.ReplaceLineEndings("\n").Split('\n'));

    public static Finding[] Explain(string text) => [.. DeliveryDiagnosis.Explain(ReadText(text), Now, new Dictionary<string, LookSummary>())];
}
