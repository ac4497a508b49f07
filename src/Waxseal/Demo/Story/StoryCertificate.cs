using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Demo.Story;

/// <summary>A certificate of the story: a real one, of an issuer that nobody knows and everybody in the story trusts.</summary>
/// <param name="Host">The host that sends it.</param>
/// <param name="Encoded">Its octets, DER.</param>
/// <param name="KeyDigest">The SHA-256 of its public key, in hexadecimal digits.</param>
/// <param name="NotAfter">Until when it is valid.</param>
internal sealed record StoryCertificate(string Host, ReadOnlyMemory<byte> Encoded, string KeyDigest, DateTimeOffset NotAfter)
{
    /// <summary>How long certificates of the story are valid.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private static readonly X500DistinguishedName Issuer = new("CN=Demonstration CA");

    /// <summary>The TLSA record that names its key (RFC 7671 §5.1), as reports write it.</summary>
    public string Tlsa => $"3 1 1 {KeyDigest}";

    /// <summary>A new certificate with a new key.</summary>
    /// <param name="host">The host it is for.</param>
    /// <param name="notBefore">From when it is valid.</param>
    public static StoryCertificate Of(string host, DateTimeOffset notBefore)
    {
        using ECDsa issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(Issuer, X509SignatureGenerator.CreateForECDsa(issuerKey), notBefore, notBefore + Life, RandomNumberGenerator.GetBytes(8));
        return new(host, certificate.RawData, Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), notBefore + Life);
    }
}
