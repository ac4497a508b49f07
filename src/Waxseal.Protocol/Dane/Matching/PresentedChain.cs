using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>The certificates an MX host sent, leaf first, within limits. Each digest is worked out once.</summary>
internal sealed class PresentedChain : IDisposable
{
    public const int MaxCertificates = 10;
    public const int MaxOctets = 100 * 1024;

    // The largest keys in use are those of ML-DSA (2.6 KB); an RSA key of this size would cost a second to use.
    public const int MaxKeyOctets = 4096;

    private readonly ImmutableArray<ReadOnlyMemory<byte>> _certificates;
    private readonly X509Certificate2?[] _opened;
    private readonly Dictionary<(int Depth, TlsaSelector, TlsaMatchingType), ImmutableArray<byte>> _associations = [];

    private PresentedChain(ImmutableArray<ReadOnlyMemory<byte>> certificates)
    {
        _certificates = certificates;
        _opened = new X509Certificate2?[certificates.Length];
    }

    /// <summary>The places of all certificates but the leaf.</summary>
    public IEnumerable<int> IssuerDepths => Enumerable.Range(1, _certificates.Length - 1);

    public static bool TryCreate(
        IReadOnlyCollection<ReadOnlyMemory<byte>> certificates,
        [NotNullWhen(true)] out PresentedChain? chain,
        [NotNullWhen(false)] out string? refusal)
    {
        refusal = RefusalOf(certificates);
        chain = refusal is null ? new PresentedChain([.. certificates]) : null;
        return chain is not null;
    }

    public ReadOnlySpan<byte> Certificate(int depth) => _certificates[depth].Span;

    /// <summary>Whether a certificate is what a record of known selector and matching type says.</summary>
    public bool Fits(int depth, TlsaRecord record) => Fits(depth, record, record.Selector);

    /// <summary>Whether it would be with the other selector in the record.</summary>
    public bool FitsByOtherSelector(int depth, TlsaRecord record) =>
        Fits(depth, record, record.Selector == TlsaSelector.Cert ? TlsaSelector.Spki : TlsaSelector.Cert);

    /// <summary>The certificate as the framework reads it, or null when it cannot. It belongs to this chain.</summary>
    public X509Certificate2? Open(int depth) => _opened[depth] ??= Open(Certificate(depth));

    /// <summary>A certificate as the framework reads it, or null when it cannot. The caller disposes of it.</summary>
    public static X509Certificate2? Open(ReadOnlySpan<byte> certificate)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (CryptographicException)
        {
            // The framework has no Try form of this.
            return null;
        }
    }

    public void Dispose()
    {
        foreach (X509Certificate2? certificate in _opened)
            certificate?.Dispose();
    }

    private bool Fits(int depth, TlsaRecord record, TlsaSelector selector)
    {
        var key = (depth, selector, record.MatchingType);
        if (!_associations.TryGetValue(key, out ImmutableArray<byte> association))
        {
            CertificateParts.TryRead(Certificate(depth), out CertificateParts parts);
            association = Association.Of(parts, selector, record.MatchingType);
            _associations.Add(key, association);
        }

        return association.AsSpan().SequenceEqual(record.AssociationData.AsSpan());
    }

    private static string? RefusalOf(IReadOnlyCollection<ReadOnlyMemory<byte>> certificates)
    {
        if (certificates.Count == 0)
            return "no certificate was sent";
        if (certificates.Count > MaxCertificates)
            return $"more than {MaxCertificates} certificates were sent";
        if (certificates.Sum(certificate => (long)certificate.Length) > MaxOctets)
            return $"more than {MaxOctets} octets of certificates were sent";

        foreach (ReadOnlyMemory<byte> certificate in certificates)
        {
            if (!CertificateParts.TryRead(certificate.Span, out CertificateParts parts))
                return "one of the certificates sent is none";
            if (parts.PublicKey.Length > MaxKeyOctets)
                return $"a key of more than {MaxKeyOctets} octets was sent";
        }

        return null;
    }
}
