using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Dane;

namespace Waxseal.Protocol.Tests.Dane.Matching;

/// <summary>A certificate made for one test, with its key.</summary>
internal sealed class TestCertificate
{
    private readonly AsymmetricAlgorithm _key;
    private readonly X500DistinguishedName _subject;

    private TestCertificate(AsymmetricAlgorithm key, X500DistinguishedName subject, byte[] der) =>
        (_key, _subject, Der) = (key, subject, der);

    public ReadOnlyMemory<byte> Der { get; }

    public static TestCertificate Root(
        string name = "Root CA", AsymmetricAlgorithm? key = null, params X509Extension[] extensions) =>
        Issue(null, $"CN={name}", [Ca(pathLength: null), .. extensions], key);

    public TestCertificate Ca(string name, int? pathLength = null, AsymmetricAlgorithm? key = null) =>
        Issue(this, $"CN={name}", [Ca(pathLength)], key);

    public TestCertificate Leaf(string name = "mx.example.com", params X509Extension[] extensions) =>
        Issue(this, $"CN={name}", [DnsName(name), .. extensions]);

    public TestCertificate LeafNamed(string subject, params X509Extension[] extensions) =>
        Issue(this, subject, extensions);

    public TestCertificate LeafUntil(DateTimeOffset notAfter) =>
        Issue(this, "CN=mx.example.com", [], notAfter: notAfter);

    public TestCertificate LeafSignedWithSha1() =>
        Issue(this, "CN=mx.example.com", [], generator: new Sha1Generator((ECDsa)_key));

    public static X509Extension DnsName(params string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
            builder.AddDnsName(name);
        return builder.Build();
    }

    public TlsaRecord Record(TlsaUsage usage, TlsaSelector selector, TlsaMatchingType type) =>
        TlsaRecord.TryCreate(usage, selector, type, Der.Span, out TlsaRecord? record)
            ? record
            : throw new InvalidOperationException();

    private static X509BasicConstraintsExtension Ca(int? pathLength) =>
        new(certificateAuthority: true, pathLength is not null, pathLength ?? 0, critical: true);

    private static TestCertificate Issue(
        TestCertificate? issuer,
        string subject,
        IEnumerable<X509Extension> extensions,
        AsymmetricAlgorithm? key = null,
        DateTimeOffset? notAfter = null,
        X509SignatureGenerator? generator = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName(subject);
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions)
            request.CertificateExtensions.Add(extension);

        using X509Certificate2 certificate = request.Create(
            issuer?._subject ?? name,
            generator ?? GeneratorOf(issuer?._key ?? key),
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            notAfter ?? new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero),
            [1, 2, 3, 4]);
        return new TestCertificate(key, name, certificate.RawData);
    }

    private static X509SignatureGenerator GeneratorOf(AsymmetricAlgorithm key) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);

    // The framework no longer signs certificates with SHA-1, so it is led to believe that this is something else.
    private sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier("1.2.840.10045.4.1");
            return writer.Encode();
        }

        [SuppressMessage("Security", "CA5350", Justification = "The weakness is what is tested.")]
        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
