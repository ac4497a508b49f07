using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Tests.Domains;

/// <summary>A certificate authority, made anew for each run: a root, and an intermediate that issues for servers.</summary>
internal sealed class CertificateAuthority
{
    private readonly RunFolder _folder;
    private readonly X509Certificate2 _root = Issuer("Interop Root", null);
    private readonly X509Certificate2 _intermediate;

    public CertificateAuthority(RunFolder folder)
    {
        _folder = folder;
        _intermediate = Issuer("Interop Intermediate", _root);
        RootFile = folder.File("root.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    public string RootFile { get; }

    /// <summary>Issues a certificate.</summary>
    /// <param name="file">What its file is called.</param>
    /// <param name="names">The hosts it is for.</param>
    /// <param name="daysLeft">How long it is still valid; below zero once it has expired.</param>
    /// <param name="isRsa">Whether its key is RSA in place of ECDSA.</param>
    /// <param name="withIssuer">Whether the intermediate certificate is sent with it.</param>
    public IssuedCertificate Issue(string file, string[] names, int daysLeft = 60, bool isRsa = false, bool withIssuer = true)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA rsa
            ? new("CN=server", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=server", (ECDsa)key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder alternatives = new();
        Array.ForEach(names, alternatives.AddDnsName);
        request.CertificateExtensions.Add(alternatives.Build());
        DateTimeOffset end = TimeProvider.System.GetUtcNow().AddDays(daysLeft);
        using X509Certificate2 leaf = Sign(request, _intermediate, end.AddDays(-90), end);

        // Postfix wants the key before the chain; nginx takes them in any order.
        string path = _folder.File($"{file}.pem");
        File.WriteAllText(path, string.Join('\n',
            key.ExportPkcs8PrivateKeyPem(), leaf.ExportCertificatePem(), withIssuer ? _intermediate.ExportCertificatePem() : "", ""));
        return new(path, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));
    }

    private static X509Certificate2 Issuer(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
            return request.CreateSelfSigned(now.AddDays(-365), now.AddDays(365));

        using X509Certificate2 issued = Sign(request, issuer, now.AddDays(-300), now.AddDays(300));
        return issued.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2 issuer, DateTimeOffset from, DateTimeOffset to) => request.Create(
        issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!), from, to, RandomNumberGenerator.GetBytes(8));
}

/// <summary>A certificate with its key, in one file.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="KeyDigest">The SHA-256 of its public key, as a TLSA record 3 1 1 has it.</param>
internal sealed record IssuedCertificate(string File, string KeyDigest);
