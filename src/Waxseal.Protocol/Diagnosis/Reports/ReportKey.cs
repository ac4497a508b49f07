using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// What makes a report one report. The report-id alone does not: some senders give every report of a day the same one,
/// and a forged report could take the id of a true one. Microsoft makes one report of a day and may make it again weeks
/// later under another id, so of its reports the id says nothing.
/// </summary>
/// <param name="Start">Where its date range starts, in ticks of UTC.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Reporter">Who sent it.</param>
/// <param name="Identity">A short name for its report-id and its policy domains.</param>
internal sealed record ReportKey(long Start, long End, string Reporter, UInt128 Identity) : IComparable<ReportKey>
{
    public static ReportKey Of(Reporter reporter, ReportEvidence evidence)
    {
        Report report = evidence.Report;
        string? id = MadeBy(reporter, report) is null ? report.ReportId : null;
        IEnumerable<string> policyDomains = report.Policies.Select(evidence.PolicyDomainOf).Distinct().Order(StringComparer.Ordinal);
        return new(
            report.DateRange.Start.UtcTicks,
            report.DateRange.End.UtcTicks,
            reporter.Name,
            new Fingerprint().Add(id).Add(string.Join(' ', policyDomains)).Value);
    }

    /// <summary>When a report was made, where its report-id tells: that of Microsoft does.</summary>
    public static DateTimeOffset? MadeBy(Reporter reporter, Report report) =>
        reporter.Profile.Id == "microsoft" ? ReportIdShapes.MicrosoftGenerationTime(report.ReportId) : null;

    /// <summary>Orders reports by their days, then by who sent them.</summary>
    public int CompareTo(ReportKey? other) => other is null
        ? 1
        : (Start, End, new Ordinal(Reporter), Identity).CompareTo((other.Start, other.End, new Ordinal(other.Reporter), other.Identity));

    private readonly record struct Ordinal(string Text) : IComparable<Ordinal>
    {
        public int CompareTo(Ordinal other) => string.CompareOrdinal(Text, other.Text);
    }
}
