using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Lab;

/// <summary>A certificate authority and what it issues, made anew for each run.</summary>
internal static class LabCertificates
{
    public static X509Certificate2 Authority { get; } = Issue("Lab Root", [], issuer: null, isAuthority: true);

    /// <summary>A certificate for the policy host of the laboratory.</summary>
    public static X509Certificate2 ForHost { get; } = For("mta-sts.example.test");

    /// <summary>A certificate for the MX host of the laboratory.</summary>
    public static X509Certificate2 ForMx { get; } = For("mx.example.test");

    public static X509Certificate2 For(params string[] names) => Issue("lab", names, Authority);

    /// <param name="commonName">The CN of the subject.</param>
    /// <param name="names">The DNS names.</param>
    /// <param name="issuer">Who signs, or null for itself.</param>
    /// <param name="isAuthority">Whether it may sign others.</param>
    /// <param name="days">From how many days from now, and until how many.</param>
    /// <param name="issuerAddress">Where the certificate says that its issuer's can be fetched.</param>
    public static X509Certificate2 Issue(
        string commonName, string[] names, X509Certificate2? issuer, bool isAuthority = false, (int From, int To)? days = null, string? issuerAddress = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (names.Length > 0)
        {
            SubjectAlternativeNameBuilder alternatives = new();
            Array.ForEach(names, alternatives.AddDnsName);
            request.CertificateExtensions.Add(alternatives.Build());
        }

        if (issuerAddress is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAddress]));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        (DateTimeOffset from, DateTimeOffset to) = (now.AddDays(days?.From ?? -1), now.AddDays(days?.To ?? 30));
        if (issuer is null)
            return request.CreateSelfSigned(from, to);

        var generator = X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);
        using X509Certificate2 issued = request.Create(issuer.SubjectName, generator, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate that demands a stapled answer about itself (RFC 7633 §4.2.3).</summary>
    public static X509Certificate2 MustStaple(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=lab", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5], critical: false));
        return Signed(request, names).CopyWithPrivateKey(key);
    }

    /// <summary>A certificate with an RSA key.</summary>
    /// <param name="names">The DNS names.</param>
    /// <param name="bits">The length of the key.</param>
    /// <param name="days">From how many days from now, and until how many.</param>
    public static X509Certificate2 Rsa(string[] names, int bits = 2048, (int From, int To)? days = null)
    {
        using var key = RSA.Create(bits);
        CertificateRequest request = new("CN=lab", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Signed(request, names, days).CopyWithPrivateKey(key);
    }

    /// <summary>A certificate of an authority that signs with SHA-1, and that authority.</summary>
    public static X509Certificate2 Sha1(string[] names, out X509Certificate2 root)
    {
        using var key = RSA.Create(2048);
        using var rootKey = RSA.Create(2048);
        CertificateRequest ofRoot = new("CN=Old Root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        ofRoot.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        root = ofRoot.CreateSelfSigned(now.AddDays(-2), now.AddDays(60));
        CertificateRequest request = new("CN=lab", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder alternatives = new();
        Array.ForEach(names, alternatives.AddDnsName);
        request.CertificateExtensions.Add(alternatives.Build());
        return request.Create(root.SubjectName, new Sha1Generator(rootKey), now.AddDays(-1), now.AddDays(30), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Signed(CertificateRequest request, string[] names, (int From, int To)? days = null)
    {
        SubjectAlternativeNameBuilder alternatives = new();
        Array.ForEach(names, alternatives.AddDnsName);
        request.CertificateExtensions.Add(alternatives.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.Create(
            Authority.SubjectName, X509SignatureGenerator.CreateForECDsa(Authority.GetECDsaPrivateKey()!), now.AddDays(days?.From ?? -1), now.AddDays(days?.To ?? 30), RandomNumberGenerator.GetBytes(8));
    }

    // The framework signs certificates with SHA-1 no more.
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        // RFC 3279 §2.2.1: sha1WithRSAEncryption.
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The laboratory has a server that is out of date.")]
        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;
    }
}
