using System.Collections.Immutable;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>
/// Compares the chain of certificates that an MX host presents with its TLSA records (RFC 7672 §3.2).
/// </summary>
public static class TlsaMatcher
{
    // Real RRsets have less than ten records. With a limit, the work stays small whatever DNS sends.
    private const int MaxRecords = 64;

    /// <summary>Whether the presented chain is what one of the records promises.</summary>
    /// <param name="chain">
    /// The certificates in DER, in the order sent, leaf first; at most 10 with 100 KiB in all.
    /// </param>
    /// <param name="records">The whole RRset, proven by DNSSEC; 64 different records of it are looked at.</param>
    /// <param name="referenceIds">
    /// The names of which the leaf has to bear one under usage 2; the TLSA base domain first.
    /// </param>
    /// <param name="time">The time at which the certificates have to be valid under usage 2.</param>
    /// <param name="digests">The digests the administrator accepts, strongest first.</param>
    /// <remarks>
    /// Nothing is fetched. Under usage 2 the framework reads the certificate stores of the machine when it is first used;
    /// no certificate found there becomes part of a match.
    /// </remarks>
    public static TlsaMatch Match(
        IReadOnlyCollection<ReadOnlyMemory<byte>> chain,
        IEnumerable<TlsaRecord> records,
        IReadOnlyCollection<DomainName> referenceIds,
        DateTimeOffset time,
        DigestOrder digests)
    {
        ImmutableArray<TlsaRecord> considered = digests.Select(records.Distinct().Take(MaxRecords));
        if (considered.IsEmpty)
            return new TlsaMatch.NoUsableRecord();
        if (!PresentedChain.TryCreate(chain, out PresentedChain? presented, out string? refusal))
            return new TlsaMatch.ChainRefused(refusal);

        using (presented)
            return Match(considered, presented, new AnchorMatcher(presented, referenceIds, time));
    }

    // RFC 6698 §4.1: one matching record is enough. Records of usage 3 cost least and go first.
    private static TlsaMatch Match(ImmutableArray<TlsaRecord> records, PresentedChain chain, AnchorMatcher anchors)
    {
        var mismatches = ImmutableArray.CreateBuilder<TlsaMismatch>(records.Length);
        foreach (TlsaRecord record in records.OrderByDescending(record => record.Usage))
        {
            int? depth = 0;
            TlsaMismatchReason? reason = record.Usage == TlsaUsage.DaneEe
                ? CheckLeaf(chain, record)
                : anchors.Check(record, out depth);
            if (reason is null)
                return new TlsaMatch.Matched(record, depth);
            mismatches.Add(new TlsaMismatch(record, reason.Value));
        }

        return new TlsaMatch.NotMatched(mismatches.ToImmutable());
    }

    // RFC 7672 §3.1.1 and §3.2.1: the leaf alone counts; its names, its dates and the rest of the chain do not.
    private static TlsaMismatchReason? CheckLeaf(PresentedChain chain, TlsaRecord record)
    {
        if (chain.Fits(0, record))
            return null;
        if (chain.IssuerDepths.Any(depth => chain.Fits(depth, record)))
            return TlsaMismatchReason.MeansIssuer;
        return chain.FitsByOtherSelector(0, record) ? TlsaMismatchReason.OtherSelector : TlsaMismatchReason.LeafDiffers;
    }
}
