using Waxseal.Protocol.MtaSts.Grammar;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts;

/// <summary>Reads the TXT record of MTA-STS by the grammar of RFC 8461 §3.1.</summary>
public static class StsRecordReader
{
    /// <summary>The longest text of a TXT record in octets: what fits into a DNS message.</summary>
    public const int MaxLength = 65_535;

    /// <summary>Reads one TXT record.</summary>
    /// <param name="text">Its character-strings, joined without anything between them.</param>
    /// <param name="today">
    /// The day against which an id that reads as a date is judged, or null; it only adds a warning.
    /// </param>
    /// <returns>
    /// The record, null when sending MTAs have to pass over it; and what is wrong or unwise about the text. The
    /// correction of a problem is the whole record with every problem remedied.
    /// </returns>
    public static Parsed<StsRecord> Read(ReadOnlySpan<byte> text, DateOnly? today = null)
    {
        if (text.Length > MaxLength)
            return Refuse(text, "sts-record-too-long", "The record is longer than a DNS message.", null);
        return RecordOpening.IsEscaped(text) ? ReadEscaped(text, today) : ReadPlain(text, today);
    }

    /// <summary>Picks the record that counts from all TXT records at the name, and reads it.</summary>
    /// <param name="records">
    /// The TXT records after any CNAME was followed, each as its character-strings; none when there are none.
    /// </param>
    // RFC 8461 §3.1: sts-version = %s"v=STSv1"
    public static TxtLookup<StsRecord> ReadAnswer(
        IReadOnlyCollection<IReadOnlyList<ReadOnlyMemory<byte>>> records) =>
        TxtLookup<StsRecord>.Of(records, "v=STSv1"u8, RecordOpening.IsLookAlike, text => Read(text));

    private static Parsed<StsRecord> ReadPlain(ReadOnlySpan<byte> text, DateOnly? today) =>
        new RecordReading(text, today, NewProblems()).Read();

    // What stands behind the marks is read for the correction alone.
    private static Parsed<StsRecord> ReadEscaped(ReadOnlySpan<byte> text, DateOnly? today)
    {
        Parsed<StsRecord> inner = ReadPlain(RecordOpening.Unescape(text), today);
        string? correction = inner.Conforms
            ? inner.Value!.Text
            : inner.Problems.Select(problem => problem.Correction).FirstOrDefault(line => line is not null);
        return Refuse(text, "sts-record-escaped",
            "Quotation marks or backslashes are part of the data. Enter the record without them.", correction);
    }

    private static Parsed<StsRecord> Refuse(ReadOnlySpan<byte> text, string code, string message, string? correction)
    {
        ProblemList problems = NewProblems();
        problems.Error(code, new(0, text.Length), message, correction);
        return new(null, problems.Finish(text));
    }

    private static ProblemList NewProblems() => new("sts", "RFC 8461 §3.1");
}
