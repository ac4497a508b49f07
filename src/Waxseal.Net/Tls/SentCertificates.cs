using System.Collections.Immutable;

namespace Waxseal.Net.Tls;

/// <summary>The certificates that a server sends, in DER, leaf first.</summary>
internal static class SentCertificates
{
    /// <summary>How many octets of them are kept.</summary>
    public const int MaxOctets = 100 * 1024;

    // RFC 8446 §4.4.2 sets no bound on a chain; no honest one has more.
    private const int MaxCount = 10;

    /// <summary>As many of them as are kept.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> WithinLimits(IEnumerable<ReadOnlyMemory<byte>> sent)
    {
        int octets = 0;
        return [.. sent.Take(MaxCount).TakeWhile(certificate => (octets += certificate.Length) <= MaxOctets)];
    }

    /// <summary>Whether two servers sent the same.</summary>
    public static bool AreSame(ImmutableArray<ReadOnlyMemory<byte>> one, ImmutableArray<ReadOnlyMemory<byte>> other) =>
        one.Length == other.Length && one.Zip(other).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
}
