using System.Collections.Immutable;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Checks for the publisher whether every kind of client finds a record that fits (RFC 7671 §8).</summary>
public static class TlsaCoverage
{
    /// <summary>
    /// The combinations of usage, selector and matching type of which no record fits the chain in use. A client that
    /// knows only such a combination refuses the MX host, although <see cref="TlsaMatcher"/> finds a match in the whole.
    /// </summary>
    /// <param name="chain">The certificates in DER, in the order sent, leaf first.</param>
    /// <param name="records">The whole RRset; records that no sender can use are left aside.</param>
    /// <param name="referenceIds">The names of which the leaf has to bear one under usage 2.</param>
    /// <param name="time">The time at which the certificates have to be valid under usage 2.</param>
    /// <returns>One entry for each such combination; none also for a chain that cannot be compared at all.</returns>
    // RFC 7671 §8: records of past and future chains never stand alone in their combination.
    public static ImmutableArray<TlsaMatch.NotMatched> Gaps(
        IReadOnlyCollection<ReadOnlyMemory<byte>> chain,
        IEnumerable<TlsaRecord> records,
        IReadOnlyCollection<DomainName> referenceIds,
        DateTimeOffset time) =>
    [
        .. records
            .GroupBy(record => (record.Usage, record.Selector, record.MatchingType))
            .Select(group => TlsaMatcher.Match(chain, group, referenceIds, time, DigestOrder.Default))
            .OfType<TlsaMatch.NotMatched>(),
    ];
}
