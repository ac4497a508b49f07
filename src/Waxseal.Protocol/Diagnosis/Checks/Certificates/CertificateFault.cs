using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks.Certificates;

/// <summary>The kinds of faults of a certificate, the same for policy hosts and MX hosts.</summary>
internal enum CertificateFaultKind
{
    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>It is for other names.</summary>
    OtherName,

    /// <summary>A wildcard of it would have to cover two labels.</summary>
    WildcardTooShort,

    /// <summary>It has the name as common name alone.</summary>
    CommonNameOnly,

    /// <summary>It is its own issuer, or of a CA that nobody trusts.</summary>
    SelfSigned,

    /// <summary>Its issuer is not sent.</summary>
    IssuerNotSent,

    /// <summary>Its issuer is not sent, and may be a root that is not trusted.</summary>
    IssuerUnknown,

    /// <summary>A certificate that the chain needs has expired.</summary>
    IssuerExpired,

    /// <summary>It is one that a CDN uses behind itself.</summary>
    OriginCertificate,

    /// <summary>Its key or signature is weak.</summary>
    Weak,

    /// <summary>The chain breaks another rule.</summary>
    RuleBroken,

    /// <summary>The root is not trusted.</summary>
    UntrustedRoot,
}

/// <summary>A fault of a certificate.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Seen">What was seen, as a sentence.</param>
internal sealed record CertificateFault(CertificateFaultKind Kind, string Seen)
{
    // Whoever renews by itself does so thirty days before the end.
    private static readonly TimeSpan Overdue = TimeSpan.FromDays(10);

    private const string OwnRoot = "If it is a root of your own, --ca-file names it; senders do not know it.";

    /// <summary>The faults of a chain as it was sent, the gravest first; none when it holds.</summary>
    /// <param name="handshake">The handshake it was sent in.</param>
    /// <param name="hostName">The name it has to be for.</param>
    /// <param name="now">The time it is judged at.</param>
    public static ImmutableArray<CertificateFault> Of(HandshakeFacts handshake, string hostName, DateTimeOffset now)
    {
        if (handshake.Certificates.IsEmpty || handshake.Chain is not { } chain)
            return [];
        if (CertificateReading.Of(handshake.Certificates[0]) is not { } leaf)
            return [new(CertificateFaultKind.Unreadable, "What was sent is no certificate that can be read.")];

        ImmutableArray<CertificateReading> issuers = [.. handshake.Certificates.Skip(1).Select(CertificateReading.Of).OfType<CertificateReading>()];
        return [.. new[] { OfDates(leaf, now), OfName(leaf, chain, hostName), OfTrust(leaf, issuers, chain, now) }.OfType<CertificateFault>()];
    }

    /// <summary>How many whole days the certificate has left, when these are so few that its renewal is overdue; else null.</summary>
    public static int? DaysLeft(HandshakeFacts handshake, DateTimeOffset now) =>
        handshake.Certificates is [var first, ..] && CertificateReading.Of(first) is { } leaf
        && leaf.NotAfter > now && leaf.NotAfter - now < Overdue && leaf.NotAfter - leaf.NotBefore > 3 * Overdue
            ? (int)(leaf.NotAfter - now).TotalDays
            : null;

    /// <summary>Whether this machine's TLS library refuses the certificates for a key that is too small or a signature that is too weak.</summary>
    public static bool IsTooWeak(HandshakeFacts handshake) => handshake is { Fault: HandshakeFault.NothingShared, Detail: { } detail }
        && (detail.Contains("too small", StringComparison.Ordinal) || detail.Contains("too weak", StringComparison.Ordinal));

    private static CertificateFault? OfDates(CertificateReading leaf, DateTimeOffset now) =>
        now > leaf.NotAfter ? new(CertificateFaultKind.Expired, $"The certificate ended {Time(leaf.NotAfter)}.")
        : now < leaf.NotBefore ? new(CertificateFaultKind.NotYetValid, $"The certificate begins {Time(leaf.NotBefore)}.")
        : null;

