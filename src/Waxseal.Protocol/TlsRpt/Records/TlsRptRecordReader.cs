using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>Reads TLS-RPT records (RFC 8460 §3).</summary>
public static class TlsRptRecordReader
{
    /// <summary>Longest text that is read, in bytes; the data of a DNS record are never longer.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>Reads one TXT record and finds all that is wrong or unwise about it at once.</summary>
    /// <param name="text">The character-strings of the record, joined with nothing between them.</param>
    /// <returns>
    /// The record, with null for what a reporter must not use. The corrections of its problems are the whole record,
    /// with every slip mended.
    /// </returns>
    public static Parsed<TlsRptRecord> Read(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxLength)
            return new TlsRptRecordCursor(text).ReadRecord();

        var tooLong = new Problem(
            "tlsrpt-record-too-long",
            ProblemSeverity.Error,
            Place.Of(text, MaxLength),
            $"The text has more than {MaxLength} bytes; no DNS record can hold it.",
            "RFC 1035 §3.2.1");
        return new(null, [tooLong]);
    }

    /// <summary>Picks the record that counts from all TXT records at the name, and reads it.</summary>
    /// <param name="records">
    /// The TXT records after any CNAME was followed, each as its character-strings; none when there are none.
    /// </param>
    // RFC 8460 §3: tlsrpt-version = %s"v=TLSRPTv1"
    public static TxtLookup<TlsRptRecord> ReadAnswer(
        IReadOnlyCollection<IReadOnlyList<ReadOnlyMemory<byte>>> records) =>
        TxtLookup<TlsRptRecord>.Of(records, "v=TLSRPTv1"u8, IsLookAlike, text => Read(text));

    internal static ProblemList NewProblems() => new("tlsrpt", "RFC 8460 §3");

    // Whether a text that is no TLS-RPT record seems to be meant as one.
    private static bool IsLookAlike(byte[] text) =>
        TlsRptVersion.Of(text.AsSpan().TrimStart(" \t\r\n\""u8)).Kind != TlsRptVersionKind.Foreign;
}
