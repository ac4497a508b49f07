using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>What one reporter said about one policy of one policy domain, for one day (or the few days of its report).</summary>
/// <param name="Reporter">Who said it.</param>
/// <param name="PolicyDomain">The policy domain, lower case; empty when the report does not say.</param>
/// <param name="Days">The days it speaks of.</param>
/// <param name="Type">The kind of policy.</param>
public sealed record ReportedPolicy(Reporter Reporter, string PolicyDomain, ReportedDays Days, PolicyType Type)
{
    /// <summary>Sessions that met the policy.</summary>
    public required long Successful { get; init; }

    /// <summary>Sessions that did not.</summary>
    public required long Failed { get; init; }

    /// <summary>The failures, by kind.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The MTA-STS policy as the reporter saw it, or null when it gave none or none that can be read.</summary>
    public StsPolicy? Policy { get; init; }

    /// <summary>Where the policy-string breaks the grammar, if the reporter called the policy invalid.</summary>
    internal ImmutableArray<PolicySlip> PolicySlips { get; init; } = [];

    /// <summary>The TLSA records as the reporter saw them; of <c>tlsa</c> alone.</summary>
    public ImmutableArray<string> TlsaRecords { get; init; } = [];

    /// <summary>Whether the report carried a policy-string at all.</summary>
    public bool HasPolicyString { get; init; }

    /// <summary>True when the same report counts the same sessions under another policy type, where they are counted.</summary>
    public bool CountedElsewhere { get; init; }

    /// <summary>When the report was made, where its report-id tells; null else.</summary>
    public DateTimeOffset? Made { get; init; }
}

/// <summary>The UTC days a report speaks of, first and last included.</summary>
public sealed record ReportedDays(DateOnly First, DateOnly Last)
{
    /// <summary>Whether the two share a day.</summary>
    public bool Overlaps(ReportedDays other) => First <= other.Last && other.First <= Last;

    /// <inheritdoc/>
    public override string ToString() =>
        First == Last ? UtcDay.InWords(First) : $"{UtcDay.InWords(First)} to {UtcDay.InWords(Last)}";
}
