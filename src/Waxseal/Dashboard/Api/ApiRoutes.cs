using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Waxseal.Answers;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Dashboard.Readings;
using Waxseal.Hosting.Control;
using Waxseal.Linting;
using static Waxseal.Dashboard.Api.ApiParameter;

namespace Waxseal.Dashboard.Api;

/// <summary>All addresses of the API. The same table routes requests and is written down in <c>docs/openapi.json</c>.</summary>
/// <param name="work">Does what takes a while.</param>
/// <param name="configuration">The configuration as it is now, secrets not shown.</param>
/// <param name="running">The roles that run.</param>
internal sealed class ApiRoutes(ApiWork work, Func<ImmutableArray<string>> configuration, Func<ImmutableArray<RoleStatus>> running)
{
    private static readonly ImmutableArray<ApiParameter> Span = [Day("from", "The first UTC day."), Day("to", "The last UTC day.")];

    private static readonly ImmutableArray<ApiParameter> ReportFilters =
    [
        Domain("domain", "Reports about this policy domain alone."), Text("reporter", "Reports by this reporter alone."), Word("state", "Reports in this state alone.", ReportQuery.States),
        Day("from", "Reports whose sessions stand under this UTC day or a later one."), Day("to", "Reports whose sessions stand under this UTC day or an earlier one."),
        Place("Where the page before ended."), Limit("How many at most; 100 unless said otherwise."), Word("format", "The same as Accept, for whoever cannot set it.", "json", "csv"),
    ];

    private ImmutableArray<ApiRoute> _all = [];

    /// <summary>All of them.</summary>
    public ImmutableArray<ApiRoute> All => _all.IsEmpty ? _all = [.. OfDomains(), .. OfReports(), .. OfWork(), .. OfItself()] : _all;

    private static IEnumerable<ApiRoute> OfDomains() =>
    [
        Get("/domains", "All policy domains, those that need somebody first.", [], ApiJsonContext.Default.DomainListJson, async asked => DomainListJson.Of(await Overview.ReadAsync(asked))),
        Get("/domains/{domain}", "How a policy domain stands, whether its policy may be enforced, and what is published.", [], ApiJsonContext.Default.DomainJson,
            async asked => await Readings.Domain.ReadAsync(asked) is { } domain ? DomainJson.Of(domain) : null),
        new("GET", "/domains/{domain}/days", ViewerRole.Viewer, "What each reporter counted on each day, of 30 days unless said otherwise and of 400 at most.", Span, ApiJsonContext.Default.DayListJson, ApiLists.DaysAsync),
        Get("/domains/{domain}/changes", "What changed from one look to another.", Span, ApiJsonContext.Default.ChangeListJson, ApiLists.ChangesAsync),
        Get("/domains/{domain}/findings", "The findings about a policy domain, also such as are gone.", [], ApiJsonContext.Default.FindingListJson, ApiLists.FindingsAsync),
        Get("/domains/{domain}/findings/{finding}", "One finding, whole.", [], ApiJsonContext.Default.WholeFindingJson,
            async asked => await WholeFinding.ReadAsync(asked) is { } finding ? WholeFindingJson.Of(finding) : null),
        Get("/findings", "The findings that stand, of all policy domains.", [], ApiJsonContext.Default.FindingListJson, async asked => FindingListJson.Of(await asked.Store.StandingFindingsAsync(asked.Cancelled))),
    ];

    private static IEnumerable<ApiRoute> OfReports() =>
    [
        new("GET", "/reports", ViewerRole.Viewer, "Reports, newest first, a page at a time.", ReportFilters, StoreJsonContext.Default.ReportListJson, ApiLists.ReportsAsync) { MediaTypes = [ApiAnswer.Json, ApiAnswer.Csv] },
        Get("/reports/{id}", "One report with all that is known of it.", [], StoreJsonContext.Default.WholeReportJson,
            async asked => await OneReport.ReadAsync(asked) is { } report ? WholeReportJson.Of(report.Stored, report.Policies) : null),
        new("GET", "/reports/{id}/raw", ViewerRole.Viewer, "The bytes of a report as it came, unpacked.", [], null, ApiLists.RawAsync) { MediaTypes = [ApiAnswer.Octets] },
        Get("/reporters", "Who reports, with the sums of 90 days.", [], ApiJsonContext.Default.ReporterListJson, async asked => await ReporterListJson.ReadAsync(asked)),
        Get("/reporters/{reporter}", "What is known of a reporter, and what it reported.", [], ApiJsonContext.Default.ReporterJson,
            async asked => await OneReporter.ReadAsync(asked) is { } reporter ? ReporterJson.Of(reporter) : null),
        Get("/alerts", "What people were told of.", [], StoreJsonContext.Default.AlertListJson,
            async asked => await AlertBook.ReadAsync(asked) is var book ? AlertListJson.Of(book.Open, book.Past, book.Routes) : null),
    ];

    private IEnumerable<ApiRoute> OfWork() =>
    [
        new("POST", "/check", ViewerRole.Operator, "Looks at a policy domain as senders do, and says what is wrong; that takes some seconds.", [], CheckJsonContext.Default.CheckedDomainJson, work.CheckAsync) { Body = ApiWork.CheckBody },
        new("POST", "/explain", ViewerRole.Viewer, "Says what reports, bounces and mail logs mean; nothing is stored.", [], ExplainJsonContext.Default.ExplainJson, work.ExplainAsync) { Body = ApiWork.ReportBody },
        new("POST", "/lint/{kind}", ViewerRole.Viewer, $"Holds a text against the standard. Kinds are {string.Join(", ", LintKind.All.Select(kind => kind.Name))}.", [Domain("domain", "The policy domain that a policy is for; adds warnings.")],
            LintJsonContext.Default.LintListJson, work.LintAsync) { Body = ApiWork.LintBody },
    ];

    private IEnumerable<ApiRoute> OfItself() =>
    [
        Get("/status", "The version, and which roles run.", [], ApiJsonContext.Default.StatusJson, asked => Task.FromResult<StatusJson?>(StatusJson.Of(asked, running(), configuration()))),
        new("GET", "/openapi.json", ViewerRole.Viewer, "All of this for programs (OpenAPI 3.1).", [], null, _ => Task.FromResult<IResult?>(new ApiAnswer(Assets.Octets("openapi.json"), ApiAnswer.Json))),
    ];

    private static ApiRoute Get<T>(string path, string summary, ImmutableArray<ApiParameter> parameters, JsonTypeInfo<T> type, Func<Asked, Task<T?>> read)
        where T : class =>
        new("GET", path, ViewerRole.Viewer, summary, parameters, type, async asked => await read(asked) is { } value ? ApiAnswer.Of(value, type) : null);
}
