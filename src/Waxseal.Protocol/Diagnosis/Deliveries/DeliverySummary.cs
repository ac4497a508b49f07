using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>What one log or bounce counts of one policy domain, or of the sessions of a receiving MX host.</summary>
/// <param name="Observer">Who tells it: "log of mail.example.net".</param>
/// <param name="PolicyDomain">The policy domain; empty for sessions of a receiving MX host, and where none is told.</param>
/// <param name="FailedAttempts">Attempts that failed; a mail that is tried again counts again.</param>
/// <param name="HeldBack">After how many of them the mail was held back.</param>
/// <param name="Returned">After how many of them the mail was given up.</param>
/// <param name="Successes">Deliveries to the same policy domain that went well.</param>
public sealed record DeliverySummary(string Observer, string PolicyDomain, long FailedAttempts, long HeldBack, long Returned, long Successes)
{
    /// <summary>The sums of a ledger, most failures first.</summary>
    public static ImmutableArray<DeliverySummary> Of(DeliveryLedger ledger) =>
    [
        .. ledger.Groups
            .GroupBy(group => (Observer: DeliveryWords.Observer(group.First), group.First.PolicyDomain))
            .Select(sum => new DeliverySummary(
                sum.Key.Observer,
                sum.Key.PolicyDomain,
                sum.Sum(group => group.Attempts),
                sum.Sum(group => group.HeldBack),
                sum.Sum(group => group.Returned),
                sum.Any(group => group.First.Source == DeliverySource.SenderLog) ? ledger.SuccessesOf(sum.First().First.Observer, sum.Key.PolicyDomain, null).Count : 0))
            .OrderByDescending(sum => sum.FailedAttempts)
            .ThenBy(sum => sum.PolicyDomain, StringComparer.Ordinal)
            .ThenBy(sum => sum.Observer, StringComparer.Ordinal),
    ];
}
