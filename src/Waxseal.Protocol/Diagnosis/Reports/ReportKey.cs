using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// What makes a report one report. The report-id alone does not: some senders give every report of a day the same one,
/// and a forged report could take the id of a true one.
/// </summary>
internal sealed record ReportKey(string Reporter, string ReportId, DateTimeOffset Start, DateTimeOffset End, string PolicyDomains)
{
    public static ReportKey Of(Reporter reporter, ReportEvidence evidence)
    {
        Report report = evidence.Report;
        IEnumerable<string> domains = report.Policies
            .Select(policy => policy.PolicyDomain ?? evidence.PolicyDomainOfEnvelope ?? "")
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new(reporter.Name, report.ReportId, report.DateRange.Start, report.DateRange.End, string.Join(' ', domains));
    }
}
