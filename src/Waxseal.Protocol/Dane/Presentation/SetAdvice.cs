using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>What is unwise about the records of one owner name together.</summary>
internal static class SetAdvice
{
    /// <summary>Adds what there is to say about each owner name.</summary>
    public static IEnumerable<Problem> On(IEnumerable<TlsaEntry> entries) => entries
        .GroupBy(entry => entry.Owner?.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
        .SelectMany(group => OnOwner([.. group]));

    private static IEnumerable<Problem> OnOwner(ImmutableArray<TlsaEntry> entries) =>
        OnRepetition(entries).Concat(OnDigests(entries));

    // RFC 2181 §5: an RRset has no two equal records.
    private static IEnumerable<Problem> OnRepetition(ImmutableArray<TlsaEntry> entries) => entries
        .GroupBy(entry => entry.Record)
        .SelectMany(group => group.Skip(1))
        .Select(entry => Warning(
            "tlsa-record-repeated",
            entry.Place,
            "The same record stands above. Was it to be that of the next key?",
            "RFC 7671 §8.1"));

    private static IEnumerable<Problem> OnDigests(ImmutableArray<TlsaEntry> entries)
    {
        bool hasSha256 = entries.Any(entry => entry.Record.MatchingType == TlsaMatchingType.Sha256);
        if (entries.FirstOrDefault(entry => entry.Record.MatchingType == TlsaMatchingType.Sha512) is not { } sha512)
            return [];

        // RFC 7671 §2: clients need not know SHA2-512.
        return hasSha256 ? OnUnevenDigests(entries) : [Warning(
            "tlsa-sha512-alone",
            sha512.Place,
            "Not every sender knows SHA2-512. Publish the SHA2-256 digest, matching type 1, as well or instead.",
            "RFC 7671 §2")];
    }

    // RFC 7671 §8.3: each digest in use has to cover the same keys, for senders look at the strongest one only.
    private static IEnumerable<Problem> OnUnevenDigests(ImmutableArray<TlsaEntry> entries) => entries
        .GroupBy(entry => (entry.Record.Usage, entry.Record.Selector))
        .Where(group => CountOf(group, TlsaMatchingType.Sha256) != CountOf(group, TlsaMatchingType.Sha512))
        .Select(group => Warning(
            "tlsa-digests-uneven",
            group.First().Place,
            $"The records {(byte)group.Key.Usage} {(byte)group.Key.Selector} have "
                + $"{CountOf(group, TlsaMatchingType.Sha256)} SHA2-256 and "
                + $"{CountOf(group, TlsaMatchingType.Sha512)} SHA2-512 digests. Senders use the strongest kind only, so "
                + "publish both for every key, or drop one kind.",
            "RFC 7671 §8.3"));

    private static int CountOf(IEnumerable<TlsaEntry> entries, TlsaMatchingType type) =>
        entries.Where(entry => entry.Record.MatchingType == type).Select(entry => entry.Record).Distinct().Count();

    private static Problem Warning(string code, Place place, string message, string rule) =>
        new(code, ProblemSeverity.Warning, place, message, rule);
}
