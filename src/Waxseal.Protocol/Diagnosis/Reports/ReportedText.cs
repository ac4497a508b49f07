using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.MtaSts;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Reads the policy-string of a report back into the policy it shows.</summary>
internal static class ReportedText
{
    /// <summary>The policy, or null when the lines hold none that a sender could apply.</summary>
    // RFC 8460 §4.5: one string for each line of the policy.
    public static StsPolicy? Read(ImmutableArray<string> policyString) =>
        policyString.IsEmpty ? null : StsPolicyReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', policyString))).Value;
}
