namespace Waxseal.Linting;

/// <summary>One text that was checked.</summary>
/// <param name="Kind">What it is meant to be.</param>
/// <param name="Source">Where it is from, for people.</param>
/// <param name="Reading">What came of it.</param>
internal sealed record LintSubject(LintKind Kind, string Source, LintReading Reading);
