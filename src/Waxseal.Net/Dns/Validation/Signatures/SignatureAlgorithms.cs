using System.Security.Cryptography;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>The algorithms of keys and signatures (RFC 8624 §3.1).</summary>
internal static class SignatureAlgorithms
{
    public const byte RsaSha1 = 5;
    public const byte RsaSha1Nsec3 = 7;
    public const byte RsaSha256 = 8;
    public const byte RsaSha512 = 10;
    public const byte EcdsaP256 = 13;
    public const byte EcdsaP384 = 14;
    public const byte Ed25519 = 15;
    public const byte Ed448 = 16;

    /// <summary>Whether this program can check signatures of the algorithm; the framework has no Ed25519 and no Ed448.</summary>
    public static bool IsKnown(byte algorithm) =>
        algorithm is RsaSha1 or RsaSha1Nsec3 or RsaSha256 or RsaSha512 or EcdsaP256 or EcdsaP384;

    /// <summary>Whether resolvers check the algorithm and this program does not (RFC 8624 §3.1).</summary>
    public static bool IsCheckedByOthers(byte algorithm) => algorithm is Ed25519 or Ed448;

    /// <summary>The name of the algorithm and its number.</summary>
    public static string NameOf(byte algorithm) => algorithm switch
    {
        RsaSha1 or RsaSha1Nsec3 => $"RSA/SHA-1 ({algorithm})",
        RsaSha256 => "RSA/SHA-256 (8)",
        RsaSha512 => "RSA/SHA-512 (10)",
        EcdsaP256 => "ECDSA P-256 (13)",
        EcdsaP384 => "ECDSA P-384 (14)",
        Ed25519 => "Ed25519 (15)",
        Ed448 => "Ed448 (16)",
        _ => $"number {algorithm}",
    };

    /// <summary>Whether a signature of a known algorithm fits.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The public key.</param>
    /// <param name="signed">What is signed.</param>
    /// <param name="signature">The signature.</param>
    // RFC 8624 §3.1: what a validator must or is recommended to know, SHA-1 included.
    public static SignatureFit Check(byte algorithm, ReadOnlySpan<byte> key, byte[] signed, ReadOnlySpan<byte> signature) =>
        algorithm switch
        {
            RsaSha1 or RsaSha1Nsec3 => RsaCheck.Of(key, 512, HashAlgorithmName.SHA1, signed, signature),
            RsaSha256 => RsaCheck.Of(key, 512, HashAlgorithmName.SHA256, signed, signature),
            RsaSha512 => RsaCheck.Of(key, 1024, HashAlgorithmName.SHA512, signed, signature),
            EcdsaP256 => EcdsaCheck.Of(key, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, signed, signature, 32),
            EcdsaP384 => EcdsaCheck.Of(key, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, signed, signature, 48),
            _ => SignatureFit.Unknown,
        };
}
