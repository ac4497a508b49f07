using System.Collections.Immutable;
using Waxseal.Net.Dns.Validation.Records;

namespace Waxseal.Net.Dns.Validation.Denial;

/// <summary>Proves by NSEC3 records that something does not exist (RFC 5155 §8).</summary>
internal sealed class HashedDenial
{
    private readonly DnsName _zone;
    private readonly ImmutableArray<HashedName> _records;
    private readonly Dictionary<DnsName, byte[]> _hashes = [];

    /// <param name="zone">The zone.</param>
    /// <param name="records">The records, whose signatures hold.</param>
    public HashedDenial(DnsName zone, ImmutableArray<HashedName> records)
    {
        // RFC 5155 §8.2: all records of one proof have the same salt and rounds.
        HashedName? first = records.FirstOrDefault(record => record.IsKnown);
        _zone = zone;
        _records = first is null ? [] : [.. records.Where(record => IsLike(first, record))];
    }

    // RFC 9276 §3.2: beyond a number of rounds, the answer is taken as insecure.
    private bool HasTooManyRounds => _records is [{ Rounds: > ValidationLimits.MaxRounds }, ..];

    private DenialProof TooManyRounds =>
        new(
            DenialKind.TooManyRounds,
            $"the NSEC3 records of {_zone} ask for {_records[0].Rounds} additional rounds of hashing, and resolvers stop at "
                + $"{ValidationLimits.MaxRounds}");

    /// <summary>What is proven of a name and type.</summary>
    public DenialProof Of(DnsName name, DnsType type)
    {
        if (HasTooManyRounds)
            return TooManyRounds;
        if (Matching(name) is { } match)
            return DenialProof.OfTypes(name, type, match.Types);
        if (ClosestEncloser(name) is not { } closest)
            return DenialProof.None($"no NSEC3 record matches {name} or a name above it");
        if (CoverOfNextCloser(name, closest) is not { } cover)
            return DenialProof.None($"no NSEC3 record covers {NextCloser(name, closest)}");
        if (cover.IsOptOut)
            return OptOut(cover);
        return SignedForm.WildcardBelow(closest) is { } wildcard ? OfWildcard(wildcard, type) : new DenialProof(DenialKind.NoName);
    }

    /// <summary>Whether no name exists that is closer to a name than the wildcard its records come from.</summary>
    /// <param name="name">The name.</param>
    /// <param name="closest">What the wildcard is below.</param>
    // RFC 5155 §8.8: the next closer name is covered.
    public DenialProof OfCloser(DnsName name, DnsName closest)
    {
        if (HasTooManyRounds)
            return TooManyRounds;
        return CoverOfNextCloser(name, closest) switch
        {
            null => DenialProof.None(
                $"{name} comes from a wildcard, and no NSEC3 record proves that the name itself does not exist"),
            { IsOptOut: true } cover => OptOut(cover),
            _ => new DenialProof(DenialKind.NoName),
        };
    }

    // RFC 5155 §9.2: what opt-out covers may exist without a signature; so it is not secure.
    private static DenialProof OptOut(HashedName cover) =>
        new(DenialKind.OptOut, $"{cover.Zone} leaves delegations without DS records out of its NSEC3 records (opt-out)");

    // RFC 5155 §8.7: a wildcard without the type.
    // RFC 5155 §8.4: no wildcard at all.
    private DenialProof OfWildcard(DnsName wildcard, DnsType type)
    {
        if (Matching(wildcard) is { } match)
        {
            DenialProof proof = DenialProof.OfTypes(wildcard, type, match.Types);
            return proof.Kind == DenialKind.Nothing ? proof : new DenialProof(DenialKind.NoName);
        }

        return Covering(wildcard) is not null
            ? new DenialProof(DenialKind.NoName)
            : DenialProof.None($"no NSEC3 record tells whether there is {wildcard}");
    }

    // RFC 5155 §8.3: the first name, going up, that has a record.
    private DnsName? ClosestEncloser(DnsName name)
    {
        for (DnsName above = name; !above.Equals(_zone) && above.IsAtOrBelow(_zone);)
        {
            above = above.Parent;
            if (Matching(above) is { } match)
                return IsOfOtherZone(match) ? null : above;
        }

        return null;
    }

    private HashedName? CoverOfNextCloser(DnsName name, DnsName closest) => Covering(NextCloser(name, closest));

    private static DnsName NextCloser(DnsName name, DnsName closest) => name.Last(closest.LabelCount + 1);

    // RFC 5155 §8.3: below a delegation or a DNAME there is nothing that this zone could deny.
    private static bool IsOfOtherZone(HashedName record) =>
        record.Types.IsDelegation || record.Types.Contains(DnsType.Dname);

    private HashedName? Matching(DnsName name) => _records.FirstOrDefault(record => record.Matches(HashOf(name)));

    private HashedName? Covering(DnsName name) => _records.FirstOrDefault(record => record.Covers(HashOf(name)));

    private byte[] HashOf(DnsName name)
    {
        if (!_hashes.TryGetValue(name, out byte[]? hash))
            _hashes[name] = hash = NameHash.Of(name, _records[0].Salt.Span, _records[0].Rounds);
        return hash;
    }

    private bool IsLike(HashedName first, HashedName record) =>
        record.IsKnown
        && record.Zone.Equals(_zone)
        && record.Rounds == first.Rounds
        && record.Salt.Span.SequenceEqual(first.Salt.Span);
}