    // RFC 6125 §6.4: DNS names alone count, and a wildcard stands for one label.
    private static CertificateFault? OfName(CertificateReading leaf, ChainFacts chain, string hostName)
    {
        if (chain.IsForName)
            return null;
        if (leaf.Names.IsEmpty && leaf.CommonName == hostName)
            return new(CertificateFaultKind.CommonNameOnly, $"The certificate has no DNS name; its common name is {leaf.CommonName}.");
        if (leaf.Names.FirstOrDefault(name => name.StartsWith("*.", StringComparison.Ordinal) && hostName.EndsWith(name[1..], StringComparison.Ordinal)) is { } wildcard)
            return new(CertificateFaultKind.WildcardTooShort, $"The certificate is for {wildcard}, which covers one label alone and not {hostName}.");
        return new(CertificateFaultKind.OtherName, $"The certificate is for {Names(leaf)}.");
    }

    private static string Names(CertificateReading leaf) => leaf.Names.Length switch
    {
        0 => $"no DNS name (subject {leaf.Subject})",
        <= 4 => string.Join(", ", leaf.Names),
        var count => $"{string.Join(", ", leaf.Names.Take(4))} and {count - 4} more",
    };

    private static CertificateFault? OfTrust(CertificateReading leaf, ImmutableArray<CertificateReading> issuers, ChainFacts chain, DateTimeOffset now)
    {
        if (leaf.Weakness is { } weakness)
            return new(CertificateFaultKind.Weak, $"The certificate is weak: {weakness}.");
        if (chain.IsTrusted)
            return null;
        if (IsOfOrigin(leaf))
            return new(CertificateFaultKind.OriginCertificate, $"The certificate is issued by {leaf.Issuer}, for use between a CDN and its customer alone.");
        if (issuers.FirstOrDefault(issuer => now > issuer.NotAfter) is { } ended)
            return new(CertificateFaultKind.IssuerExpired, $"The certificate of {ended.Subject}, which is sent with it, ended {Time(ended.NotAfter)}.");
        if (leaf.IsSelfSigned)
            return new(CertificateFaultKind.SelfSigned, $"The certificate is signed by itself ({leaf.Subject}).");

        CertificateReading last = Last(leaf, issuers);
        if (chain.Statuses.Contains("PartialChain") && !last.IsSelfSigned)
        {
            string seen = $"The certificate of {last.Issuer} is not sent, and it is no root that is known here.";

            // RFC 5246 §7.4.2: the root alone may be left out. Whoever sends one issuer sends all; a leaf that tells where its issuer's can be
            // fetched has one that is no root.
            if (last != leaf)
                return new(CertificateFaultKind.UntrustedRoot, $"{seen} {OwnRoot}");
            return leaf.NamesIssuerAddress
                ? new(CertificateFaultKind.IssuerNotSent, $"{seen} Some clients fetch what is missing; most senders do not.")
                : new(CertificateFaultKind.IssuerUnknown, $"{seen} {OwnRoot}");
        }

        return chain.Statuses.Contains("UntrustedRoot") || last.IsSelfSigned
            ? new(CertificateFaultKind.UntrustedRoot, $"Its chain ends at {last.Issuer}, which is not trusted.")
            : new(CertificateFaultKind.RuleBroken, $"Its chain does not hold: {ChainWords.Of(chain.Statuses)}.");
    }

    private static bool IsOfOrigin(CertificateReading leaf) =>
        leaf.Issuer.Contains("Origin", StringComparison.OrdinalIgnoreCase) && leaf.Issuer.Contains("CloudFlare", StringComparison.OrdinalIgnoreCase);

    // Follows the issuers that were sent, whatever their order.
    private static CertificateReading Last(CertificateReading leaf, ImmutableArray<CertificateReading> issuers)
    {
        CertificateReading last = leaf;
        for (int i = 0; i < issuers.Length && !last.IsSelfSigned; i++)
            last = issuers.FirstOrDefault(issuer => issuer.Subject == last.Issuer) ?? last;
        return last;
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
