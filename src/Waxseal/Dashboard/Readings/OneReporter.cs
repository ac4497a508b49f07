using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>One reporter: what is known of it, and what it reported.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Name">Its name.</param>
/// <param name="Profile">What is known of senders of its kind.</param>
/// <param name="Domains">What it counted of each policy domain in the last 14 days.</param>
/// <param name="Reports">Its last reports.</param>
internal sealed record OneReporter(Frame Frame, string Name, ReporterProfile Profile, ImmutableArray<SpanSum> Domains, ImmutableArray<StoredReport> Reports) : IFramed
{
    private const int MostReports = 60;
    private const int SilentDays = 3;

    /// <summary>The last day it reported of; null when it is not known.</summary>
    public DateOnly? LastDay => Domains.Length > 0 ? Domains.Max(sum => sum.LastDay) : Reports.Select(report => report.DateRange?.LastDay).Max();

    /// <summary>Whether it has been silent for longer than its habit allows.</summary>
    public bool IsSilent => LastDay is { } last && last < DateOnly.FromDateTime(Frame.Now.UtcDateTime).AddDays(-SilentDays);

    /// <summary>The hours after the end of a day at which its reports of that day came, sorted.</summary>
    public ImmutableArray<double> Delays { get; } =
        [.. Reports.Where(report => report.DateRange is not null).Select(report => (report.Arrival.At - report.DateRange!.End).TotalHours).Where(hours => hours is > -1 and < 24 * 14).Order()];

    /// <summary>Reads it; null when nothing is known of it.</summary>
    public static async Task<OneReporter?> ReadAsync(Asked asked)
    {
        string name = asked.Names["reporter"];
        DateOnly last = asked.Today;
        ReportPage page = await asked.Store.ReportsAsync(new ReportFilter { Reporter = name }, MostReports, null, asked.Cancelled);
        if (page.Reports.IsEmpty)
            return null;
        ImmutableArray<SpanSum> sums = [.. await asked.Store.SpansAsync(name, new DaySpan(last.AddDays(-14), last.AddDays(-7), last), asked.Cancelled)];
        return new(asked.Frame(name, "reports"), name, KnownReporters.ProfileOf(page.Reports[0].OrganizationName, page.Reports[0].ContactInfo), sums, page.Reports);
    }
}
