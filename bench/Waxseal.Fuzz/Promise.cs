using Waxseal.Protocol.Parsing;

namespace Waxseal.Fuzz;

/// <summary>What every answer of a parser promises.</summary>
internal static class Promise
{
    private const int MaxQuote = 200;

    public static void Kept(bool promise, string what)
    {
        if (!promise)
            throw new BrokenPromiseException(what);
    }

    public static void Kept<T>(Parsed<T> parsed, ReadOnlySpan<byte> text)
        where T : class
    {
        foreach (Problem problem in parsed.Problems)
            Kept(problem, text);

        Kept(parsed.Value is not null || HasFatal(parsed), "Without a value there is an error that is not tolerable.");
    }

    /// <summary>For texts of which no value is ever of no use: with such an error there is none.</summary>
    public static void KeptToTheEnd<T>(Parsed<T> parsed, ReadOnlySpan<byte> text)
        where T : class
    {
        Kept(parsed, text);
        Kept(parsed.Value is null || !HasFatal(parsed), "With a value all errors are tolerable.");
    }

    private static bool HasFatal<T>(Parsed<T> parsed)
        where T : class =>
        parsed.Problems.Any(problem => problem is { Severity: ProblemSeverity.Error, IsTolerable: false });

    private static void Kept(Problem problem, ReadOnlySpan<byte> text)
    {
        Kept(problem.Place.Offset >= 0 && problem.Place.Offset <= text.Length, $"{problem.Code} lies within the text.");
        Kept(problem.Place == Place.Of(text, problem.Place.Offset), $"{problem.Code} has the line and column of its offset.");
        Kept(problem.Text is null or { Length: <= MaxQuote }, $"{problem.Code} quotes at most {MaxQuote} characters.");
        Kept(problem.Severity == ProblemSeverity.Error || !problem.IsTolerable, $"{problem.Code}: only errors are tolerable.");
        Kept(problem.Rule.Contains('§'), $"{problem.Code} names the section it comes from.");
    }
}
