namespace Waxseal.Protocol.Dane;

/// <summary>
/// Which certificate of the chain a TLSA record means (RFC 6698 §2.1.1; names from RFC 7218 §2.1). Values that are not
/// named here can stand in a record, too; no client can use them.
/// </summary>
public enum TlsaUsage : byte
{
    /// <summary>
    /// An issuer that has to be in the chain to a public root. Not for mail between servers (RFC 7672 §3.1.3).
    /// </summary>
    PkixTa = 0,

    /// <summary>
    /// The leaf, which also has to chain to a public root. Not for mail between servers (RFC 7672 §3.1.3).
    /// </summary>
    PkixEe = 1,

    /// <summary>An issuer that is trusted by the record alone (RFC 7672 §3.1.2).</summary>
    DaneTa = 2,

    /// <summary>The leaf, trusted by the record alone, whatever its names and dates (RFC 7672 §3.1.1).</summary>
    DaneEe = 3,
}

/// <summary>Which part of the certificate a TLSA record means (RFC 6698 §2.1.2; names from RFC 7218 §2.2).</summary>
public enum TlsaSelector : byte
{
    /// <summary>The whole certificate in DER.</summary>
    Cert = 0,

    /// <summary>The SubjectPublicKeyInfo in DER.</summary>
    Spki = 1,
}

/// <summary>How a TLSA record writes what it selects (RFC 6698 §2.1.3; names from RFC 7218 §2.3).</summary>
public enum TlsaMatchingType : byte
{
    /// <summary>As it is, in full.</summary>
    Full = 0,

    /// <summary>As SHA2-256 digest of 32 octets.</summary>
    Sha256 = 1,

    /// <summary>As SHA2-512 digest of 64 octets.</summary>
    Sha512 = 2,
}
