using System.Collections.Concurrent;
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
    private const int MaxKept = 100;

    // What a server sends that is not told a name is the same for hundreds of policy hosts.
    private readonly ConcurrentDictionary<string, Path> _paths = new(StringComparer.Ordinal);

    /// <summary>The rules by which a handshake builds the chain that is judged.</summary>
    public X509ChainPolicy Rules()
    {
        X509ChainPolicy rules = new()
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = clock.GetUtcNow().LocalDateTime,
        };
        if (!roots.IsEmpty)
        {
            rules.TrustMode = X509ChainTrustMode.CustomRootTrust;
            rules.CustomTrustStore.AddRange(roots.ToArray());
        }

        return rules;
    }

    /// <summary>Rules for a handshake whose chain is known: hardly anything is built, and nothing is asked of it.</summary>
    public static X509ChainPolicy NoRules() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    /// <summary>Judges certificates as they were sent; of the same ones the path is judged once.</summary>
    /// <param name="sent">The certificates, that of the host first.</param>
    /// <param name="hostName">The name it is to be for.</param>
    /// <exception cref="CryptographicException">A certificate cannot be read.</exception>
    public ChainFacts Judge(ImmutableArray<ReadOnlyMemory<byte>> sent, string hostName)
    {
        if (_paths.Count > MaxKept)
            _paths.Clear();
        Path path = _paths.GetOrAdd(DigestOf(sent), static (_, given) => given.Judge.PathOf(given.Sent), (Judge: this, Sent: sent));

        // The framework does not promise that two may ask one certificate at a time.
        lock (path)
            return new(path.IsTrusted, IsFor(path.Leaf, hostName), path.Faults);
    }

    /// <summary>Judges a chain.</summary>
    /// <param name="leaf">The certificate of the host.</param>
    /// <param name="chain">The chain that was built for it by <see cref="Rules"/>.</param>
    /// <param name="hostName">The name the leaf is to be for.</param>
    // RFC 8461 §3.3, §4.2: a path to a trusted root, and the name as a DNS-ID.
    public static ChainFacts Judge(X509Certificate2 leaf, X509Chain chain, string hostName) => new(IsTrusted(chain), IsFor(leaf, hostName), FaultsOf(chain));

    private Path PathOf(ImmutableArray<ReadOnlyMemory<byte>> sent)
    {
        X509Certificate2Collection certificates = [.. sent.Select(certificate => X509CertificateLoader.LoadCertificate(certificate.Span))];
        using X509Chain chain = new() { ChainPolicy = Rules() };
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        chain.Build(certificates[0]);
        Path path = new(certificates[0], IsTrusted(chain), FaultsOf(chain));
        foreach (X509Certificate2 issuer in certificates.Skip(1))
            issuer.Dispose();
        return path;
    }

    private static string DigestOf(ImmutableArray<ReadOnlyMemory<byte>> sent)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> certificate in sent)
            digest.AppendData(certificate.Span);
        return Convert.ToHexString(digest.GetHashAndReset());
    }

    // RFC 6125 §6.4.4: a common name does not count where a DNS-ID is asked for.
    private static bool IsFor(X509Certificate2 leaf, string hostName) => leaf.MatchesHostname(hostName, allowWildcards: true, allowCommonName: false);

    private static bool IsTrusted(X509Chain chain) => chain.ChainElements.Select(FaultsOf).All(faults => faults == X509ChainStatusFlags.NoError);

    private static ImmutableArray<string> FaultsOf(X509Chain chain) => [.. chain.ChainStatus.Select(status => status.Status.ToString()).Distinct()];

    // The dates of the leaf are judged on their own; those of its issuers decide whether there is a path.
    private static X509ChainStatusFlags FaultsOf(X509ChainElement element, int depth)
    {
        X509ChainStatusFlags all = element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
        return depth == 0 ? all & ~X509ChainStatusFlags.NotTimeValid : all;
    }

    private sealed record Path(X509Certificate2 Leaf, bool IsTrusted, ImmutableArray<string> Faults);
}
