using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>Gathers groups of failed deliveries into cases.</summary>
internal static class DeliveryCases
{
    // A policy domain or two may have a bad certificate; so many at once point to the one who looks at them.
    private const int DomainsToDoubtTheSender = 3;

    public static IEnumerable<DeliveryCase> Of(DeliveryLedger ledger)
    {
        var rest = ledger.Groups.ToList();
        foreach (IGrouping<string, DeliveryGroup> sender in ledger.Groups.Where(WantsIssuer).GroupBy(group => group.First.Observer))
        {
            ImmutableArray<DeliveryGroup> groups = [.. sender];
            if (Organisations(groups.Select(group => group.First.PolicyDomain)) < DomainsToDoubtTheSender
                || Organisations(groups.Select(group => group.First.MxHost ?? group.First.PolicyDomain)) < DomainsToDoubtTheSender)
            {
                continue;
            }

            HashSet<DeliveryGroup> taken = [.. groups];
            rest.RemoveAll(taken.Contains);
            yield return new(DeliveryFault.CertificateUntrusted, groups, ledger) { IsTrustStore = true };
        }

        var known = rest.Where(group => IsCertificate(group.First.Fault))
            .GroupBy(group => group.First.PolicyDomain)
            .ToDictionary(domain => domain.Key, domain => domain.First().First.Fault, StringComparer.Ordinal);
        foreach (IGrouping<CaseKey, DeliveryGroup> alike in rest.GroupBy(group => KeyOf(group.First, known)))
            yield return new(alike.Key.Fault, [.. alike], ledger);
    }

    private static CaseKey KeyOf(DeliveryFailure first, Dictionary<string, DeliveryFault> known) => first.Source == DeliverySource.ReceiverLog
        ? new(true, first.Observer, first.Fault, MailProviders.Of(first.Client))
        : new(false, first.PolicyDomain.Length > 0 ? first.PolicyDomain : first.MxHost ?? "", FaultOf(first, known), null);

    // One line says that a certificate does not hold, and another, of the same policy domain, what is wrong with it.
    private static DeliveryFault FaultOf(DeliveryFailure first, Dictionary<string, DeliveryFault> known) =>
        first.Fault == DeliveryFault.CertificateUnverified && first.PolicyDomain.Length > 0 && known.TryGetValue(first.PolicyDomain, out DeliveryFault better) ? better : first.Fault;

    private static bool IsCertificate(DeliveryFault fault) =>
        fault is DeliveryFault.CertificateName or DeliveryFault.CertificateExpired or DeliveryFault.CertificateUntrusted or DeliveryFault.TlsaMismatch;

    // What an expired, self-signed or broken certificate shows is no matter of the sender's trust.
    private static bool WantsIssuer(DeliveryGroup group) =>
        group.First is { Source: DeliverySource.SenderLog, Fault: DeliveryFault.CertificateUntrusted, Fate: not DeliveryFate.Delivered }
        && group.First.Stated is null or StatedReason.IssuerUnknown or StatedReason.IssuerMissing or StatedReason.RootUntrusted;

    // The last two labels will do: it is counted, and never shown.
    private static int Organisations(IEnumerable<string> names) => names
        .Where(name => name.Length > 0)
        .Select(name => string.Join('.', name.Split('.')[^Math.Min(2, name.Count(c => c == '.') + 1)..]))
        .Distinct()
        .Count();

    private sealed record CaseKey(bool IsReceiving, string Whose, DeliveryFault Fault, string? Provider);
}
