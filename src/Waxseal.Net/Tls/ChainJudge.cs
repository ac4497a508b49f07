using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>Says what certificates are worth as they were sent: nothing is fetched to complete them.</summary>
/// <param name="roots">The roots that are trusted; empty for those of the system.</param>
/// <param name="clock">Tells the time they are judged at.</param>
internal sealed class ChainJudge(ImmutableArray<X509Certificate2> roots, TimeProvider clock)
{
    /// <summary>Judges a chain, leaf first; null when there is nothing to judge.</summary>
    /// <param name="sent">The certificates in DER, leaf first.</param>
    /// <param name="hostName">The name the leaf is to be for.</param>
    public ChainFacts? Judge(ImmutableArray<ReadOnlyMemory<byte>> sent, string hostName)
    {
        if (sent.IsEmpty)
            return null;

        List<X509Certificate2> certificates = [];
        try
        {
            foreach (ReadOnlyMemory<byte> certificate in sent)
                certificates.Add(X509CertificateLoader.LoadCertificate(certificate.Span));
            return Judge(certificates[0], certificates[1..], hostName);
        }
        catch (CryptographicException fault)
        {
            return new(false, false, [$"a certificate cannot be read: {fault.Message}"]);
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }

    // RFC 8461 §3.3, §4.2: a path to a trusted root, and the name as a DNS-ID; dates are judged on their own.
    private ChainFacts Judge(X509Certificate2 leaf, List<X509Certificate2> issuers, string hostName)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(issuers.ToArray());
        if (!roots.IsEmpty)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots.ToArray());
        }

        chain.Build(leaf);
        return new(
            chain.ChainElements.Select(FaultsOf).All(faults => faults == X509ChainStatusFlags.NoError),

            // RFC 6125 §6.4.4: a common name does not count where a DNS-ID is asked for.
            leaf.MatchesHostname(hostName, allowWildcards: true, allowCommonName: false),
            [.. chain.ChainStatus.Select(status => status.Status.ToString()).Distinct()]);
    }

    // The dates of the leaf are judged on their own; those of its issuers decide whether there is a path.
    private static X509ChainStatusFlags FaultsOf(X509ChainElement element, int depth)
    {
        X509ChainStatusFlags all = element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
        return depth == 0 ? all & ~X509ChainStatusFlags.NotTimeValid : all;
    }
}
