using System.Security.Cryptography;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Checks signatures of keys on elliptic curves (RFC 6605 §4).</summary>
internal static class EcdsaCheck
{
    /// <summary>Whether the signature fits.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="curve">The curve it is on.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="signed">What is signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="length">The octets of one number.</param>
    public static SignatureFit Of(
        ReadOnlySpan<byte> key, ECCurve curve, HashAlgorithmName hash, byte[] signed, ReadOnlySpan<byte> signature, int length)
    {
        // RFC 6605 §4: Q = x | y, and r | s, each number in its full length.
        if (key.Length != 2 * length || signature.Length != 2 * length)
            return SignatureFit.Wrong;

        ECPoint point = new() { X = key[..length].ToArray(), Y = key[length..].ToArray() };
        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = curve, Q = point });
            return ecdsa.VerifyData(signed, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                ? SignatureFit.Fits
                : SignatureFit.Wrong;
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return SignatureFit.Wrong;
        }
    }
}
