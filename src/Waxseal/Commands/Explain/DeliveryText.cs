using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>Writes for people what was read of logs and bounces, and what was not.</summary>
internal sealed class DeliveryText(Page page, bool all)
{
    private const int SumsInFull = 20;
    private const int UnreadInFull = 5;
    private const int CountColumns = 20;

    public void Write(DeliveryLedger ledger)
    {
        page.Paragraph($"{Count(ledger.Lines, "line", "lines")} of logs and bounces, {Number(ledger.OtherLines)} of them about other things. What follows counts "
            + "failed attempts to deliver, and is no TLS report.");
        if (ledger.IsCut)
            page.Paragraph(Styled.Warning($"There is more; {Number(DeliveryLimits.Lines)} lines are read at most."));
        if (ledger.NotGrouped > 0)
            page.Paragraph(Styled.Warning($"{Count(ledger.NotGrouped, "failed attempt is", "failed attempts are")} of more kinds than are told apart, and only counted here."));
        WriteUnread(ledger);
        WriteSums(DeliverySummary.Of(ledger));
    }

    private void WriteUnread(DeliveryLedger ledger)
    {
        if (ledger.UnreadLines == 0)
            return;

        page.Paragraph(Styled.Warning($"{Count(ledger.UnreadLines, "line tells", "lines tell")} of TLS in words that are not known here:"));
        ImmutableArray<UnreadLine> unread = ledger.Unread;
        int shown = all ? unread.Length : Math.Min(UnreadInFull, unread.Length);
        foreach (UnreadLine line in unread[..shown])
            page.Item(Styled.Dim($"line {Number(line.Number)}: {line.Text}"));
        if (ledger.UnreadLines > shown)
            page.Item(Styled.Dim($"and {Number(ledger.UnreadLines - shown)} more{(all ? "" : "; --all shows the first hundred")}"));
    }

    private void WriteSums(ImmutableArray<DeliverySummary> sums)
    {
        if (sums.IsEmpty)
            return;

        page.Blank();
        page.Row(Styled.Dim("   failed      well"), Styled.Dim("policy domain, by"), CountColumns);
        foreach (DeliverySummary sum in all ? sums : sums[..Math.Min(SumsInFull, sums.Length)])
        {
            string whose = sum.PolicyDomain.Length > 0 ? $"{sum.PolicyDomain}, {sum.Observer}" : sum.Observer;
            page.Row(Styled.Warning($"{Number(sum.FailedAttempts),9} {Number(sum.Successes),9}"), whose, CountColumns);
        }

        if (!all && sums.Length > SumsInFull)
            page.Paragraph(Styled.Dim($"and {Number(sums.Length - SumsInFull)} more; --all shows them."));
    }

    private static string Count(long count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
