using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>Collects the problems of one text: as many as a person will read, and what the rest amount to.</summary>
/// <param name="text">The text the offsets belong to.</param>
/// <param name="rule">The section whose grammar the text has to keep.</param>
internal ref struct ProblemList(ReadOnlySpan<byte> text, string rule)
{
    public const int MaxKept = 100;
    public const int MaxExcerpt = 120;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly List<Problem> _kept = [];
    private int _leftOut;
    private bool _leftOutErrors;

    /// <summary>Whether an error leaves no value to go on with.</summary>
    public bool HasFatal { get; private set; }

    public void Error(string code, int offset, int length, string message, string? correction = null)
    {
        HasFatal = true;
        Add(code, ProblemSeverity.Error, offset, length, message, correction);
    }

    public void Tolerable(string code, int offset, int length, string message, string? correction = null) =>
        Add(code, ProblemSeverity.Error, offset, length, message, correction, isTolerable: true);

    public void Warning(
        string code, int offset, int length, string message, string? correction = null, string? section = null) =>
        Add(code, ProblemSeverity.Warning, offset, length, message, correction, section: section);

    /// <summary>The problems in the order of the text.</summary>
    public readonly ImmutableArray<Problem> ToImmutable()
    {
        // OrderBy is stable: problems of one place stay in the order they were found.
        IEnumerable<Problem> ordered = _kept.OrderBy(problem => problem.Place.Offset);
        return _leftOut == 0 ? [.. ordered] : [.. ordered, LeftOut()];
    }

    private void Add(
        string code,
        ProblemSeverity severity,
        int offset,
        int length,
        string message,
        string? correction,
        bool isTolerable = false,
        string? section = null)
    {
        if (_kept.Count == MaxKept)
        {
            _leftOut++;
            _leftOutErrors |= severity == ProblemSeverity.Error;
            return;
        }

        _kept.Add(new Problem(code, severity, Place.Of(_text, offset), message, section ?? rule)
        {
            Text = length == 0 ? null : Encoding.UTF8.GetString(_text.Slice(offset, Math.Min(length, MaxExcerpt))),
            Correction = correction,
            IsTolerable = isTolerable,
        });
    }

    private readonly Problem LeftOut() => new(
        "sts-problems-left-out",
        _leftOutErrors ? ProblemSeverity.Error : ProblemSeverity.Warning,
        Place.Of(_text, _text.Length),
        $"{_leftOut} more problems are not listed. Correct those above and look again.",
        rule)
    {
        IsTolerable = _leftOutErrors && !HasFatal,
    };
}
