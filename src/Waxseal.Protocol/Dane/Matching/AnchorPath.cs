using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Validates the path from a trust anchor to a leaf (RFC 6698 §2.1.1, usage 2; RFC 5280 §6.1).</summary>
internal static class AnchorPath
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Whoever can make two certificates of one digest can move the signature of the one to the other.
    private static readonly HashSet<string> WeakSignatures =
    [
        "1.2.840.113549.1.1.2", // MD2 with RSA
        "1.2.840.113549.1.1.4", // MD5 with RSA
        "1.2.840.113549.1.1.5", // SHA-1 with RSA
        "1.2.840.10040.4.3", // SHA-1 with DSA
        "1.2.840.10045.4.1", // SHA-1 with ECDSA
    ];

    /// <summary>What is wrong with the path, or null when the anchor vouches for the leaf.</summary>
    /// <param name="leaf">The certificate of the MX host.</param>
    /// <param name="anchor">The anchor; self-signed or not, sent or not.</param>
    /// <param name="issuers">The other certificates sent, in any order, the anchor perhaps among them.</param>
    /// <param name="time">The time at which all certificates of the path have to be valid.</param>
    public static TlsaMismatchReason? FaultOf(
        X509Certificate2 leaf,
        X509Certificate2 anchor,
        IReadOnlyCollection<X509Certificate2> issuers,
        DateTimeOffset time)
    {
        using var path = new X509Chain { ChainPolicy = Policy(anchor, issuers, time) };
        try
        {
            path.Build(leaf);
            return FaultOf(path.ChainElements, anchor, issuers, time);
        }
        catch (CryptographicException)
        {
            // What the framework opened it may still fail to interpret, such as a date.
            return TlsaMismatchReason.CertificateUnreadable;
        }
        finally
        {
            foreach (X509ChainElement element in path.ChainElements)
                element.Certificate.Dispose();
        }
    }

    private static X509ChainPolicy Policy(
        X509Certificate2 anchor, IEnumerable<X509Certificate2> issuers, DateTimeOffset time)
    {
        var policy = new X509ChainPolicy
        {
            // RFC 7671 §5.2.2: no public root is of any help here.
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.Add(anchor);

        // The path must end at the anchor, so nothing that could stand above it or in its place may take part.
        foreach (X509Certificate2 issuer in issuers)
        {
            if (!HasSubject(issuer, anchor.IssuerName) && !HasSubject(issuer, anchor.SubjectName))
                policy.ExtraStore.Add(issuer);
        }

        return policy;
    }

    private static bool HasSubject(X509Certificate2 certificate, X500DistinguishedName name) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(name.RawData);

    // The framework trusts only self-signed roots. DANE trusts the anchor whatever it is, so what counts is that the path
    // comes to it, and that nothing is wrong up to there.
    private static TlsaMismatchReason? FaultOf(
        X509ChainElementCollection path,
        X509Certificate2 anchor,
        IReadOnlyCollection<X509Certificate2> issuers,
        DateTimeOffset time)
    {
        var faults = new List<TlsaMismatchReason>();
        foreach (X509ChainElement element in path)
        {
            bool isAnchor = IsSame(element.Certificate, anchor);

            // Certificates from a store of this machine would hide from the operator that one was not sent.
            bool isSent = element == path[0] || issuers.Any(issuer => IsSame(element.Certificate, issuer));
            if (!isAnchor && !isSent)
                break;

            faults.AddRange(FaultsOf(element, isAnchor, time));
            if (isAnchor)
                return Gravest(faults);
        }

        return TlsaMismatchReason.AnchorDidNotIssue;
    }

    private static IEnumerable<TlsaMismatchReason> FaultsOf(X509ChainElement element, bool isAnchor, DateTimeOffset time)
    {
        if (!isAnchor && WeakSignatures.Contains(element.Certificate.SignatureAlgorithm.Value ?? ""))
            yield return TlsaMismatchReason.WeakSignature;

        foreach (X509ChainStatus status in element.ChainElementStatus)
        {
            switch (status.Status)
            {
                // RFC 7671 §5.2: an anchor need not be a root.
                case X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot when isAnchor:
                    break;
                case X509ChainStatusFlags.NotTimeValid:
                    yield return time.UtcDateTime < element.Certificate.NotBefore.ToUniversalTime()
                        ? TlsaMismatchReason.NotYetValid
                        : TlsaMismatchReason.Expired;
                    break;
                case X509ChainStatusFlags.NotSignatureValid:
                    yield return TlsaMismatchReason.AnchorDidNotIssue;
                    break;
                default:
                    // RFC 7672 §3.1.2: constraints of the anchor bind as well, path length and names among them.
                    yield return TlsaMismatchReason.ConstraintViolated;
                    break;
            }
        }
    }

    // Without valid signatures nothing else that the certificates say is known to be true. Then, as RFC 8460 §4.3.1 has
    // a result type of its own for it, a date counts more than a constraint.
    private static TlsaMismatchReason? Gravest(List<TlsaMismatchReason> faults)
    {
        if (faults.Count == 0)
            return null;
        return faults.Contains(TlsaMismatchReason.AnchorDidNotIssue)
            ? TlsaMismatchReason.AnchorDidNotIssue
            : faults.Max();
    }

    private static bool IsSame(X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
