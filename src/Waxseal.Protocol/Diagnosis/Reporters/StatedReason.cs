using System.Diagnostics;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>What a reporter states as its reason, in one word for all TLS libraries and senders.</summary>
public enum StatedReason
{
    /// <summary>The TXT record could not be looked up.</summary>
    RecordLookup,

    /// <summary>There is more than one TXT record.</summary>
    SeveralRecords,

    /// <summary>The TXT record breaks the grammar.</summary>
    RecordGrammar,

    /// <summary>The policy host has no address, or answers 404.</summary>
    NoPolicyServed,

    /// <summary>The fetch failed, and no more is said.</summary>
    PolicyNotFetched,

    /// <summary>The policy breaks the grammar.</summary>
    PolicyGrammar,

    /// <summary>A name has no address.</summary>
    NameNotFound,

    /// <summary>DNS gave no answer about a name.</summary>
    NameLookup,

    /// <summary>The other end could not be reached.</summary>
    Unreachable,

    /// <summary>The other end refused the connection.</summary>
    ConnectionRefused,

    /// <summary>No answer came in time.</summary>
    Timeout,

    /// <summary>The MX host is not in the policy.</summary>
    MxNotInPolicy,

    /// <summary>The handshake failed, and no more is said.</summary>
    HandshakeFailed,

    /// <summary>The two ends share no TLS version or no cipher.</summary>
    NoCommonTls,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired,

    /// <summary>The certificate is not valid yet.</summary>
    CertificateNotYetValid,

    /// <summary>The certificate is for another name.</summary>
    CertificateName,

    /// <summary>The certificate is self-signed.</summary>
    CertificateSelfSigned,

    /// <summary>The chain ends at a root that is not trusted.</summary>
    RootUntrusted,

    /// <summary>The issuer's certificate is neither sent nor known; a self-signed certificate has another text.</summary>
    IssuerMissing,

    /// <summary>The issuer is not known; some libraries say so of a self-signed certificate too.</summary>
    IssuerUnknown,

    /// <summary>A certificate of the chain breaks a rule.</summary>
    ChainInvalid,

    /// <summary>The certificate matches no TLSA record.</summary>
    TlsaMismatch,

    /// <summary>No TLSA record can be used.</summary>
    TlsaUnusable,

    /// <summary>DNSSEC of the TLSA records does not hold.</summary>
    TlsaBogus,

    /// <summary>There are no TLSA records with DNSSEC.</summary>
    TlsaMissing,
}

/// <summary>The words for <see cref="StatedReason"/>.</summary>
internal static class StatedReasonWords
{
    /// <summary>The reason in words, to follow "says:".</summary>
    public static string InWords(this StatedReason reason) => reason switch
    {
        StatedReason.RecordLookup => "TXT record could not be looked up",
        StatedReason.SeveralRecords => "more than one TXT record",
        StatedReason.RecordGrammar => "TXT record breaks the grammar",
        StatedReason.NoPolicyServed => "no policy served (no address, or 404)",
        StatedReason.PolicyNotFetched => "policy could not be fetched",
        StatedReason.PolicyGrammar => "policy breaks the grammar",
        StatedReason.NameNotFound => "name has no address",
        StatedReason.NameLookup => "name could not be looked up",
        StatedReason.Unreachable => "host could not be reached",
        StatedReason.ConnectionRefused => "connection refused",
        StatedReason.Timeout => "no answer in time",
        StatedReason.MxNotInPolicy => "MX host is not in the policy",
        StatedReason.HandshakeFailed => "handshake failed",
        StatedReason.NoCommonTls => "no common TLS version or cipher",
        StatedReason.CertificateExpired => "certificate has expired",
        StatedReason.CertificateNotYetValid => "certificate is not valid yet",
        StatedReason.CertificateName => "certificate is for another name",
        StatedReason.CertificateSelfSigned => "certificate is self-signed",
        StatedReason.RootUntrusted => "root of the chain is not trusted",
        StatedReason.IssuerMissing => "certificate of the issuer is missing",
        StatedReason.IssuerUnknown => "issuer is not known",
        StatedReason.ChainInvalid => "a certificate of the chain breaks a rule",
        StatedReason.TlsaMismatch => "certificate matches no TLSA record",
        StatedReason.TlsaUnusable => "no TLSA record can be used",
        StatedReason.TlsaBogus => "DNSSEC of the TLSA records does not hold",
        StatedReason.TlsaMissing => "no TLSA records with DNSSEC",
        _ => throw new UnreachableException(),
    };
}
