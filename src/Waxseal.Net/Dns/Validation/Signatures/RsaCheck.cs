using System.Security.Cryptography;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Checks signatures of RSA keys (RFC 3110, RFC 5702).</summary>
internal static class RsaCheck
{
    private const int MaxBits = 4096;

    /// <summary>Whether the signature fits.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="minBits">How long the modulus has to be.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="signed">What is signed.</param>
    /// <param name="signature">The signature.</param>
    public static SignatureFit Of(
        ReadOnlySpan<byte> key, int minBits, HashAlgorithmName hash, byte[] signed, ReadOnlySpan<byte> signature)
    {
        // RFC 5702 §2.1: 512 to 4096 bits with SHA-256.
        // RFC 5702 §2.2: 1024 to 4096 bits with SHA-512.
        if (!TryRead(key, out RSAParameters parameters))
            return SignatureFit.Wrong;
        int bits = parameters.Modulus!.Length * 8;
        if (bits < minBits || bits > MaxBits)
            return SignatureFit.Wrong;

        try
        {
            using RSA rsa = RSA.Create(parameters);
            // RFC 3110 §3: as PKCS #1 version 1.5 has it.
            // RFC 5702 §3: RSASSA-PKCS1-v1_5.
            return rsa.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1) ? SignatureFit.Fits : SignatureFit.Wrong;
        }
        catch (CryptographicException)
        {
            // A key that the system does not take; or SHA-1, which some systems refuse.
            return hash == HashAlgorithmName.SHA1 ? SignatureFit.Unknown : SignatureFit.Wrong;
        }
    }

    // RFC 3110 §2: the length of the exponent in one octet, or in two after a zero; the exponent; the modulus.
    private static bool TryRead(ReadOnlySpan<byte> key, out RSAParameters parameters)
    {
        parameters = default;
        bool isLong = key is [0, _, _, ..];
        int start = isLong ? 3 : 1;
        int length = isLong ? (key[1] << 8) | key[2] : key.IsEmpty ? 0 : key[0];
        if (length == 0 || key.Length <= start + length)
            return false;

        ReadOnlySpan<byte> exponent = key.Slice(start, length).TrimStart((byte)0);
        ReadOnlySpan<byte> modulus = key[(start + length)..].TrimStart((byte)0);
        parameters = new RSAParameters { Exponent = exponent.ToArray(), Modulus = modulus.ToArray() };
        return !exponent.IsEmpty && !modulus.IsEmpty;
    }
}
