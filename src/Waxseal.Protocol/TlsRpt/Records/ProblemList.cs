using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>
/// Gathers the problems of one record while it is read. They are finished at the end, when it is known whether the
/// whole record can be corrected.
/// </summary>
internal sealed class ProblemList
{
    // Text from outsiders may be wrong at every byte; nobody reads more than this many of a severity.
    private const int MaxProblems = 50;
    private const int MaxText = 200;

    private readonly List<Draft> _drafts = [];

    // The resolver cannot go on.
    public bool IsFatal { get; private set; }

    // At least one error only the author can correct.
    public bool NeedsAuthor { get; private set; }

    public bool HasErrors { get; private set; }

    public void Error(
        string code,
        int offset,
        int length,
        string message,
        string rule = "RFC 8460 §3",
        bool isMended = false,
        bool isTolerable = false)
    {
        HasErrors = true;
        IsFatal |= !isTolerable;
        NeedsAuthor |= !isMended;
        Add(new(code, ProblemSeverity.Error, offset, length, message, rule, isMended, isTolerable));
    }

    public void Warn(
        string code,
        int offset,
        int length,
        string message,
        string rule = "RFC 8460 §3",
        bool isMended = false) =>
        Add(new(code, ProblemSeverity.Warning, offset, length, message, rule, isMended, false));

    /// <summary>The problems in the order of the text.</summary>
    /// <param name="text">The text the offsets count in.</param>
    /// <param name="correction">The corrected record, or null when there is none.</param>
    public ImmutableArray<Problem> Finish(ReadOnlySpan<byte> text, string? correction)
    {
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>(_drafts.Count);
        foreach (Draft draft in _drafts.OrderBy(draft => draft.Offset))
        {
            problems.Add(new(draft.Code, draft.Severity, Place.Of(text, draft.Offset), draft.Message, draft.Rule)
            {
                Text = draft.Length == 0 ? null : TextOf(text.Slice(draft.Offset, draft.Length)),
                Correction = draft.IsMended ? correction : null,
                IsTolerable = draft.IsTolerable,
            });
        }

        return problems.MoveToImmutable();
    }

    private void Add(Draft draft)
    {
        if (_drafts.Count(other => other.Severity == draft.Severity) < MaxProblems)
            _drafts.Add(draft);
    }

    private static string TextOf(ReadOnlySpan<byte> piece) =>
        Encoding.UTF8.GetString(piece[..Math.Min(piece.Length, MaxText)]);

    private sealed record Draft(
        string Code,
        ProblemSeverity Severity,
        int Offset,
        int Length,
        string Message,
        string Rule,
        bool IsMended,
        bool IsTolerable);
}
