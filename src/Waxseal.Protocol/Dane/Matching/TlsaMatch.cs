using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Whether a presented chain is what the TLSA records promise, and if not, why (RFC 7672 §3.2).</summary>
public abstract record TlsaMatch
{
    private TlsaMatch() { }

    /// <summary>The MX host is authenticated.</summary>
    /// <param name="Record">The record that authenticates it.</param>
    /// <param name="Depth">
    /// Place in the presented chain of the certificate it matches: 0 is the leaf, null is in DNS only.
    /// </param>
    public sealed record Matched(TlsaRecord Record, int? Depth) : TlsaMatch;

    /// <summary>No record fits: the MX host is not authenticated.</summary>
    /// <param name="Mismatches">The records that were compared, each with the reason why it does not fit.</param>
    public sealed record NotMatched(ImmutableArray<TlsaMismatch> Mismatches) : TlsaMatch;

    /// <summary>No record is usable, so nothing was compared. TLS is still demanded (RFC 7672 §2.2).</summary>
    public sealed record NoUsableRecord : TlsaMatch;

    /// <summary>The chain is empty, beyond the limits, or begins with something other than a certificate.</summary>
    /// <param name="Reason">What is wrong with it, in a few words.</param>
    public sealed record ChainRefused(string Reason) : TlsaMatch;

    /// <summary>The result type to report, or null when there is nothing to report.</summary>
    // RFC 8460 §4.3.1 and §4.3.2.1
    public ResultType? ToResultType() => this switch
    {
        Matched => null,

        // RFC 8460 §4.2.1: as with DaneOutcome.Encrypt, a session under TLS keeps its policy and succeeds.
        NoUsableRecord => null,
        NotMatched { Mismatches: var mismatches } => ToResultType(mismatches.Max(mismatch => mismatch.Reason)),
        ChainRefused => ResultType.ValidationFailure,
        _ => throw new UnreachableException(),
    };

    // The record that came nearest to a match names the failure.
    private static ResultType ToResultType(TlsaMismatchReason nearest) => nearest switch
    {
        TlsaMismatchReason.Expired => ResultType.CertificateExpired,
        TlsaMismatchReason.NameMismatch => ResultType.CertificateHostMismatch,
        TlsaMismatchReason.CertificateUnreadable
            or TlsaMismatchReason.AnchorDidNotIssue
            or TlsaMismatchReason.WeakSignature
            or TlsaMismatchReason.ConstraintViolated
            or TlsaMismatchReason.NotYetValid => ResultType.CertificateNotTrusted,
        _ => ResultType.TlsaInvalid,
    };
}

/// <summary>A record that does not fit the presented chain.</summary>
/// <param name="Record">The record.</param>
/// <param name="Reason">Why it does not fit.</param>
public sealed record TlsaMismatch(TlsaRecord Record, TlsaMismatchReason Reason);

/// <summary>Why a TLSA record does not fit a chain; the further down, the nearer it came.</summary>
public enum TlsaMismatchReason
{
    /// <summary>Usage 3: the leaf is another one, such as after a renewal without a new record.</summary>
    LeafDiffers,

    /// <summary>Usage 2: no certificate that was sent is the one meant (RFC 7671 §5.2.2).</summary>
    AnchorNotSent,

    /// <summary>Usage 2: the record means the leaf; it ought to have usage 3.</summary>
    MeansLeaf,

    /// <summary>Usage 3: the record means an issuer that was sent; it ought to have usage 2.</summary>
    MeansIssuer,

    /// <summary>The data fits a certificate that was sent, under the other selector.</summary>
    OtherSelector,

    /// <summary>Usage 2: a certificate of the chain, or the one in the record, cannot be read.</summary>
    CertificateUnreadable,

    /// <summary>
    /// Usage 2: the certificate meant was found, but no chain of signatures leads from it to the leaf.
    /// </summary>
    AnchorDidNotIssue,

    /// <summary>Usage 2: a signature of the chain is made with a digest that no longer proves anything.</summary>
    WeakSignature,

    /// <summary>
    /// Usage 2: the chain breaks a constraint of one of its certificates: not a CA, path length, names, use of the key, or
    /// a critical extension that is not understood.
    /// </summary>
    ConstraintViolated,

    /// <summary>Usage 2: a certificate of the chain is not valid yet.</summary>
    NotYetValid,

    /// <summary>Usage 2: the chain holds, but the leaf bears none of the reference names (RFC 7672 §3.2.2).</summary>
    NameMismatch,

    /// <summary>Usage 2: a certificate of the chain has expired.</summary>
    Expired,
}
