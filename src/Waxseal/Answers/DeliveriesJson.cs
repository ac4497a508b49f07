using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Answers;

/// <summary>What logs and bounces tell.</summary>
/// <param name="Lines">Lines that were read.</param>
/// <param name="OtherLines">Those that tell nothing of TLS.</param>
/// <param name="IsCut">Whether there were more than are read.</param>
/// <param name="UnreadLines">Those that tell of TLS and are not understood.</param>
/// <param name="Unread">The first hundred of them.</param>
/// <param name="NotTold">Failed attempts that are counted and not told, for they are of too many kinds.</param>
/// <param name="Sums">What each log and bounce counts, by policy domain, most failures first; the first thousand.</param>
internal sealed record DeliveriesJson(
    long Lines, long OtherLines, bool IsCut, long UnreadLines, ImmutableArray<UnreadLine> Unread, long NotTold, ImmutableArray<DeliverySummary> Sums)
{
    private const int MostSums = 1000;

    public static DeliveriesJson Of(DeliveryLedger ledger) => new(
        ledger.Lines, ledger.OtherLines, ledger.IsCut, ledger.UnreadLines, ledger.Unread, ledger.NotGrouped, [.. DeliverySummary.Of(ledger).Take(MostSums)]);
}
