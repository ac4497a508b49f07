using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt.Body;
using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Writing;

/// <summary>Brings a report into the one form it is written in, or finds the first thing that has none.</summary>
internal sealed class ConformingReport
{
    private static readonly TimeSpan LastSecond = new(23, 59, 59);

    private readonly ReportFaults _faults = new();
    private readonly ConformingPolicy _policies;

    public ConformingReport() => _policies = new ConformingPolicy(_faults);

    public Report Make(Report report, out ReportWriteError? error)
    {
        var conforming = new Report
        {
            OrganizationName = _faults.Required(report.OrganizationName, "organization-name"),
            DateRange = Range(report.DateRange),
            ContactInfo = Contact(report.ContactInfo),
            ReportId = _faults.Required(report.ReportId, "report-id"),
            Policies = Policies(report.Policies),
        };
        error = _faults.First;
        return conforming;
    }

    // RFC 8460 §4.1: one whole UTC day, which §4.4 shows as ending at 23:59:59.
    private ReportDateRange Range(ReportDateRange range)
    {
        if (!DateRangeParser.IsUtcDay(range))
            _faults.Add("date-range", "The date range must be one whole UTC day.");

        var start = new DateTimeOffset(range.FirstDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return new ReportDateRange(start, start.Add(LastSecond));
    }

    // RFC 8460 §4.4: an addr-spec.
    private string Contact(string? contact)
    {
        string text = _faults.Required(contact, "contact-info");
        if (!ContactText.IsAddrSpec(text))
            _faults.Add("contact-info", "The contact must be a plain mail address.");
        return text;
    }

    private ImmutableArray<ReportPolicy> Policies(ImmutableArray<ReportPolicy> policies)
    {
        if (policies.IsEmpty)
        {
            _faults.Add("policies", "A report without policies says nothing.");
            return [];
        }

        // The receiver's limits of ReportLimits are kept, so that what we write we can read.
        if (policies.Length > ReportLimits.Policies)
            _faults.Add("policies", $"A report has {ReportLimits.Policies} policies at most.");
        if (policies.Sum(policy => (long)policy.Failures.Length) > ReportLimits.FailureDetails)
            _faults.Add("policies", $"A report has {ReportLimits.FailureDetails} failure details at most.");
        if (policies.Sum(ListEntries) > ReportLimits.ListEntriesInAll)
            _faults.Add("policies", $"All lists of a report have {ReportLimits.ListEntriesInAll} entries at most.");

        return _faults.First is null ? [.. policies.Select(_policies.Make)] : [];
    }

    private static long ListEntries(ReportPolicy policy) => (long)policy.PolicyString.Length + policy.MxHosts.Length;
}
