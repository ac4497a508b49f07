namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>A failure as a reporter counted it, with what it means beyond that reporter's words.</summary>
/// <param name="Kind">What went wrong, the same for every reporter.</param>
/// <param name="ResultType">The word of the report.</param>
/// <param name="Sessions">Sessions that failed so.</param>
public sealed record Fault(FaultKind Kind, string ResultType, long Sessions)
{
    /// <summary>The reporter's own reason, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What that reason states, or null when it is none that is known.</summary>
    public StatedReason? Stated { get; init; }

    /// <summary>The MX host the session went to, or null where there was none or none was given.</summary>
    public string? MxHost { get; init; }

    /// <summary>The HTTP status the policy host answered with, where the reporter tells it.</summary>
    public int? HttpStatus { get; init; }
}

/// <summary>What can go wrong with a session, in one word for all reporters.</summary>
public enum FaultKind
{
    /// <summary>Something this version does not know.</summary>
    Other,

    /// <summary>The TXT record could not be looked up, or breaks the grammar.</summary>
    Record,

    /// <summary>The policy was not obtained, and the reporter does not say at which step.</summary>
    PolicyFetch,

    /// <summary>The policy host did not answer in time, or could not be reached.</summary>
    PolicyHostUnreachable,

    /// <summary>The certificate of the policy host does not hold.</summary>
    PolicyHostCertificate,

    /// <summary>The policy host answered with a status other than 200.</summary>
    PolicyHostStatus,

    /// <summary>The policy is not well formed.</summary>
    PolicyGrammar,

    /// <summary>The MX host is not in the policy.</summary>
    MxNotInPolicy,

    /// <summary>The MX host did not offer STARTTLS.</summary>
    StartTls,

    /// <summary>The certificate of the MX host is for another name.</summary>
    MxCertificateName,

    /// <summary>The certificate of the MX host has expired.</summary>
    MxCertificateExpired,

    /// <summary>The certificate of the MX host does not chain to a trusted issuer.</summary>
    MxCertificateUntrusted,

    /// <summary>The handshake with the MX host failed, or the reporter does not say what did.</summary>
    MxHandshake,

    /// <summary>The certificate of the MX host matches no TLSA record.</summary>
    TlsaMismatch,

    /// <summary>DNSSEC of MX or TLSA records does not hold.</summary>
    Dnssec,

    /// <summary>The sender demands DANE and found no TLSA records.</summary>
    DaneRequired,
}
