using System.Collections.Immutable;

namespace Waxseal.Protocol.Dane;

/// <summary>The digests a sending MTA accepts in TLSA records, and their order of strength (RFC 7671 §9).</summary>
/// <param name="StrongestFirst">The accepted digests; what is not listed is refused.</param>
public sealed record DigestOrder(ImmutableArray<TlsaMatchingType> StrongestFirst)
{
    /// <summary>SHA2-512 before SHA2-256.</summary>
    public static DigestOrder Default { get; } = new([TlsaMatchingType.Sha512, TlsaMatchingType.Sha256]);

    /// <summary>Whether records of this matching type are used; full values always are.</summary>
    public bool Accepts(TlsaMatchingType type) => type == TlsaMatchingType.Full || StrongestFirst.Contains(type);

    /// <summary>
    /// The records to compare a certificate with: the usable ones without those whose digest is weaker than another one
    /// published for the same usage and selector (digest algorithm agility).
    /// </summary>
    /// <param name="records">A whole RRset that DNSSEC proved.</param>
    /// <returns>What remains, in the order given; empty when no record is usable.</returns>
    public ImmutableArray<TlsaRecord> Select(IEnumerable<TlsaRecord> records)
    {
        // RFC 7671 §9: unusable records go first, so that none of them can push out a good one.
        ImmutableArray<TlsaRecord> usable = [.. records.Where(record => TlsaUsability.IsUsable(record, this))];

        // RFC 7671 §9: digests compete only within one usage and selector.
        var strongest = usable
            .Where(record => record.MatchingType != TlsaMatchingType.Full)
            .GroupBy(record => (record.Usage, record.Selector))
            .ToDictionary(group => group.Key, group => group.Min(record => Rank(record.MatchingType)));

        // RFC 7671 §9: full values are never left out.
        return usable.RemoveAll(record =>
            record.MatchingType != TlsaMatchingType.Full
            && Rank(record.MatchingType) > strongest[(record.Usage, record.Selector)]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', StrongestFirst);

    /// <summary>Whether both orders list the same digests in the same order.</summary>
    public bool Equals(DigestOrder? other) =>
        other is not null && StrongestFirst.AsSpan().SequenceEqual(other.StrongestFirst.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => StrongestFirst.Aggregate(0, HashCode.Combine);

    private int Rank(TlsaMatchingType type) => StrongestFirst.IndexOf(type);
}
