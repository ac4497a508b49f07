using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// What makes a report one report. The report-id alone does not: some senders give every report of a day the same one,
/// and a forged report could take the id of a true one.
/// </summary>
internal sealed record ReportKey(
    DateTimeOffset Start, DateTimeOffset End, string Reporter, string ReportId, string PolicyDomains) : IComparable<ReportKey>
{
    public static ReportKey Of(Reporter reporter, ReportEvidence evidence)
    {
        Report report = evidence.Report;
        IEnumerable<string> policyDomains = report.Policies.Select(evidence.PolicyDomainOf).Distinct().Order(StringComparer.Ordinal);
        return new(report.DateRange.Start, report.DateRange.End, reporter.Name, report.ReportId, string.Join(' ', policyDomains));
    }

    /// <summary>Orders reports by their days, then by who sent them.</summary>
    public int CompareTo(ReportKey? other)
    {
        if (other is null)
            return 1;
        if (Start.CompareTo(other.Start) is not 0 and var start)
            return start;
        if (End.CompareTo(other.End) is not 0 and var end)
            return end;
        if (string.CompareOrdinal(Reporter, other.Reporter) is not 0 and var reporter)
            return reporter;
        return string.CompareOrdinal(ReportId, other.ReportId) is not 0 and var id
            ? id
            : string.CompareOrdinal(PolicyDomains, other.PolicyDomains);
    }
}
