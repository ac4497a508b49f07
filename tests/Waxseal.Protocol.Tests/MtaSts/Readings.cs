using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.Tests.Names;

namespace Waxseal.Protocol.Tests.MtaSts;

/// <summary>What the tests ask of a reading, and the values they read with.</summary>
internal static class Readings
{
    public static IEnumerable<string> Codes<T>(this Parsed<T> reading)
        where T : class => reading.Problems.Select(problem => problem.Code);

    public static IEnumerable<string> ErrorCodes<T>(this Parsed<T> reading)
        where T : class =>
        reading.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Code);

    public static bool HasFatal<T>(this Parsed<T> reading)
        where T : class =>
        reading.Problems.Any(problem => problem is { Severity: ProblemSeverity.Error, IsTolerable: false });

    public static DomainName Name(string text) => TestName.Of(text);

    public static MxPattern Pattern(string text)
    {
        Assert.True(MxPattern.TryParse(text, out MxPattern? pattern, out _));
        return pattern;
    }

    /// <summary>A text of pieces taken by chance.</summary>
    public static string Shuffle(Random random, string[] pieces, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => pieces[random.Next(pieces.Length)]));
}
