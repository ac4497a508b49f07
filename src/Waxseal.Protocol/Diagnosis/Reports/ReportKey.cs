using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// What makes a report one report. The report-id alone does not: some senders give every report of a day the same one,
/// and a forged report could take the id of a true one.
/// </summary>
/// <param name="Start">Where its date range starts, in ticks of UTC.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Reporter">Who sent it.</param>
/// <param name="Made">When it was made, in ticks of UTC, where its report-id tells; 0 else.</param>
/// <param name="Identity">A short name for its report-id and its policy domains.</param>
internal sealed record ReportKey(long Start, long End, string Reporter, long Made, UInt128 Identity) : IComparable<ReportKey>
{
    public static ReportKey Of(Reporter reporter, ReportEvidence evidence)
    {
        ReportDateRange range = evidence.Report.DateRange;
        return new(
            range.Start.UtcTicks,
            range.End.UtcTicks,
            reporter.Name,
            MadeBy(reporter, evidence.Report)?.UtcTicks ?? 0,
            new Fingerprint().Add(evidence.Report.ReportId).Add(PolicyDomainsOf(evidence)).Value);
    }

    /// <summary>When a report was made, where its report-id tells: that of Microsoft does.</summary>
    public static DateTimeOffset? MadeBy(Reporter reporter, Report report) =>
        reporter.Profile.Id == "microsoft" ? ReportIdShapes.MicrosoftGenerationTime(report.ReportId) : null;

    /// <summary>Orders reports by their days, then by who sent them and when.</summary>
    public int CompareTo(ReportKey? other) => other is null
        ? 1
        : (Start, End, new Ordinal(Reporter), Made, Identity)
            .CompareTo((other.Start, other.End, new Ordinal(other.Reporter), other.Made, other.Identity));

    internal static string PolicyDomainsOf(ReportEvidence evidence) =>
        string.Join(' ', evidence.Report.Policies.Select(evidence.PolicyDomainOf).Distinct().Order(StringComparer.Ordinal));

    private readonly record struct Ordinal(string Text) : IComparable<Ordinal>
    {
        public int CompareTo(Ordinal other) => string.CompareOrdinal(Text, other.Text);
    }
}
