using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.MxHosts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Checks of the text of the policy (layer H).</summary>
internal static class PolicyTextChecks
{
    // Strictness differs among senders in these; the standard allows them, or one reads them all the same.
    private static readonly string[] ReadByMost = ["H09", "H11", "H12", "H13", "H15", "H16"];

    public static IEnumerable<Detection> Find(CheckView view)
    {
        if (view.Policies.FirstOrDefault(reading => HttpChecks.IsPlainText(reading.Visit.Field("content-type")) || reading.Policy.Value is null) is not { Policy: { } policy } served
            || IsOfHttp(served.Visit.Body.Span) || HttpChecks.CodingOf(served.Visit) is not null)
        {
            return [];
        }

        if (policy.Value is { } good)
            return Unwise(view, good, policy.Problems);

        ImmutableArray<Problem> fatal = [.. policy.Problems.Where(problem => problem is { Severity: ProblemSeverity.Error, IsTolerable: false })];

        // What is missing is missing because of what stands in its place: that line is the cause, the gap its sign.
        Problem first = policy.Problems.FirstOrDefault(problem => IsSlip(problem) && IsLine(problem) && SlipCauses.OfPolicy(problem.Code) is not null)
            ?? fatal.First();
        string causeId = first.Text?.Any(letter => !char.IsAscii(letter)) == true ? "H10" : SlipCauses.OfPolicy(first.Code) ?? "H16";
        return [new(causeId, Consequence.AllUnprotected, view.PolicyHost, Seen(first))
        {
            Share = 0.9,
            Rivals = [.. fatal.Select(problem => SlipCauses.OfPolicy(problem.Code)).OfType<string>().Distinct().Where(id => id != causeId).Take(3).Select(id => (id, 0.03))],
            Paste = first.Correction,
        }];
    }

    // A key that was meant as another is only a warning in itself: the standard lets senders pass over it.
    private static bool IsSlip(Problem problem) => problem.Severity == ProblemSeverity.Error || problem.Code == "sts-policy-field-misspelt";

    private static bool IsLine(Problem problem) => problem.Text is { Length: > 0 };

    // Such bodies are no policies at all, and told of as answers of the web server.
    private static bool IsOfHttp(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    private static IEnumerable<Detection> Unwise(CheckView view, StsPolicy policy, ImmutableArray<Problem> problems)
    {
        foreach (IGrouping<string, Problem> cause in problems.Where(problem => SlipCauses.OfPolicy(problem.Code) is not null).GroupBy(problem => SlipCauses.OfPolicy(problem.Code)!))
        {
            // Short lives are right while a policy is tried out or taken down.
            if (cause.Key == "C17" && policy.Mode != StsMode.Enforce)
                continue;

            // What it does to mail is told where the policy is held against the MX hosts.
            if (cause.Key == "H07" && PolicyAndMxChecks.SlipBehind(view) is not null)
                continue;

            Consequence consequence = cause.Key is "C17" ? Consequence.Fragile
                : cause.Key is "H13" ? Consequence.Nothing
                : ReadByMost.Contains(cause.Key) || cause.Any(problem => problem.Severity == ProblemSeverity.Error) ? Consequence.SomeUnprotected
                : Consequence.Nothing;
            yield return new(cause.Key, consequence, view.PolicyHost, Seen(cause.First())) { Paste = cause.First().Correction };
        }
    }

    internal static string Seen(Problem problem)
    {
        string line = problem.Place.Line is { } number && problem.Text is { Length: > 0 } text ? $"Line {number}: \"{QuotedText.OneLine(text)}\". " : "";
        return $"{line}{problem.Message}";
    }
}
