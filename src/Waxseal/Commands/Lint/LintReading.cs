using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Commands.Lint;

/// <summary>What came of checking one text.</summary>
/// <param name="Text">The text that the places of the problems count in.</param>
/// <param name="IsValid">Whether it keeps the standard to the letter.</param>
/// <param name="Value">What was understood, or null when nothing can be made of it.</param>
/// <param name="Problems">All that is wrong or unwise, in the order of the text.</param>
internal sealed record LintReading(
    ReadOnlyMemory<byte> Text, bool IsValid, LintValue? Value, ImmutableArray<Problem> Problems)
{
    // RFC 8460 §4.4 is the whole of the schema; a defect does not tell more.
    private const string ReportRule = "RFC 8460 §4.4";

    public int Errors => Problems.Count(problem => problem.Severity == ProblemSeverity.Error);

    public int Warnings => Problems.Count(problem => problem.Severity == ProblemSeverity.Warning);

    public static LintReading Of<T>(ReadOnlyMemory<byte> text, Parsed<T> parsed, Func<T, LintValue> describe)
        where T : class =>
        new(text, parsed.Conforms, parsed.Value is null ? null : describe(parsed.Value), parsed.Problems);

    public static LintReading Of(ReadOnlyMemory<byte> text, ReportReading reading) => new(
        text,
        reading.Conforms,
        reading.Report is null ? null : new ReportValue(reading.Report),
        [.. reading.Defects.Select(defect => ToProblem(defect, text.Span))]);

    /// <summary>What came of an input in which there is no report.</summary>
    /// <param name="reason">Why there is none, as the end of a sentence that begins with the input.</param>
    public static LintReading OfNoReport(string reason) => new(
        ReadOnlyMemory<byte>.Empty,
        false,
        null,
        [new Problem("no-report", ProblemSeverity.Error, new Place(0, 1, 1), $"The input {reason}.", "RFC 8460 §5.3")]);

    private static Problem ToProblem(ReportDefect defect, ReadOnlySpan<byte> text)
    {
        int offset = (int)Math.Clamp(defect.Offset, 0, text.Length);
        string where = defect.JsonPointer.Length == 0 ? "" : $"{defect.JsonPointer}: ";
        string who = defect.KnownSender is null ? "" : $" Known of {defect.KnownSender}.";
        return new Problem(defect.Code, ProblemSeverity.Error, Place.Of(text, offset), where + defect.Message + who, ReportRule)
        {
            IsTolerable = !defect.IsFatal,
        };
    }
}
