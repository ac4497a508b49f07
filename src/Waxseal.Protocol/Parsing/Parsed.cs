using System.Collections.Immutable;

namespace Waxseal.Protocol.Parsing;

/// <summary>A value read from text, with everything that is wrong or unwise about the text.</summary>
/// <param name="Value">
/// The value a resolver goes on with: null when an error leaves open what is said. It may still be of no use, such as a
/// TLSA record of an unknown usage; that error is then not tolerable. Whoever must be strict asks <see cref="Conforms"/>
/// too.
/// </param>
/// <param name="Problems">All problems, in the order of the text.</param>
public sealed record Parsed<T>(T? Value, ImmutableArray<Problem> Problems)
    where T : class
{
    /// <summary>Whether the text keeps the standard to the letter; warnings do not count.</summary>
    public bool Conforms => Value is not null && Problems.All(problem => problem.Severity != ProblemSeverity.Error);
}
