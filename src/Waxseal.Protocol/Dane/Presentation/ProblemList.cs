using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>The problems of one entry. Those that a correction mends get it once the whole entry is read.</summary>
internal readonly ref struct ProblemList(ReadOnlySpan<byte> text)
{
    private const int MaxShown = 100;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly List<(Problem Problem, bool IsMended)> _problems = [];

    /// <summary>The problems; those that can be mended carry the correction.</summary>
    public IEnumerable<Problem> WithCorrection(string? correction) =>
        _problems.Select(entry => entry.IsMended ? entry.Problem with { Correction = correction } : entry.Problem);

    /// <summary>Adds an error that leaves open what the record is.</summary>
    public void AddError(string code, Token word, string message, string rule = "RFC 6698 §2.2") =>
        Add(code, ProblemSeverity.Error, word, message, rule);

    /// <summary>Adds an error in writing that leaves no doubt about the record.</summary>
    public void AddSlip(string code, Token word, string message, string rule = "RFC 6698 §2.2") =>
        Add(code, ProblemSeverity.Error, word, message, rule, isTolerable: true, isMended: true);

    /// <summary>Adds a problem that is legal, if unwise.</summary>
    public void AddWarning(string code, Token word, string message, string rule, bool isMended = false) =>
        Add(code, ProblemSeverity.Warning, word, message, rule, isTolerable: false, isMended);

    /// <summary>Adds what is to be said about a record. A sender reads past its errors, and does not use it.</summary>
    public void Add(RecordAdvice advice, Token word, bool isMended) => Add(
        advice.Code,
        advice.Severity,
        word,
        advice.Message,
        advice.Rule,
        isTolerable: advice.Severity == ProblemSeverity.Error,
        isMended);

    private void Add(
        string code,
        ProblemSeverity severity,
        Token word,
        string message,
        string rule,
        bool isTolerable = false,
        bool isMended = false)
    {
        ReadOnlySpan<byte> piece = word.In(_text);
        var problem = new Problem(code, severity, Place.Of(_text, word.Offset), message, rule)
        {
            Text = piece.IsEmpty ? null : Encoding.UTF8.GetString(piece[..Math.Min(piece.Length, MaxShown)]),
            IsTolerable = isTolerable,
        };
        _problems.Add((problem, isMended));
    }
}
