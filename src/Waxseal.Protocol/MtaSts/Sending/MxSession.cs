namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>What came of setting up TLS with an MX host.</summary>
/// <param name="Tls">How far STARTTLS came.</param>
/// <param name="Certificate">
/// What the certificate is worth by PKIX and by the name of the MX host; null when none was seen.
/// </param>
public sealed record MxSession(TlsOutcome Tls, CertificateVerdict? Certificate);

/// <summary>How far STARTTLS came (RFC 3207 §4).</summary>
public enum TlsOutcome
{
    /// <summary>The MX host did not offer STARTTLS.</summary>
    NotOffered,

    /// <summary>It offered STARTTLS and refused the command.</summary>
    Refused,

    /// <summary>The TLS handshake failed.</summary>
    HandshakeFailed,

    /// <summary>The session is under TLS.</summary>
    Established,
}

/// <summary>
/// What the certificate of an MX host is worth under MTA-STS (RFC 8461 §4.2). When several faults come together, the
/// one that stands first here is named.
/// </summary>
public enum CertificateVerdict
{
    /// <summary>Not expired, trusted, and for the MX host.</summary>
    Valid,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It is not valid yet.</summary>
    NotYetValid,

    /// <summary>No DNS-ID matches the MX host; the common name does not count.</summary>
    NameMismatch,

    /// <summary>It does not chain to a trusted root.</summary>
    NotTrusted,

    /// <summary>It was revoked.</summary>
    Revoked,
}
