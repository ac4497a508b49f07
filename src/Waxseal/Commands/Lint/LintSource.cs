using Waxseal.Inputs;
using Waxseal.Linting;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Terminal;

namespace Waxseal.Commands.Lint;

/// <summary>Reads what is to be checked.</summary>
/// <param name="surroundings">The world.</param>
/// <param name="policyDomain">The policy domain the texts are for, or null.</param>
internal sealed class LintSource(Surroundings surroundings, DomainName? policyDomain)
{
    // Far above the limit of every kind of text, so that the reader of the kind says what is too long.
    private const int MaxBytes = 1_000_000;

    /// <summary>The texts in a file, or the reasons why there are none.</summary>
    public IEnumerable<LintOutcome> Read(LintKind kind, string file, CancellationToken cancellationToken) =>
        kind == LintKind.Report
            ? new ReportFiles(surroundings.In).Read([file], cancellationToken).Select(OfReport).OfType<LintOutcome>()
            : [OfText(kind, file)];

    private LintOutcome OfText(LintKind kind, string file)
    {
        string source = new ReportOrigin(file).ToString();
        byte[]? text = ReadFile(file, out string? refusal);
        if (text is null)
            return new LintOutcome.Unread(source, refusal!);

        LintContext context = new(DateOnly.FromDateTime(surroundings.Clock.GetUtcNow().UtcDateTime), policyDomain);
        return new LintOutcome.Checked(new LintSubject(kind, source, kind.Read(text, context)));
    }

    private byte[]? ReadFile(string file, out string? refusal)
    {
        if (file == ReportOrigin.StandardInput)
            return InputFile.ReadRest(surroundings.In, [], MaxBytes, out refusal);

        using FileStream? stream = InputFile.Open(file, out refusal);
        if (stream is not null)
            return InputFile.ReadRest(stream, [], MaxBytes, out refusal);

        // Records are short; it is natural to type them where the file belongs.
        if (file.StartsWith("v=", StringComparison.Ordinal))
            refusal = "is a text, not a file; hand it in by a pipe: echo '...' | waxseal lint KIND";
        return null;
    }

    private static LintOutcome? OfReport(IntakeResult result) => result switch
    {
        IntakeResult.Found found => new LintOutcome.Checked(
            new LintSubject(
                LintKind.Report,
                found.Origin.ToString(),
                LintReading.Of(found.Json, ReportReader.Read(found.Json.Span), found.PackingDefects))),
        IntakeResult.Failed { WasRead: true } failed => new LintOutcome.Checked(
            new LintSubject(LintKind.Report, failed.Origin.ToString(), LintReading.OfNoReport(failed.ReasonAndPlace))),
        IntakeResult.Failed failed => new LintOutcome.Unread(failed.Origin.ToString(), failed.ReasonAndPlace),
        _ => null,
    };
}

/// <summary>What came of one thing to check.</summary>
internal abstract record LintOutcome
{
    private LintOutcome()
    {
    }

    /// <summary>It was checked.</summary>
    public sealed record Checked(LintSubject Subject) : LintOutcome;

    /// <summary>It could not be read.</summary>
    /// <param name="Source">Where it is.</param>
    /// <param name="Reason">Why not, as the end of a sentence that begins with the source.</param>
    public sealed record Unread(string Source, string Reason) : LintOutcome;
}
