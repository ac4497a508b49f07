namespace Waxseal.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    /// <summary>Command lines as typed, each with what it does.</summary>
    IEnumerable<(string CommandLine, string Meaning)> Examples { get; }
}
