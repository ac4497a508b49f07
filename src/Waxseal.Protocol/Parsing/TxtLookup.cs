using System.Collections.Immutable;

namespace Waxseal.Protocol.Parsing;

/// <summary>
/// What the TXT records at one name say, of which one alone may be a record of a standard: of MTA-STS (RFC 8461 §3.1)
/// or of TLS-RPT (RFC 8460 §3).
/// </summary>
/// <typeparam name="TRecord">The record the standard defines.</typeparam>
public abstract record TxtLookup<TRecord>
    where TRecord : class
{
    // A policy domain has a handful of TXT records at that name; more are not looked at for slips.
    private const int MaxLookAlikes = 10;

    private TxtLookup() { }

    /// <summary>
    /// Records that do not count but seem to be meant as records of the standard, as read; ten at most. For a checker.
    /// </summary>
    public ImmutableArray<Parsed<TRecord>> LookAlikes { get; private init; } = [];

    /// <summary>There is one record of the standard.</summary>
    /// <param name="Record">The record.</param>
    /// <param name="Problems">What is unwise about it, or wrong and tolerable.</param>
    public sealed record Found(TRecord Record, ImmutableArray<Problem> Problems) : TxtLookup<TRecord>;

    /// <summary>There is no record of the standard: the policy domain does not take part.</summary>
    public sealed record NoRecord : TxtLookup<TRecord>;

    /// <summary>There is more than one record of the standard, so that none counts.</summary>
    /// <param name="Count">How many: 2 or more.</param>
    public sealed record Several(int Count) : TxtLookup<TRecord>;

    /// <summary>There is one record of the standard, and it cannot be used.</summary>
    /// <param name="Problems">What is wrong with it.</param>
    public sealed record Invalid(ImmutableArray<Problem> Problems) : TxtLookup<TRecord>;

    /// <summary>DNS gave no answer, or none that could be believed; nothing is known.</summary>
    /// <param name="Reason">What went wrong, in a few words.</param>
    public sealed record Failed(string Reason) : TxtLookup<TRecord>;

    /// <summary>The outcome of an answer.</summary>
    /// <param name="records">The TXT records, each as its character-strings.</param>
    /// <param name="version">What each record of the standard begins with, before a semicolon.</param>
    /// <param name="isLookAlike">Whether a text that does not begin so seems to be meant as such a record.</param>
    /// <param name="read">Reads the text of a record.</param>
    internal static TxtLookup<TRecord> Of(
        IReadOnlyCollection<IReadOnlyList<ReadOnlyMemory<byte>>> records,
        ReadOnlySpan<byte> version,
        Predicate<byte[]> isLookAlike,
        Func<byte[], Parsed<TRecord>> read)
    {
        var counted = new List<byte[]>();
        var lookAlikes = new List<byte[]>();
        foreach (byte[] text in records.Select(TxtStrings.Join))
        {
            if (Counts(text, version, isAlone: records.Count == 1))
                counted.Add(text);
            else if (lookAlikes.Count < MaxLookAlikes && isLookAlike(text))
                lookAlikes.Add(text);
        }

        return Judge(counted, read) with { LookAlikes = [.. lookAlikes.Select(read)] };
    }

    // RFC 8461 §3.1, RFC 8460 §3: records that do not begin with the version and a semicolon are discarded, before any
    // is read. From among several, that is; one alone is measured by the grammar, which allows white space between.
    private static bool Counts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> version, bool isAlone)
    {
        if (!text.StartsWith(version))
            return false;

        ReadOnlySpan<byte> rest = text[version.Length..];
        return (isAlone ? rest.TrimStart(Bytes.Wsp) : rest).StartsWith(";"u8);
    }

    // RFC 8461 §3.1, RFC 8460 §3: unless exactly one record is left, the policy domain does not take part.
    private static TxtLookup<TRecord> Judge(List<byte[]> counted, Func<byte[], Parsed<TRecord>> read)
    {
        if (counted.Count != 1)
            return counted.Count == 0 ? new NoRecord() : new Several(counted.Count);

        // RFC 8461 §3.1: nor does it when the record is syntactically invalid.
        // Deviation: RFC 8460 §3 does not say what a syntax error means; it means the same there.
        Parsed<TRecord> reading = read(counted[0]);
        return reading.Value is { } record ? new Found(record, reading.Problems) : new Invalid(reading.Problems);
    }
}
