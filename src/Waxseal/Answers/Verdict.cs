using System.Globalization;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Answers;

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
    private const int MostNamed = 4;

    // The words of the finding, which knows no names.
    private const string SomeCannot = "Some senders cannot get the policy";

    public static Verdict Of(CheckResult result) => result.Standing switch
    {
        CheckStanding.Healthy => Healthy(result),
        CheckStanding.WithoutPolicy => new(Tone.Dim, "no MTA-STS policy is published.", ""),
        CheckStanding.Flawed => new(Tone.Warning, Flaw(result), $"{Counts(result)}."),
        CheckStanding.Broken => new(Tone.Error, result.Findings[0].InShort.TrimEnd('.'), $"{Counts(result)}."),
        _ => new(Tone.Warning, "could not be looked at: the resolver gave no answers. Try another with --resolver.", ""),
    };

    // A sender may refuse what the standard allows; and what was not looked at is not well.
    private static Verdict Healthy(CheckResult result)
    {
        string remarks = result.Findings.IsEmpty ? "" : $" {Count(result.Findings.Length, "remark")}.";
        string[] failing = [.. result.Senders.Where(sender => sender is { FailsAt: not null, IsAssumed: false }).Select(sender => sender.Title)];
        return failing.Length > 0
            ? new(Tone.Warning, $"all is well by the standard, but {Names(failing)} cannot get or accept the policy.", remarks)
            : new(Tone.Good, result.Omitted.IsEmpty ? "all is well." : "all that was looked at is well.", remarks);
    }

    // Whom it concerns is said in the headline, where the table knows.
    private static string Flaw(CheckResult result)
    {
        string inShort = result.Findings[0].InShort.TrimEnd('.');
        string[] failing = [.. result.Senders.Where(sender => sender is { FailsAt: not null, IsPartial: false }).Select(sender => sender.Title)];
        return inShort != SomeCannot ? inShort
            : failing.Length == 0 ? "Some senders may not be able to get the policy"
            : failing.Length == result.Senders.Length ? "None of the senders that are known can get the policy as it was seen from here"
            : $"{Names(failing)} cannot get or accept the policy";
    }

    private static string Names(string[] names) => names switch
    {
        [var one] => one,
        { Length: <= MostNamed } => $"{string.Join(", ", names[..^1])} and {names[^1]}",
        _ => $"{string.Join(", ", names[..(MostNamed - 1)])} and {names.Length - MostNamed + 1} more",
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
