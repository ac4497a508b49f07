using Waxseal.Inputs;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Linting;

/// <summary>What came of one thing to check.</summary>
internal abstract record LintOutcome
{
    private LintOutcome()
    {
    }

    /// <summary>What came of a part of an input that should hold reports; null for what is none of them.</summary>
    public static LintOutcome? OfReport(IntakeResult result) => result switch
    {
        IntakeResult.Found found => new Checked(
            new LintSubject(
                LintKind.Report,
                found.Origin.ToString(),
                LintReading.Of(found.Json, ReportReader.Read(found.Json.Span), found.PackingDefects))),
        IntakeResult.Failed { WasRead: true } failed => new Checked(
            new LintSubject(LintKind.Report, failed.Origin.ToString(), LintReading.OfNoReport(failed.ReasonAndPlace))),
        IntakeResult.Failed failed => new Unread(failed.Origin.ToString(), failed.ReasonAndPlace),
        _ => null,
    };

    /// <summary>It was checked.</summary>
    public sealed record Checked(LintSubject Subject) : LintOutcome;

    /// <summary>It could not be read.</summary>
    /// <param name="Source">Where it is.</param>
    /// <param name="Reason">Why not, as the end of a sentence that begins with the source.</param>
    public sealed record Unread(string Source, string Reason) : LintOutcome;
}
