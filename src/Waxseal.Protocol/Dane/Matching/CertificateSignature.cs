using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Verifies the signature on a certificate with a key that comes without a certificate of its own.</summary>
internal static class CertificateSignature
{
    private enum Scheme
    {
        RsaPkcs1,
        Ecdsa,
    }

    // RFC 8017 §A.2.4 and RFC 5758 §3.2. Digests that no longer prove anything are left out.
    private static readonly Dictionary<string, (Scheme Scheme, HashAlgorithmName Digest)> Algorithms = new()
    {
        ["1.2.840.113549.1.1.11"] = (Scheme.RsaPkcs1, HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = (Scheme.RsaPkcs1, HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = (Scheme.RsaPkcs1, HashAlgorithmName.SHA512),
        ["1.2.840.10045.4.3.2"] = (Scheme.Ecdsa, HashAlgorithmName.SHA256),
        ["1.2.840.10045.4.3.3"] = (Scheme.Ecdsa, HashAlgorithmName.SHA384),
        ["1.2.840.10045.4.3.4"] = (Scheme.Ecdsa, HashAlgorithmName.SHA512),
    };

    /// <summary>Whether the key signed the certificate. An algorithm not known here counts as no.</summary>
    /// <param name="key">A SubjectPublicKeyInfo in DER.</param>
    /// <param name="certificate">A certificate in DER.</param>
    public static bool IsBy(ReadOnlySpan<byte> key, ReadOnlySpan<byte> certificate)
    {
        if (key.Length > PresentedChain.MaxKeyOctets
            || !CertificateParts.TryRead(certificate, out CertificateParts parts)
            || parts.Signature.IsEmpty)
        {
            return false;
        }

        try
        {
            string algorithm = AsnDecoder.ReadObjectIdentifier(parts.SignatureAlgorithm, AsnEncodingRules.DER, out _);
            return Algorithms.TryGetValue(algorithm, out var found)
                && IsBy(key, parts.ToBeSigned, parts.Signature[1..], found.Scheme, found.Digest);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            // The framework has no Try form for keys. One it cannot read or does not know signed nothing.
            return false;
        }
    }

    private static bool IsBy(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature,
        Scheme scheme,
        HashAlgorithmName digest)
    {
        if (scheme == Scheme.RsaPkcs1)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key, out _);
            return rsa.VerifyData(signed, signature, digest, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        return ecdsa.VerifyData(signed, signature, digest, DSASignatureFormat.Rfc3279DerSequence);
    }
}
