using Waxseal.Inputs;
using Waxseal.Linting;
using Waxseal.Protocol.Names;
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
            ? new ReportFiles(surroundings.In).Read([file], cancellationToken).Select(LintOutcome.OfReport).OfType<LintOutcome>()
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
}
