using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Storage;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Access;

/// <summary>The store as one viewer may see it: the one place at which tenants are kept apart. Pages and API read through it alone.</summary>
/// <param name="store">The store.</param>
/// <param name="viewer">Who asks.</param>
internal sealed class VisibleStore(Store store, Viewer viewer)
{
    // As many as a query takes.
    private const int MostDomains = 30_000;

    // The policy domains of a tenant, to ask for in a query; null for whoever sees all.
    private async Task<ImmutableArray<string>?> OwnAsync(CancellationToken cancellationToken) =>
        viewer.Tenant is null ? null : [.. (await PolicyDomainsAsync(cancellationToken)).Take(MostDomains)];

    /// <summary>Whether the viewer may see a policy domain.</summary>
    public bool Sees(string policyDomain) => viewer.Sees(policyDomain);

    // A report may speak of policy domains of several tenants; its bytes tell of all.
    private bool Sees(StoredReport report) => viewer.Sees(report.Reference.PolicyDomain) && report.PolicyDomains.All(viewer.Sees);

    /// <summary>The policy domains there are sessions of.</summary>
    public async Task<List<string>> PolicyDomainsAsync(CancellationToken cancellationToken) =>
        [.. (await store.Sums.PolicyDomainsAsync(cancellationToken)).Where(Sees)];

    /// <summary>The last UTC day that each policy domain has sessions of.</summary>
    public async Task<Dictionary<string, DateOnly>> LastDaysAsync(CancellationToken cancellationToken) =>
        (await store.Sums.LastDaysAsync(cancellationToken)).Where(domain => Sees(domain.PolicyDomain)).ToDictionary(domain => domain.PolicyDomain, domain => domain.Day);

    /// <summary>The reporters there are reports of; those see all who run this server.</summary>
    public async Task<ImmutableArray<string>> ReportersAsync(CancellationToken cancellationToken) =>
        viewer.Tenant is null ? await store.List.ReportersAsync(cancellationToken) : [];

    /// <summary>What all reporters counted of each policy domain in a span of days, and in that before it.</summary>
    public async Task<List<DomainSum>> DomainSumsAsync(DaySpan span, CancellationToken cancellationToken) =>
        [.. (await store.Sums.DomainsAsync(span, cancellationToken)).Where(sum => Sees(sum.PolicyDomain))];

