using System.Collections.Immutable;
using System.Text;

namespace Waxseal.Protocol.Parsing;

/// <summary>
/// Gathers the problems of a text while it is read: as many as a person will read, and how many more there are.
/// </summary>
/// <param name="kind">The first word of the codes, such as <c>sts</c>.</param>
/// <param name="grammar">The section whose grammar the text has to keep; a problem may name another rule.</param>
internal sealed class ProblemList(string kind, string grammar)
{
    /// <summary>Most octets of the text that go with a problem.</summary>
    public const int MaxExcerpt = 120;

    // Text from outsiders may be wrong at every octet. The limit bounds the work of finding the places, too.
    private const int MaxListed = 100;

    private readonly List<Draft> _drafts = [];
    private int _errors;
    private int _warnings;
    private int _mended;

    public bool HasErrors => _errors > 0;

    /// <summary>Whether an error leaves no value to go on with.</summary>
    public bool HasFatal { get; private set; }

    /// <summary>Whether there is an error that only the author of the text can mend.</summary>
    public bool NeedsAuthor { get; private set; }

    /// <summary>Adds an error that leaves no value to go on with.</summary>
    /// <param name="code">The code of the problem.</param>
    /// <param name="of">What the problem is about.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="mended">The line as it should be, in a text that is corrected line by line.</param>
    /// <param name="rule">The section that says so.</param>
    /// <param name="needsAuthor">Whether the correction that <see cref="Mend"/> gives leaves this as it is.</param>
    public void Error(
        string code, Piece of, string message, string? mended = null, string? rule = null, bool needsAuthor = false) =>
        Add(new(code, ProblemSeverity.Error, of, message, rule ?? grammar, needsAuthor) { Correction = mended });

    /// <summary>Adds an error that leaves no doubt about what is said, yet nobody can act on it.</summary>
    public void Unusable(string code, Piece of, string message, string? rule = null, bool needsAuthor = false) =>
        Add(new(code, ProblemSeverity.Error, of, message, rule ?? grammar, needsAuthor) { LeavesValue = true });

    /// <summary>Adds an error that leaves no doubt about what is meant.</summary>
    public void Tolerable(
        string code, Piece of, string message, string? mended = null, string? rule = null, bool needsAuthor = false) =>
        Add(new(code, ProblemSeverity.Error, of, message, rule ?? grammar, needsAuthor)
        {
            Correction = mended,
            IsTolerable = true,
        });

    /// <summary>Says that nobody can act on what was read, so that none of its errors is tolerable.</summary>
    public void LeaveNothingUsable()
    {
        for (int i = 0; i < _drafts.Count; i++)
            _drafts[i] = _drafts[i] with { IsTolerable = false };
    }

    /// <summary>Adds what is legal, but unwise.</summary>
    public void Warning(
        string code, Piece of, string message, string? mended = null, string? rule = null, bool needsAuthor = false) =>
        Add(new(code, ProblemSeverity.Warning, of, message, rule ?? grammar, needsAuthor) { Correction = mended });

    /// <summary>
    /// Gives a correction of the whole record to the problems of that record: all that were added since the last call,
    /// other than those that need the author.
    /// </summary>
    /// <param name="correction">The record as it should be, or null where only the author can know.</param>
    public void Mend(string? correction)
    {
        for (; _mended < _drafts.Count; _mended++)
        {
            Draft draft = _drafts[_mended];
            _drafts[_mended] = draft.NeedsAuthor ? draft : draft with { Correction = correction };
        }
    }

    /// <summary>The problems in the order of the text; errors rather than warnings, where there are too many.</summary>
    /// <param name="text">The text that the pieces are of.</param>
    public ImmutableArray<Problem> Finish(ReadOnlySpan<byte> text)
    {
        IEnumerable<Draft> listed = _drafts.OrderBy(draft => draft.Severity).Take(MaxListed);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (Draft draft in listed.OrderBy(draft => draft.Piece.Offset))
            problems.Add(draft.In(text));

        int leftOut = _errors + _warnings - problems.Count;
        if (leftOut > 0)
            problems.Add(LeftOut(leftOut, text.Length).In(text));
        return problems.ToImmutable();
    }

    private void Add(Draft draft)
    {
        bool isError = draft.Severity == ProblemSeverity.Error;
        HasFatal |= isError && !draft.IsTolerable && !draft.LeavesValue;
        NeedsAuthor |= isError && draft.NeedsAuthor;
        int count = isError ? ++_errors : ++_warnings;
        if (count <= MaxListed)
            _drafts.Add(draft);
    }

    private Draft LeftOut(int count, int end)
    {
        ProblemSeverity severity = _errors > MaxListed ? ProblemSeverity.Error : ProblemSeverity.Warning;
        string message = $"{count} more problems are not listed. Correct those above and look again.";
        return new($"{kind}-problems-left-out", severity, new Piece(end, 0), message, grammar, NeedsAuthor: false)
        {
            IsTolerable = severity == ProblemSeverity.Error && !HasFatal,
        };
    }

    // A problem whose place in lines is not looked for yet.
    private sealed record Draft(
        string Code, ProblemSeverity Severity, Piece Piece, string Message, string Rule, bool NeedsAuthor)
    {
        public string? Correction { get; init; }

        public bool IsTolerable { get; init; }

        public bool LeavesValue { get; init; }

        public Problem In(ReadOnlySpan<byte> text)
        {
            ReadOnlySpan<byte> piece = Piece.In(text);
            return new Problem(Code, Severity, Place.Of(text, Piece.Offset), Message, Rule)
            {
                Text = piece.IsEmpty ? null : Encoding.UTF8.GetString(piece[..Math.Min(piece.Length, MaxExcerpt)]),
                Correction = Correction,
                IsTolerable = IsTolerable,
            };
        }
    }
}
