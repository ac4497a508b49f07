using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.MtaSts.Sending;

namespace Waxseal.Net.Https;

/// <summary>Judges the certificates of a policy host as they were sent; nothing is fetched to complete them.</summary>
internal static class PolicyHostCertificate
{
    /// <summary>The rules for building the chain.</summary>
    public static X509ChainPolicy ChainPolicy(PolicyHostOptions options, DateTimeOffset now)
    {
        X509ChainPolicy policy = new()
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = now.LocalDateTime,
        };
        if (!options.Roots.IsEmpty)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(options.Roots.ToArray());
        }

        return policy;
    }

    /// <summary>What is wrong with the certificate, or null when it holds.</summary>
    // RFC 8461 §3.3: valid, chaining to a trusted root, and with the policy host as a DNS-ID.
    public static PolicyHostFault? FaultOf(X509Certificate2 certificate, SslPolicyErrors errors, string policyHost, DateTimeOffset now)
    {
        if (now > certificate.NotAfter)
            return PolicyHostFault.CertificateExpired;
        if (now < certificate.NotBefore)
            return PolicyHostFault.CertificateNotYetValid;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
                ? PolicyHostFault.CertificateSelfSigned
                : PolicyHostFault.CertificateNotTrusted;
        }

        // RFC 6125 §6.4.4: a common name does not count where the rules ask for a DNS-ID.
        return certificate.MatchesHostname(policyHost, allowWildcards: true, allowCommonName: false)
            ? null
            : PolicyHostFault.CertificateNameMismatch;
    }
}