    /// <summary>What all reporters counted of all policy domains on each day.</summary>
    public async Task<List<DayTotal>> TotalsAsync(DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        await store.Sums.TotalsAsync(await OwnAsync(cancellationToken), first, last, cancellationToken);

    /// <summary>What each reporter counted of some policy domains in a span of days, and in that before it.</summary>
    public async Task<List<SpanSum>> SpansAsync(IEnumerable<string> policyDomains, DaySpan span, CancellationToken cancellationToken) =>
        await store.Sums.SpansAsync([.. policyDomains.Where(Sees)], span, cancellationToken);

    /// <summary>What one reporter counted of each policy domain in a span of days, and in that before it.</summary>
    public async Task<List<SpanSum>> SpansAsync(string reporter, DaySpan span, CancellationToken cancellationToken) =>
        [.. (await store.Sums.SpansAsync(reporter, span, cancellationToken)).Where(sum => Sees(sum.PolicyDomain))];

    /// <summary>What each reporter counted of a policy domain on each day.</summary>
    public async Task<List<DaySum>> DaysAsync(string policyDomain, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        Sees(policyDomain) ? await store.Sums.DaysAsync(policyDomain, first, last, cancellationToken) : [];

    /// <summary>A page of the reports that fit, newest first.</summary>
    public async Task<ReportPage> ReportsAsync(ReportFilter filter, int most, ReportCursor? after, CancellationToken cancellationToken)
    {
        ReportPage page = await store.List.NewestAsync(filter with { Among = await OwnAsync(cancellationToken) }, most, after, cancellationToken);
        return page with { Reports = [.. page.Reports.Where(Sees)] };
    }

    /// <summary>A report by its whole name; null when there is none.</summary>
    public async Task<StoredReport?> ReportAsync(string id, CancellationToken cancellationToken) =>
        (await store.List.WithIdAsync(id, cancellationToken)).Where(report => report.Reference.Id == id).FirstOrDefault(Sees);

    /// <summary>The bytes of a report as they arrived, gzip; null when they are not kept any more.</summary>
    public async Task<byte[]?> BodyAsync(StoredReport report, CancellationToken cancellationToken) =>
        Sees(report) ? await store.Stored.BodyAsync(report.Reference, cancellationToken) : null;

    /// <summary>Lets what a report says by the reader of this version take the place of what was stored of it.</summary>
    /// <returns>By what it is known from now on; null when nothing was done.</returns>
    public async Task<ReportRef?> RewriteAsync(StoredReport report, ArrivedReport again, CancellationToken cancellationToken) =>
        Sees(report) ? await store.Reports.RewriteAsync(report, again, cancellationToken) : null;

    /// <summary>What a report that counts says of each policy.</summary>
    public async Task<ImmutableArray<PolicySessions>> PoliciesAsync(StoredReport report, CancellationToken cancellationToken) =>
        Sees(report) ? await store.List.PoliciesAsync(report, cancellationToken) : [];

    /// <summary>The findings that are made now, most urgent first, without their documents.</summary>
    public async Task<List<KeptFinding>> StandingFindingsAsync(CancellationToken cancellationToken) =>
        [.. (await store.StoredFindings.StandingAsync(cancellationToken)).Where(finding => Sees(finding.Made.PolicyDomain))];

    /// <summary>The findings about a policy domain, also such as are gone.</summary>
    public async Task<List<KeptFinding>> FindingsAsync(string policyDomain, CancellationToken cancellationToken) =>
        Sees(policyDomain) ? await store.StoredFindings.OfAsync(policyDomain, cancellationToken) : [];

    /// <summary>One finding, whole; null when there is none.</summary>
    public async Task<KeptFinding?> FindingAsync(string policyDomain, string id, CancellationToken cancellationToken) =>
        Sees(policyDomain) ? await store.StoredFindings.FindAsync(policyDomain, id, cancellationToken) : null;

    /// <summary>The last look at each policy domain.</summary>
    public async Task<List<Look>> LastLooksAsync(CancellationToken cancellationToken) =>
        [.. (await store.StoredLooks.LastAsync(cancellationToken)).Where(look => Sees(look.PolicyDomain))];

    /// <summary>The last look at one policy domain; null when there is none.</summary>
    public async Task<Look?> LastLookAsync(string policyDomain, CancellationToken cancellationToken) =>
        Sees(policyDomain) ? (await store.StoredLooks.LastAsync(policyDomain, cancellationToken)).FirstOrDefault() : null;

    /// <summary>What was seen of a policy domain, and from when to when.</summary>
    public async Task<List<ObservedPeriod>> PeriodsAsync(string policyDomain, CancellationToken cancellationToken) =>
        Sees(policyDomain) ? await store.StoredLooks.PeriodsAsync(policyDomain, cancellationToken) : [];

    /// <summary>The alerts that are open, newest first.</summary>
    public IAsyncEnumerable<Alert> OpenAlertsAsync(CancellationToken cancellationToken) =>
        store.StoredAlerts.OpenAsync(cancellationToken).Where(alert => Sees(alert.Key.PolicyDomain));

    /// <summary>How the routes of alerts fare, which those see who run this server.</summary>
    public async Task<IReadOnlyList<RouteRecord>> AlertRoutesAsync(CancellationToken cancellationToken) =>
        viewer.Tenant is null ? await store.StoredAlerts.RoutesAsync(cancellationToken) : [];

    /// <summary>The alerts that are over, latest first.</summary>
    public IAsyncEnumerable<Alert> PastAlertsAsync(int most, CancellationToken cancellationToken) =>
        store.StoredAlerts.PastAsync(most, cancellationToken).Where(alert => Sees(alert.Key.PolicyDomain));
}
