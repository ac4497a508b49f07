using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>
/// Reads TLSA records as people write them: <c>3 1 1 ABCD…</c>, or a line of a zone file such as
/// <c>_25._tcp.mx.example.com. 3600 IN TLSA 3 1 1 ABCD…</c>, with white space and parentheses wherever zone files have
/// them.
/// </summary>
public static class TlsaRecordReader
{
    /// <summary>Most octets of a text.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Most records of a text; what follows them is not read.</summary>
    public const int MaxRecords = 256;

    private const string NoRecord = "There is no record. One is written like 3 1 1 and 64 digits.";
    private const string NoTlsaRecord = "There are records of other types alone, no TLSA record.";

    /// <summary>Reads one record.</summary>
    /// <param name="text">The text, in ASCII.</param>
    /// <returns>
    /// The record with all problems. A record that no sender can use is returned as well; the errors that make it
    /// unusable are not tolerable.
    /// </returns>
    public static Parsed<TlsaRecord> Read(ReadOnlySpan<byte> text)
    {
        (Parsed<TlsaRecordSet> all, int count) = ReadEntries(text);
        if (count <= 1)
            return new Parsed<TlsaRecord>(all.Value?.Entries[0].Record, all.Problems);

        var problem = new Problem(
            "tlsa-record-not-alone",
            ProblemSeverity.Error,
            new Place(0, 1, 1),
            $"One record is expected; there are {count}.",
            "RFC 6698 §2.2");
        return new Parsed<TlsaRecord>(null, [problem, .. all.Problems]);
    }

    /// <summary>Reads any number of records, of one owner name or of several.</summary>
    /// <param name="text">The text, in ASCII; lines that begin with <c>$</c> and records of other types are passed over.</param>
    /// <returns>
    /// The records with all problems, those of records that belong together included; no records when there is an error
    /// that leaves open what one of them is.
    /// </returns>
    public static Parsed<TlsaRecordSet> ReadAll(ReadOnlySpan<byte> text) => ReadEntries(text).Set;

    private static (Parsed<TlsaRecordSet> Set, int Count) ReadEntries(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength)
            return (Nothing("tlsa-text-too-long", $"More than {MaxLength} octets are not read."), 0);

        var problems = new ProblemList("tlsa", "RFC 6698 §2.2");
        var entries = ImmutableArray.CreateBuilder<TlsaEntry>();
        var cursor = new ZoneCursor(text);
        var words = new List<Piece>();
        string? owner = null;
        bool hasOthers = false;
        int count = 0;
        while (cursor.TryReadEntry(words))
        {
            if (words[0].In(text)[0] == '$')
                continue;
            if (OtherEntry.Is(text, words))
            {
                // RFC 1035 §5.1: an entry without owner name has that of the entry before, whatever its type.
                owner = OtherEntry.HasOwner(text, words) ? Encoding.UTF8.GetString(words[0].In(text)) : owner;
                hasOthers = true;
                continue;
            }

            if (++count > MaxRecords)
                return (Nothing("tlsa-too-many-records", $"More than {MaxRecords} records are not read."), count);
            if (new EntryReader(text, words, problems).Read(cursor.LoneParenthesis) is not { } entry)
                continue;

            owner = entry.Owner ?? owner;
            entries.Add(entry with { Owner = owner });
        }

        if (count == 0)
            return (Nothing("tlsa-record-missing", hasOthers ? NoTlsaRecord : NoRecord), 0);

        SetAdvice.Give(entries, problems);
        TlsaRecordSet? set = problems.HasFatal ? null : new TlsaRecordSet(entries.ToImmutable());
        return (new Parsed<TlsaRecordSet>(set, problems.Finish(text)), count);
    }

    private static Parsed<TlsaRecordSet> Nothing(string code, string message) =>
        new(null, [new Problem(code, ProblemSeverity.Error, new Place(0, 1, 1), message, "RFC 6698 §2.2")]);
}
