using System.CommandLine;

namespace Waxseal.Commands;

/// <summary>The option <c>--fail-on</c>: from which severity on what was found shows in the exit code.</summary>
internal sealed class FailOnOption : Option<string>
{
    private const string Never = "never";

    private readonly string[] _severities;

    /// <param name="found">What it is about, such as <c>a finding</c>.</param>
    /// <param name="usual">The severity when the option is not given.</param>
    /// <param name="severities">All severities there are, the worst first.</param>
    public FailOnOption(string found, string usual, params string[] severities)
        : base("--fail-on")
    {
        _severities = severities;
        IEnumerable<string> words = severities.Select(severity => severity == usual ? $"{severity} (default)" : severity);
        Description = $"End with exit code 1 when {found} is as bad as this: {string.Join(", ", words)}, or {Never}.";
        HelpName = "SEVERITY";
        DefaultValueFactory = _ => usual;
        AcceptOnlyFromAmong([.. severities, Never]);
    }

    /// <summary>The exit code of an answer.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="found">The severities of what was found.</param>
    public int ExitCodeOf(ParseResult parsed, IEnumerable<string> found)
    {
        return found.Any(severity => Fails(parsed, severity)) ? ExitCode.Findings : ExitCode.Clean;
    }

    /// <summary>Whether something of a severity shows in the exit code.</summary>
    public bool Fails(ParseResult parsed, string severity) => Array.IndexOf(_severities, severity) <= Array.IndexOf(_severities, parsed.GetValue(this)!);
}
