using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>Says what certificates are worth as they were sent: nothing is fetched to complete them.</summary>
/// <param name="roots">The roots that are trusted; empty for those of the system.</param>
/// <param name="clock">Tells the time they are judged at.</param>
internal sealed class ChainJudge(ImmutableArray<X509Certificate2> roots, TimeProvider clock)
{
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

    /// <summary>Judges certificates as they were sent.</summary>
    /// <param name="leaf">The certificate of the host.</param>
    /// <param name="sent">What was sent with it.</param>
    /// <param name="hostName">The name the leaf is to be for.</param>
    public ChainFacts Judge(X509Certificate2 leaf, X509Certificate2Collection sent, string hostName)
    {
        using X509Chain chain = new() { ChainPolicy = Rules() };
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(leaf);
        return Judge(leaf, chain, hostName);
    }

    /// <summary>Judges a chain.</summary>
    /// <param name="leaf">The certificate of the host.</param>
    /// <param name="chain">The chain that was built for it by <see cref="Rules"/>.</param>
    /// <param name="hostName">The name the leaf is to be for.</param>
    // RFC 8461 §3.3, §4.2: a path to a trusted root, and the name as a DNS-ID.
    public static ChainFacts Judge(X509Certificate2 leaf, X509Chain chain, string hostName) => new(
        chain.ChainElements.Select(FaultsOf).All(faults => faults == X509ChainStatusFlags.NoError),

        // RFC 6125 §6.4.4: a common name does not count where a DNS-ID is asked for.
        leaf.MatchesHostname(hostName, allowWildcards: true, allowCommonName: false),
        [.. chain.ChainStatus.Select(status => status.Status.ToString()).Distinct()]);

    // The dates of the leaf are judged on their own; those of its issuers decide whether there is a path.
    private static X509ChainStatusFlags FaultsOf(X509ChainElement element, int depth)
    {
        X509ChainStatusFlags all = element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
        return depth == 0 ? all & ~X509ChainStatusFlags.NotTimeValid : all;
    }
}
