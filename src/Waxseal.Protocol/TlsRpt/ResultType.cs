namespace Waxseal.Protocol.TlsRpt;

/// <summary>The kinds of failure a report speaks of (RFC 8460 §4.3).</summary>
public enum ResultType
{
    /// <summary>A word this version does not know; the registry may grow (RFC 8460 §6.6).</summary>
    Other,

    /// <summary>The MX host did not offer STARTTLS, or refused it (RFC 8460 §4.3.1).</summary>
    StartTlsNotSupported,

    /// <summary>The certificate is not for the name the policy demands (RFC 8460 §4.3.1).</summary>
    CertificateHostMismatch,

    /// <summary>The certificate has expired (RFC 8460 §4.3.1).</summary>
    CertificateExpired,

    /// <summary>The certificate does not chain to a trusted issuer (RFC 8460 §4.3.1).</summary>
    CertificateNotTrusted,

    /// <summary>Any other failure of the session (RFC 8460 §4.3.1, §4.3.3).</summary>
    ValidationFailure,

    /// <summary>No TLSA record was valid (RFC 8460 §4.3.2.1).</summary>
    TlsaInvalid,

    /// <summary>The resolver found no valid DNSSEC records (RFC 8460 §4.3.2.1).</summary>
    DnssecInvalid,

    /// <summary>The sender demands DANE and found no TLSA records (RFC 8460 §4.3.2.1).</summary>
    DaneRequired,

    /// <summary>The MTA-STS policy could not be retrieved (RFC 8460 §4.3.2.2).</summary>
    StsPolicyFetchError,

    /// <summary>The MTA-STS policy is not well formed (RFC 8460 §4.3.2.2).</summary>
    StsPolicyInvalid,

    /// <summary>The certificate of the policy host does not hold (RFC 8460 §4.3.2.2).</summary>
    StsWebPkiInvalid,
}

/// <summary>The wire words of <see cref="ResultType"/>.</summary>
public static class ResultTypes
{
    // RFC 8460 §4.3
    private static readonly (ResultType Type, string Word)[] Words =
    [
        (ResultType.StartTlsNotSupported, "starttls-not-supported"),
        (ResultType.CertificateHostMismatch, "certificate-host-mismatch"),
        (ResultType.CertificateExpired, "certificate-expired"),
        (ResultType.CertificateNotTrusted, "certificate-not-trusted"),
        (ResultType.ValidationFailure, "validation-failure"),
        (ResultType.TlsaInvalid, "tlsa-invalid"),
        (ResultType.DnssecInvalid, "dnssec-invalid"),
        (ResultType.DaneRequired, "dane-required"),
        (ResultType.StsPolicyFetchError, "sts-policy-fetch-error"),
        (ResultType.StsPolicyInvalid, "sts-policy-invalid"),
        (ResultType.StsWebPkiInvalid, "sts-webpki-invalid"),
    ];

    /// <summary>The type a word stands for, exactly as the standard writes it; <see cref="ResultType.Other"/> else.</summary>
    public static ResultType FromWord(string word) => Array.Find(Words, entry => entry.Word == word).Type;

    /// <summary>The wire word of a type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is <see cref="ResultType.Other"/>.</exception>
    public static string ToWord(this ResultType type) =>
        Array.Find(Words, entry => entry.Type == type).Word ?? throw new ArgumentOutOfRangeException(nameof(type));
}
