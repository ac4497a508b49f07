using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Linting;

/// <summary>What came of checking one text.</summary>
/// <param name="Text">The text that the places of the problems count in.</param>
/// <param name="IsValid">Whether it keeps the standard to the letter.</param>
/// <param name="Value">What was understood, or null when nothing can be made of it.</param>
/// <param name="Problems">All that is wrong or unwise, in the order of the text.</param>
internal sealed record LintReading(
    ReadOnlyMemory<byte> Text, bool IsValid, LintValue? Value, ImmutableArray<Problem> Problems)
{
    // RFC 8460 §4, RFC 7493 §2.1: the report is JSON in UTF-8, as it is or compressed once (RFC 8460 §5.1, §5.2).
    private static readonly string[] PackingErrors = ["utf-16", "base64-text", "base64-faults", "packed-twice"];

    public int Errors => Problems.Count(problem => problem.Severity == ProblemSeverity.Error);

    public int Warnings => Problems.Count(problem => problem.Severity == ProblemSeverity.Warning);

    public static LintReading Of<T>(ReadOnlyMemory<byte> text, Parsed<T> parsed, Func<T, LintValue> describe)
        where T : class =>
        new(text, parsed.Conforms, parsed.Value is null ? null : describe(parsed.Value), parsed.Problems);

    public static LintReading Of(ReadOnlyMemory<byte> text, ReportReading reading) => Of(text, reading, []);

    /// <summary>What came of checking a report and how it was packed.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="reading">What came of reading it.</param>
    /// <param name="packing">What is wrong or unusual about the packing.</param>
    public static LintReading Of(ReadOnlyMemory<byte> text, ReportReading reading, ImmutableArray<ReportDefect> packing)
    {
        ImmutableArray<Problem> problems = [.. packing.Select(OfPacking), .. reading.Defects.Select(defect => ToProblem(defect, text.Span))];
        return new LintReading(
            text,
            reading.Conforms && problems.All(problem => problem.Severity == ProblemSeverity.Warning),
            reading.Report is null ? null : new ReportValue(reading.Report),
            problems);
    }

    /// <summary>What came of an input in which there is no report.</summary>
    /// <param name="reason">Why there is none, as the end of a sentence that begins with the input.</param>
    public static LintReading OfNoReport(string reason) => new(
        ReadOnlyMemory<byte>.Empty,
        false,
        null,
        [new Problem("no-report", ProblemSeverity.Error, new Place(0, 1, 1), $"The input {reason}.", "RFC 8460 §5.3")]);

    // RFC 8460 §5.2: a report SHOULD be gzip; zip and what lies beside the report harm nobody who can read them.
    private static Problem OfPacking(ReportDefect defect)
    {
        ProblemSeverity severity = PackingErrors.Contains(defect.Code) ? ProblemSeverity.Error : ProblemSeverity.Warning;
        return new Problem(defect.Code, severity, new Place(0, 1, 1), defect.Message, defect.Rule)
        {
            IsTolerable = severity == ProblemSeverity.Error,
        };
    }

    private static Problem ToProblem(ReportDefect defect, ReadOnlySpan<byte> text)
    {
        int offset = (int)Math.Clamp(defect.Offset, 0, text.Length);
        string where = defect.JsonPointer.Length == 0 ? "" : $"{defect.JsonPointer}: ";
        string who = defect.KnownSender is null ? "" : $" Known of {defect.KnownSender}.";
        return new Problem(defect.Code, ProblemSeverity.Error, Place.Of(text, offset), where + defect.Message + who, defect.Rule)
        {
            IsTolerable = !defect.IsFatal,
        };
    }
}
