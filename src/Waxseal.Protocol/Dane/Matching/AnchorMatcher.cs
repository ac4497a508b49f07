using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Compares one presented chain with records of usage 2, which name a trust anchor (RFC 7671 §5.2).</summary>
internal sealed class AnchorMatcher(
    PresentedChain chain, IReadOnlyCollection<DomainName> referenceIds, DateTimeOffset time)
{
    /// <summary>Why the record does not fit, or null when it does.</summary>
    /// <param name="record">A usable record of usage 2.</param>
    /// <param name="depth">Where the anchor stands in the chain; null when it is in the record only.</param>
    public TlsaMismatchReason? Check(TlsaRecord record, out int? depth)
    {
        ImmutableArray<int> sent = [.. chain.IssuerDepths.Where(issuer => chain.Fits(issuer, record))];
        if (!sent.IsEmpty)
            return CheckSent(sent, out depth);

        // The leaf is never its own anchor: who publishes it has usage 3 for that.
        depth = null;
        if (chain.Fits(0, record))
            return TlsaMismatchReason.MeansLeaf;
        if (record.MatchingType == TlsaMatchingType.Full)
            return record.Selector == TlsaSelector.Cert ? CheckPublished(record) : CheckKey(record, out depth);

        // RFC 7671 §5.2.2: with a digest, an anchor that was not sent cannot be known.
        return chain.IssuerDepths.Any(issuer => chain.FitsByOtherSelector(issuer, record))
            ? TlsaMismatchReason.OtherSelector
            : TlsaMismatchReason.AnchorNotSent;
    }

    // Several certificates can share a key. The first that leads to a match is the anchor.
    private TlsaMismatchReason? CheckSent(ImmutableArray<int> depths, out int? depth)
    {
        var nearest = TlsaMismatchReason.AnchorNotSent;
        foreach (int candidate in depths)
        {
            depth = candidate;
            if (CheckPath(chain.Open(candidate)) is not { } reason)
                return null;
            nearest = reason > nearest ? reason : nearest;
        }

        depth = null;
        return nearest;
    }

    // RFC 7671 §5.2.2: a whole certificate in DNS serves as anchor although it was not sent.
    private TlsaMismatchReason? CheckPublished(TlsaRecord record)
    {
        using X509Certificate2? anchor = PresentedChain.Open(record.AssociationData.AsSpan());
        return CheckPath(anchor);
    }

    // RFC 7671 §5.2.3: with a whole key in DNS and no certificate of that key sent, it is enough that the key signed the
    // topmost certificate, which thereby serves as anchor.
    private TlsaMismatchReason? CheckKey(TlsaRecord record, out int? depth)
    {
        ImmutableArray<int> signed = [.. chain.IssuerDepths.Prepend(0).Where(certificate =>
            CertificateSignature.IsBy(record.AssociationData.AsSpan(), chain.Certificate(certificate)))];
        return CheckSent(signed, out depth);
    }

    private TlsaMismatchReason? CheckPath(X509Certificate2? anchor)
    {
        if (anchor is null || chain.Open(0) is not { } leaf)
            return TlsaMismatchReason.CertificateUnreadable;

        X509Certificate2?[] issuers = [.. chain.IssuerDepths.Select(chain.Open)];
        if (AnchorPath.FaultOf(leaf, anchor, [.. issuers.OfType<X509Certificate2>()], time) is { } fault)
            return fault;

        // RFC 7672 §3.2.2: under usage 2 the leaf has to bear one of the reference names.
        string[] presented = LeafNames.Of(leaf);
        return referenceIds.Any(referenceId => CertificateNames.Cover(presented, referenceId))
            ? null
            : TlsaMismatchReason.NameMismatch;
    }
}
