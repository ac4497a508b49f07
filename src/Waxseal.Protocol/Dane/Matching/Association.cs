using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Certificate association data: what a TLSA record says about a certificate (RFC 6698 §2.1.4).</summary>
internal static class Association
{
    // RFC 6698 §2.1.2 and §2.1.3: select the part, then write it in full or as digest.
    public static ImmutableArray<byte> Of(CertificateParts certificate, TlsaSelector selector, TlsaMatchingType type)
    {
        ReadOnlySpan<byte> part = selector switch
        {
            TlsaSelector.Cert => certificate.Certificate,
            TlsaSelector.Spki => certificate.PublicKey,
            _ => throw new ArgumentOutOfRangeException(nameof(selector)),
        };
        return type switch
        {
            TlsaMatchingType.Full => [.. part],
            TlsaMatchingType.Sha256 => [.. SHA256.HashData(part)],
            TlsaMatchingType.Sha512 => [.. SHA512.HashData(part)],
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    /// <summary>Octets of the digest, or null for a matching type that is no digest or not known.</summary>
    public static int? DigestLength(TlsaMatchingType type) => type switch
    {
        TlsaMatchingType.Sha256 => SHA256.HashSizeInBytes,
        TlsaMatchingType.Sha512 => SHA512.HashSizeInBytes,
        _ => null,
    };

    /// <summary>Whether the octets are a whole certificate, or a whole key, and nothing else.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> data, TlsaSelector selector) =>
        selector == TlsaSelector.Cert ? CertificateParts.TryRead(data, out _) : CertificateParts.IsPublicKey(data);
}
