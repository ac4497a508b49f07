using System.Collections.Immutable;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts;

/// <summary>What the TXT records at <c>_mta-sts.&lt;policy domain&gt;</c> say (RFC 8461 §3.1).</summary>
public abstract record StsRecordLookup
{
    // A policy domain has a handful of TXT records at that name; more are not looked at for slips.
    private const int MaxLookAlikes = 10;

    private StsRecordLookup() { }

    /// <summary>
    /// Records that do not count but seem to be meant as MTA-STS records, as read; ten at most. For a checker.
    /// </summary>
    public ImmutableArray<Parsed<StsRecord>> LookAlikes { get; private init; } = [];

    /// <summary>One record announces a policy.</summary>
    /// <param name="Record">The record.</param>
    /// <param name="Problems">What is unwise about it, or wrong and tolerable.</param>
    public sealed record Found(StsRecord Record, ImmutableArray<Problem> Problems) : StsRecordLookup;

    /// <summary>There is no MTA-STS record.</summary>
    public sealed record NoRecord : StsRecordLookup;

    /// <summary>There is more than one MTA-STS record, so that none counts.</summary>
    /// <param name="Count">How many: 2 or more.</param>
    public sealed record Several(int Count) : StsRecordLookup;

    /// <summary>There is one MTA-STS record, and it cannot be used.</summary>
    /// <param name="Problems">What is wrong with it.</param>
    public sealed record Invalid(ImmutableArray<Problem> Problems) : StsRecordLookup;

    /// <summary>DNS gave no answer, or none that could be believed; nothing is known.</summary>
    /// <param name="Reason">What went wrong, in a few words.</param>
    public sealed record Failed(string Reason) : StsRecordLookup;

    /// <summary>The outcome of an answer.</summary>
    /// <param name="records">
    /// The TXT records after any CNAME was followed, each as its character-strings; none when there are none.
    /// </param>
    public static StsRecordLookup Of(IReadOnlyCollection<IReadOnlyList<ReadOnlyMemory<byte>>> records)
    {
        // RFC 8461 §3.1: of several records, those that do not begin with "v=STSv1;" are discarded before they are
        // counted. One alone is measured by the grammar, which allows white space before that semicolon.
        ILookup<bool, byte[]> parted = records.Select(Join).ToLookup(text => records.Count > 1
            ? text.AsSpan().StartsWith("v=STSv1;"u8)
            : RecordOpening.CountVersion(text) > 0);

        IEnumerable<byte[]> lookAlikes = parted[false].Where(RecordOpening.IsLookAlike).Take(MaxLookAlikes);
        return Judge([.. parted[true]]) with
        {
            LookAlikes = [.. lookAlikes.Select(text => StsRecordReader.Read(text))],
        };
    }

    /// <summary>The text of one TXT record.</summary>
    // RFC 8461 §3.1: the strings of a record are joined without spaces.
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        var text = new byte[strings.Sum(part => part.Length)];
        int offset = 0;
        foreach (ReadOnlyMemory<byte> part in strings)
        {
            part.CopyTo(text.AsMemory(offset));
            offset += part.Length;
        }

        return text;
    }

    // RFC 8461 §3.1: if not one record is left, or it is syntactically invalid, there is no policy to be had.
    private static StsRecordLookup Judge(byte[][] texts)
    {
        if (texts.Length == 0)
            return new NoRecord();
        if (texts.Length > 1)
            return new Several(texts.Length);

        Parsed<StsRecord> reading = StsRecordReader.Read(texts[0]);
        return reading.Value is { } record ? new Found(record, reading.Problems) : new Invalid(reading.Problems);
    }
}
