using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>What one look showed, to be held against other looks.</summary>
/// <param name="At">When it was.</param>
/// <param name="Values">What was there. What could not be told is not among them.</param>
/// <param name="Certificates">The certificates, each once for a host.</param>
public sealed record Observed(DateTimeOffset At, ImmutableArray<ObservedValue> Values, ImmutableArray<ObservedCertificate> Certificates)
{
    /// <summary>What the facts show.</summary>
    /// <param name="facts">The facts, as gathered.</param>
    public static Observed In(DomainFacts facts)
    {
        CheckView view = new(facts);
        return Checker.IsUnknown(view)
            ? new(facts.GatheredAt, [], [])
            : new(
                facts.GatheredAt,
                [.. DnsObservations.In(view).Concat(HostObservations.In(view)).DistinctBy(value => (value.Kind, value.Subject))],
                [.. HostObservations.Certificates(view).DistinctBy(certificate => (certificate.Host, certificate.Fingerprint))]);
    }
}
