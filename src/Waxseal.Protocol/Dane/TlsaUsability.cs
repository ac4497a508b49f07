using Waxseal.Protocol.Dane.Matching;

namespace Waxseal.Protocol.Dane;

/// <summary>Tells which TLSA records can authenticate an MX host (RFC 6698 §4.1, RFC 7672 §3.1).</summary>
public static class TlsaUsability
{
    /// <summary>Why a record cannot be used, or null when it can.</summary>
    /// <param name="record">A record that DNSSEC proved.</param>
    /// <param name="digests">The digests the administrator accepts.</param>
    public static TlsaDefect? DefectOf(TlsaRecord record, DigestOrder digests) => record switch
    {
        // RFC 7672 §3.1.3: a client may take the usages of public CAs for unusable.
        { Usage: TlsaUsage.PkixTa or TlsaUsage.PkixEe } => TlsaDefect.PkixUsage,

        // RFC 6698 §4.1: unknown numbers, those for private use among them, make a record unusable.
        { Usage: not (TlsaUsage.DaneTa or TlsaUsage.DaneEe) } => TlsaDefect.UnknownUsage,
        { Selector: not (TlsaSelector.Cert or TlsaSelector.Spki) } => TlsaDefect.UnknownSelector,
        { MatchingType: > TlsaMatchingType.Sha512 } => TlsaDefect.UnknownMatchingType,

        // RFC 7671 §9: so does a digest of the wrong length, before digests compete.
        _ when !IsWellFormed(record) => TlsaDefect.MalformedData,

        // RFC 6698 §4.1: an algorithm that local policy calls too weak makes a record unusable.
        _ when !digests.Accepts(record.MatchingType) => TlsaDefect.RefusedDigest,
        _ => null,
    };

    /// <summary>Whether a record can be used.</summary>
    /// <param name="record">A record that DNSSEC proved.</param>
    /// <param name="digests">The digests the administrator accepts.</param>
    public static bool IsUsable(TlsaRecord record, DigestOrder digests) => DefectOf(record, digests) is null;

    // RFC 6698 §2.1.3
    private static bool IsWellFormed(TlsaRecord record)
    {
        ReadOnlySpan<byte> data = record.AssociationData.AsSpan();
        return record.MatchingType == TlsaMatchingType.Full
            ? Association.IsWhole(data, record.Selector)
            : data.Length == Association.DigestLength(record.MatchingType);
    }
}

/// <summary>The reasons why a TLSA record cannot authenticate an MX host.</summary>
public enum TlsaDefect
{
    /// <summary>Usage 0 or 1: it rests on public CAs (RFC 7672 §3.1.3).</summary>
    PkixUsage,

    /// <summary>No meaning is assigned to the usage, or it is private.</summary>
    UnknownUsage,

    /// <summary>No meaning is assigned to the selector, or it is private.</summary>
    UnknownSelector,

    /// <summary>No meaning is assigned to the matching type, or it is private.</summary>
    UnknownMatchingType,

    /// <summary>A digest of the wrong length, or octets that are no certificate or key.</summary>
    MalformedData,

    /// <summary>The administrator does not accept the digest.</summary>
    RefusedDigest,
}
