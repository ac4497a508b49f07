using System.Security.Cryptography;
using System.Text;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Waxseal.Protocol.TlsRpt.Delivery;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>A public key as published (RFC 6376 §3.6.1).</summary>
/// <param name="Algorithm">What it verifies.</param>
/// <param name="Key">The key.</param>
/// <param name="IsStrict"><c>t=s</c>: it is not for sub-domains of its domain.</param>
internal sealed record DkimKey(DkimSignatureAlgorithm Algorithm, AsymmetricKeyParameter Key, bool IsStrict)
{
    private const int LeastBits = 1024;
    private const int MostBits = 4096;

    // Modulus and exponent of the largest key, each as long as it may be.
    private const int MaxText = 2000;

    private const int Ed25519Bytes = 32;

    /// <summary>Reads a record; null when it is no key record.</summary>
    public static KeyFinding? Of(ReadOnlySpan<byte> record)
    {
        // RFC 6376 §3.6.1: p= is required, and a version other than DKIM1 has the record discarded.
        if (record.Length > DkimKeyUse.MaxLength || !TagList.TryParse(Encoding.UTF8.GetString(record), out TagList? tags) || tags["p"] is not { } text || tags["v"] is not (null or "DKIM1"))
            return null;

        // RFC 6376 §3.6.1: an empty p= means that the key has been revoked.
        if (text.Length == 0)
            return new KeyFinding.Revoked();

        // RFC 6376 §3.6.1: a verifier ignores the record if s= does not list its service or "*"; RFC 8460 §3 names it "tlsrpt".
        if (!DkimKeyUse.Of(record).IsForTlsRpt)
            return new KeyFinding.Absent($"the key is not for TLS reports (s={tags["s"]})");

        // RFC 6376 §3.6.1: with t=y a mail is treated as if it were not signed.
        string[] flags = (tags["t"] ?? "").Split(':');
        if (flags.Contains("y"))
            return new KeyFinding.Absent("the domain only tests the key (t=y)");
        if (tags["h"] is { } hashes && !hashes.Split(':').Contains("sha256"))
            return new KeyFinding.Unusable("the key is not for SHA-256 (h=)");

        byte[] bytes = new byte[Math.Min(text.Length, MaxText)];
        if (text.Length > MaxText || !Convert.TryFromBase64String(text, bytes, out int length))
            return new KeyFinding.Unusable("the key is too long or malformed");
        return (tags["k"] ?? "rsa") switch
        {
            "rsa" => OfRsa(bytes.AsSpan(0, length), flags.Contains("s")),
            "ed25519" => OfEd25519(bytes[..length], flags.Contains("s")),
            _ => new KeyFinding.Unusable("the kind of the key is unknown (k=)"),
        };
    }

    private static KeyFinding OfRsa(ReadOnlySpan<byte> bytes, bool isStrict)
    {
        try
        {
            using RSA rsa = Read(bytes);

            // RFC 8301 §3.2: what is shorter than 1024 bits does not count; up to 4096 must be verified, and more only costs time.
            if (rsa.KeySize is < LeastBits or > MostBits)
                return new KeyFinding.Unusable($"the key has {rsa.KeySize} bits, and {LeastBits} to {MostBits} count");
            RSAParameters parts = rsa.ExportParameters(false);
            return new KeyFinding.Found(new(DkimSignatureAlgorithm.RsaSha256, new RsaKeyParameters(false, new BigInteger(1, parts.Modulus), new BigInteger(1, parts.Exponent)), isStrict));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // Neither library has a Try form.
            return new KeyFinding.Unusable("the key is malformed");
        }
    }

    // RFC 6376 §3.6.1 speaks of an RSAPublicKey, and all its examples are a SubjectPublicKeyInfo (erratum 3017).
    private static RSA Read(ReadOnlySpan<byte> bytes)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(bytes, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPublicKey(bytes, out _);
        }

        return rsa;
    }

    // RFC 8463 §4: p= is the key itself, 32 octets.
    private static KeyFinding OfEd25519(byte[] bytes, bool isStrict)
    {
        if (bytes.Length != Ed25519Bytes)
            return new KeyFinding.Unusable("the key is malformed");
        return new KeyFinding.Found(new(DkimSignatureAlgorithm.Ed25519Sha256, new Ed25519PublicKeyParameters(bytes, 0), isStrict));
    }
}

/// <summary>What the search for a key found.</summary>
internal abstract record KeyFinding
{
    private KeyFinding()
    {
    }

    /// <summary>The key.</summary>
    public sealed record Found(DkimKey Key) : KeyFinding;

    /// <summary>DNS does not say now whether there is a key.</summary>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    public sealed record Unavailable(string Reason) : KeyFinding;

    /// <summary>There is no key to be had for this use.</summary>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    public sealed record Absent(string Reason) : KeyFinding;

    /// <summary>The domain has taken the key back.</summary>
    public sealed record Revoked : KeyFinding;

    /// <summary>There is a key with which nothing can hold.</summary>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    public sealed record Unusable(string Reason) : KeyFinding;
}
