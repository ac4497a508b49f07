using System.Globalization;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>How urgent a verdict is.</summary>
internal enum Tone
{
    /// <summary>Nothing to do.</summary>
    Good,

    /// <summary>Nothing to judge.</summary>
    Dim,

    /// <summary>To be looked into.</summary>
    Warning,

    /// <summary>Mail is held back.</summary>
    Error,
}

/// <summary>How a policy domain stands, in one line.</summary>
/// <param name="Tone">How urgent it is.</param>
/// <param name="Text">The line.</param>
/// <param name="More">How many findings there are, to be written behind it; may be empty.</param>
internal sealed record Verdict(Tone Tone, string Text, string More)
{
    public static Verdict Of(CheckResult result) => result.Standing switch
    {
        CheckStanding.Healthy => new(Tone.Good, "all is well.", result.Findings.IsEmpty ? "" : $" {Count(result.Findings.Length, "remark")}."),
        CheckStanding.WithoutPolicy => new(Tone.Dim, "no MTA-STS policy is published.", ""),
        CheckStanding.Flawed => new(Tone.Warning, result.Findings[0].InShort.TrimEnd('.'), $"{Counts(result)}."),
        CheckStanding.Broken => new(Tone.Error, result.Findings[0].InShort.TrimEnd('.'), $"{Counts(result)}."),
        _ => new(Tone.Warning, "could not be looked at: the resolver gave no answers. Try another with --resolver.", ""),
    };

    private static string Counts(CheckResult result)
    {
        int errors = result.Findings.Count(finding => finding.Severity == Severity.Error);
        int warnings = result.Findings.Count(finding => finding.Severity == Severity.Warning);
        int remarks = result.Findings.Length - errors - warnings;
        string[] counts = [.. new[] { (errors, "error"), (warnings, "warning"), (remarks, "remark") }
            .Where(count => count.Item1 > 0).Select(count => Count(count.Item1, count.Item2))];
        return result.Findings.Length > 1 ? $" ({string.Join(", ", counts)})" : "";
    }

    private static string Count(int count, string word) => $"{count.ToString(CultureInfo.InvariantCulture)} {word}{(count == 1 ? "" : "s")}";
}
