using System.Security.Cryptography;
using Waxseal.Net.Dns.Validation.Records;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>The digests of DS records (RFC 8624 §3.3).</summary>
internal static class KeyDigest
{
    public const byte Sha1 = 1;
    public const byte Sha256 = 2;
    public const byte Sha384 = 4;

    /// <summary>Whether this program can make the digest.</summary>
    public static bool IsKnown(byte type) => type is Sha1 or Sha256 or Sha384;

    /// <summary>How many octets a digest of a known type has.</summary>
    public static int LengthOf(byte type) => type switch
    {
        Sha1 => SHA1.HashSizeInBytes,
        Sha256 => SHA256.HashSizeInBytes,
        _ => SHA384.HashSizeInBytes,
    };

    /// <summary>Whether the digest is of this key of the zone.</summary>
    public static bool Fits(DelegationSigner signer, DnsName zone, ZoneKey key) =>
        Of(signer.DigestType, zone, key) is { } digest && signer.Digest.Span.SequenceEqual(digest);

    /// <summary>The digest, or null when its type is not known.</summary>
    // RFC 4034 §5.1.4: digest = digest_algorithm( DNSKEY owner name | DNSKEY RDATA)
    public static byte[]? Of(byte type, DnsName zone, ZoneKey key)
    {
        byte[] text = [.. zone.Wire, .. key.Data.Span];
        return type switch
        {
#pragma warning disable CA5350 // RFC 8624 §3.3: a validator must know SHA-1.
            Sha1 => SHA1.HashData(text),
#pragma warning restore CA5350
            Sha256 => SHA256.HashData(text),
            Sha384 => SHA384.HashData(text),
            _ => null,
        };
    }
}
