using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Reads the policy-string of a report back into the policy it shows.</summary>
internal static class ReportedText
{
    /// <summary>The policy, or null when the lines hold none that a sender could apply.</summary>
    public static StsPolicy? Read(ImmutableArray<string> policyString) =>
        policyString.IsEmpty ? null : Parse(policyString).Value;

    /// <summary>Where the lines break or strain the grammar.</summary>
    public static ImmutableArray<PolicySlip> Slips(ImmutableArray<string> policyString)
    {
        if (policyString.IsEmpty)
            return [];

        // A string may hold a line feed of its own, and then counts as several lines.
        string[] lines = [.. policyString.SelectMany(line => line.Split('\n'))];
        return
        [
            .. Parse(policyString).Problems.Select(problem =>
                new PolicySlip(problem.Code, problem.Place.Line, lines.ElementAtOrDefault(problem.Place.Line - 1) ?? "")),
        ];
    }

    // RFC 8460 §4.5: one string for each line of the policy.
    private static Parsed<StsPolicy> Parse(ImmutableArray<string> policyString) =>
        StsPolicyReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', policyString)));
}

/// <summary>A place at which the policy of a report breaks or strains the grammar.</summary>
/// <param name="Code">The code of the problem, as <c>lint</c> gives it.</param>
/// <param name="LineNumber">The line, from 1.</param>
/// <param name="Line">The line itself.</param>
internal sealed record PolicySlip(string Code, int LineNumber, string Line);
