using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Protocol.Diagnosis.Checks.Certificates;

/// <summary>What a certificate says, as far as checks need it.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Issuer">Its issuer.</param>
/// <param name="NotBefore">From when it is valid, in UTC.</param>
/// <param name="NotAfter">Until when it is valid, in UTC.</param>
/// <param name="Names">Its DNS names, in lower case.</param>
/// <param name="CommonName">The common name of its subject; empty without.</param>
internal sealed record CertificateReading(
    string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, ImmutableArray<string> Names, string CommonName)
{
    // RFC 7633 §6: the TLS feature extension; the number 5 in it is the status request.
    private const string FeatureExtension = "1.3.6.1.5.5.7.1.24";
    private const int ShortestRsaKey = 2048;

    // Reading one can cost as much as a signature, and a check comes back to the same few dozens of times.
    private const int MaxKept = 1000;
    private static readonly ConcurrentDictionary<(UInt128, UInt128), CertificateReading?> Kept = [];

    /// <summary>Whether its issuer has the name of its subject.</summary>
    public bool IsSelfSigned => Subject == Issuer;

    /// <summary>Whether it says where the certificate of its issuer can be fetched.</summary>
    public bool NamesIssuerAddress { get; private init; }

    /// <summary>Whether it demands a stapled OCSP answer.</summary>
    public bool DemandsStaple { get; private init; }

    /// <summary>What is weak about its key or signature; null when nothing is.</summary>
    public string? Weakness { get; private init; }

    /// <summary>The kind of its key, such as <c>RSA</c>.</summary>
    public string KeyKind { get; private init; } = "";

    /// <summary>Reads a certificate; null when it cannot be read.</summary>
    public static CertificateReading? Of(ReadOnlyMemory<byte> der)
    {
        if (Kept.Count > MaxKept)
            Kept.Clear();
        return Kept.GetOrAdd(DigestOf(der.Span), static (_, der) => Read(der), der);
    }

    private static (UInt128 First, UInt128 Last) DigestOf(ReadOnlySpan<byte> der)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(der, digest);
        return (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
    }

    private static CertificateReading? Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
            return Of(certificate);
        }
        catch (CryptographicException)
        {
            // The framework has no Try form of this; the caller says that it is no certificate.
            return null;
        }
    }

    private static CertificateReading Of(X509Certificate2 certificate) => new(
        certificate.Subject,
        certificate.Issuer,
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()).Select(name => name.ToLowerInvariant()).Distinct()],
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false).ToLowerInvariant())
    {
        NamesIssuerAddress = certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().SelectMany(access => access.EnumerateCAIssuersUris()).Any(),
        DemandsStaple = certificate.Extensions[FeatureExtension] is { RawData: var features } && features.AsSpan().IndexOf((ReadOnlySpan<byte>)[2, 1, 5]) >= 0,
        Weakness = WeaknessOf(certificate),
        KeyKind = certificate.GetKeyAlgorithm() switch
        {
            "1.2.840.113549.1.1.1" => "RSA",
            "1.2.840.10045.2.1" => "ECDSA",
            var other => other,
        },
    };

    private static string? WeaknessOf(X509Certificate2 certificate)
    {
        if (certificate.SignatureAlgorithm.Value is "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.4" or "1.2.840.10045.4.1")
            return $"it is signed with {(certificate.SignatureAlgorithm.Value == "1.2.840.113549.1.1.4" ? "MD5" : "SHA-1")}";

        using RSA? key = certificate.GetRSAPublicKey();
        return key is { KeySize: < ShortestRsaKey and var size } ? $"its RSA key has {size} bits" : null;
    }
}
