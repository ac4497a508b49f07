using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>What is unwise about the records of one owner name together.</summary>
internal static class SetAdvice
{
    /// <summary>Adds what there is to say about each owner name.</summary>
    public static void Give(IEnumerable<TlsaEntry> entries, ProblemList problems)
    {
        var owners = entries.GroupBy(entry => entry.Owner?.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);
        foreach (TlsaEntry[] ofOwner in owners.Select(group => group.ToArray()))
        {
            AdviseOnRepetition(ofOwner, problems);
            AdviseOnDigests(ofOwner, problems);
        }
    }

    // RFC 2181 §5: an RRset has no two equal records.
    private static void AdviseOnRepetition(TlsaEntry[] entries, ProblemList problems)
    {
        foreach (TlsaEntry again in entries.GroupBy(entry => entry.Record).SelectMany(group => group.Skip(1)))
        {
            problems.Warning("tlsa-record-repeated", StartOf(again),
                "The same record stands above. Was it to be that of the next key?", rule: "RFC 7671 §8.1");
        }
    }

    private static void AdviseOnDigests(TlsaEntry[] entries, ProblemList problems)
    {
        if (Array.Find(entries, entry => entry.Record.MatchingType == TlsaMatchingType.Sha512) is not { } sha512)
            return;
        if (CountOf(entries, TlsaMatchingType.Sha256) > 0)
        {
            AdviseOnUnevenDigests(entries, problems);
            return;
        }

        // RFC 7671 §2: clients need not know SHA2-512.
        problems.Warning("tlsa-sha512-alone", StartOf(sha512),
            "Not every sender knows SHA2-512. Publish the SHA2-256 digest, matching type 1, as well or instead.",
            rule: "RFC 7671 §2");
    }

    // RFC 7671 §8.3: each digest in use has to cover the same keys, for senders look at the strongest one only.
    private static void AdviseOnUnevenDigests(TlsaEntry[] entries, ProblemList problems)
    {
        foreach (var group in entries.GroupBy(entry => (entry.Record.Usage, entry.Record.Selector)))
        {
            int sha256 = CountOf(group, TlsaMatchingType.Sha256);
            int sha512 = CountOf(group, TlsaMatchingType.Sha512);
            if (sha256 == sha512)
                continue;

            problems.Warning("tlsa-digests-uneven", StartOf(group.First()),
                $"The records {(byte)group.Key.Usage} {(byte)group.Key.Selector} have {sha256} SHA2-256 and {sha512} "
                + "SHA2-512 digests. Senders use the strongest kind only, so publish both for every key, or drop one "
                + "kind.",
                rule: "RFC 7671 §8.3");
        }
    }

    private static int CountOf(IEnumerable<TlsaEntry> entries, TlsaMatchingType type) =>
        entries.Where(entry => entry.Record.MatchingType == type).Select(entry => entry.Record).Distinct().Count();

    private static Piece StartOf(TlsaEntry entry) => new(entry.Place.Offset, 0);
}
