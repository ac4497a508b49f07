using System.Collections.Immutable;
using Waxseal.Net.Dns.Validation.Records;

namespace Waxseal.Net.Dns.Validation.Denial;

/// <summary>Proves by NSEC records that something does not exist (RFC 4035 §5.4).</summary>
/// <param name="records">The records, whose signatures hold.</param>
internal sealed class NsecDenial(ImmutableArray<NextName> records)
{
    /// <summary>What is proven of a name and type.</summary>
    public DenialProof Of(DnsName name, DnsType type)
    {
        if (Matching(name) is { } match)
            return DenialProof.OfTypes(name, type, match.Types);
        if (Covering(name) is not { } cover)
            return DenialProof.None($"no NSEC record matches or covers {name}");

        // RFC 4592 §2.2.2: a name with names below it exists, without records of its own.
        if (cover.Next.IsAtOrBelow(name))
            return new DenialProof(DenialKind.NoType);

        // RFC 4035 §5.4: it has to be proven, too, that no wildcard stands for the name.
        DnsName closest = ClosestEncloser(name, cover);
        return SignedForm.WildcardBelow(closest) is { } wildcard ? OfWildcard(wildcard, type) : new DenialProof(DenialKind.NoName);
    }

    /// <summary>Whether no name exists that is closer to a name than the wildcard its records come from.</summary>
    /// <param name="name">The name.</param>
    /// <param name="closest">What the wildcard is below.</param>
    // RFC 4035 §5.3.4: the name itself does not exist, nor does a wildcard that would fit better.
    public DenialProof OfCloser(DnsName name, DnsName closest) =>
        Matching(name) is null && Covering(name) is { } cover && ClosestEncloser(name, cover).Equals(closest)
            ? new DenialProof(DenialKind.NoName)
            : DenialProof.None($"{name} comes from a wildcard, and no NSEC record proves that the name itself does not exist");

    private DenialProof OfWildcard(DnsName wildcard, DnsType type)
    {
        if (Matching(wildcard) is { } match)
        {
            DenialProof proof = DenialProof.OfTypes(wildcard, type, match.Types);
            return proof.Kind == DenialKind.Nothing ? proof : new DenialProof(DenialKind.NoName);
        }

        return Covering(wildcard) is not null
            ? new DenialProof(DenialKind.NoName)
            : DenialProof.None($"no NSEC record tells whether there is {wildcard}");
    }

    private NextName? Matching(DnsName name) => records.FirstOrDefault(record => record.Owner.Equals(name));

    private NextName? Covering(DnsName name) => records.FirstOrDefault(record => record.Covers(name));

    // RFC 4592 §3.3.1: the closest name above that exists; here it is above one of the two names beside the gap.
    private static DnsName ClosestEncloser(DnsName name, NextName cover) =>
        name.Last(Math.Max(
            CanonicalOrder.SharedLabels(name, cover.Owner),
            CanonicalOrder.SharedLabels(name, cover.Next)));
}
