using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>A report as a piece of evidence.</summary>
/// <param name="Report">What the report says.</param>
/// <param name="Origin">Where it came from, for people: a file name, perhaps with a message number.</param>
public sealed record ReportEvidence(Report Report, string Origin)
{
    /// <summary>How the report departs from RFC 8460.</summary>
    public ImmutableArray<ReportDefect> Defects { get; init; } = [];

    /// <summary>Policy domain by the mail's header or the file name, for reports that leave it out; null when not known.</summary>
    public string? PolicyDomainOfEnvelope { get; init; }

    /// <summary>The policy domain of one policy, in lower case and without root dot; empty when nothing tells it.</summary>
    internal string PolicyDomainOf(ReportPolicy policy) =>
        (policy.PolicyDomain ?? PolicyDomainOfEnvelope)?.TrimEnd('.').ToLowerInvariant() ?? "";
}
