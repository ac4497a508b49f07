using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Waxseal.Answers;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Dashboard.Managing;
using Waxseal.Dashboard.Readings;
using Waxseal.Linting;
using static Waxseal.Dashboard.Api.ApiParameter;

namespace Waxseal.Dashboard.Api;

/// <summary>All addresses of the API. The same table routes requests and is written down in <c>docs/openapi.json</c>.</summary>
/// <param name="work">Does what takes a while.</param>
/// <param name="reparsing">Parses reports again.</param>
/// <param name="installation">The configuration, and what runs.</param>
/// <param name="access">Tokens, accounts and tenants.</param>
/// <param name="tests">Sends tests on routes of alerts.</param>
/// <param name="cleaning">Deletes what has been kept long enough.</param>
internal sealed class ApiRoutes(ApiWork work, Reparsing reparsing, Installation installation, AccessApi access, RouteTests tests, Cleaning cleaning)
{
    private const string UsualLimit = "How many at most; 100 unless said otherwise.";

    private static readonly ImmutableArray<ApiParameter> Span = [Day("from", "The first UTC day."), Day("to", "The last UTC day.")];

    private static readonly ImmutableArray<ApiParameter> ReportFilters =
    [
        Domain("domain", "Reports about this policy domain alone."), Text("reporter", "Reports by this reporter alone."), Word("state", "Reports in this state alone.", ReportQuery.States),
        Day("from", "Reports whose sessions stand under this UTC day or a later one."), Day("to", "Reports whose sessions stand under this UTC day or an earlier one."),
        Place("Where the page before ended."), Limit(UsualLimit), Word("format", "The same as Accept, for whoever cannot set it.", "json", "csv"),
    ];

    private ImmutableArray<ApiRoute> _all = [];

    /// <summary>All of them.</summary>
    public ImmutableArray<ApiRoute> All => _all.IsEmpty ? _all = [.. OfDomains(), .. OfReports(), .. OfWork(), .. access.All, .. OfWhole(), .. OfItself()] : _all;

    private static IEnumerable<ApiRoute> OfDomains() =>
    [
        new("GET", "/domains", ViewerRole.Viewer, "The policy domains and how they stand, by name, a page at a time.",
            [Word("state", "Policy domains that stand so alone.", [.. DomainListing.States.Select(state => state.Replace(' ', '-'))]), After("Where the page before ended."), Limit(UsualLimit)], ApiJsonContext.Default.DomainListJson, ApiLists.DomainsAsync),
        Get("/domains/{domain}", "How a policy domain stands, whether its policy may be enforced, and what is published.", [], ApiJsonContext.Default.DomainJson,
            async asked => await Readings.Domain.ReadAsync(asked) is { } domain ? DomainJson.Of(domain) : null),
        new("GET", "/domains/{domain}/days", ViewerRole.Viewer, "What each reporter counted on each day, of 30 days unless said otherwise and of 400 at most.", Span, ApiJsonContext.Default.DayListJson, ApiLists.DaysAsync),
        Get("/domains/{domain}/changes", "What changed from one look to another.", Span, ApiJsonContext.Default.ChangeListJson, ApiLists.ChangesAsync),
        Get("/domains/{domain}/findings", "The findings about a policy domain, also such as are gone.", [], ApiJsonContext.Default.FindingListJson, ApiLists.FindingsAsync),
        Get("/domains/{domain}/findings/{finding}", "One finding, whole.", [], ApiJsonContext.Default.WholeFindingJson,
            async asked => await WholeFinding.ReadAsync(asked) is { } finding ? WholeFindingJson.Of(finding) : null),
        new("GET", "/findings", ViewerRole.Viewer, "The findings that stand, by policy domain, a page at a time.",
            [Word("severity", "Findings that matter so much alone.", "error", "warning", "info"), After("Where the page before ended."), Limit(UsualLimit)], ApiJsonContext.Default.FindingListJson, ApiLists.StandingAsync),
    ];

    private IEnumerable<ApiRoute> OfReports() =>
    [
        new("GET", "/reports", ViewerRole.Viewer, "Reports, newest first, a page at a time.", ReportFilters, StoreJsonContext.Default.ReportListJson, ApiLists.ReportsAsync) { MediaTypes = [ApiAnswer.Json, ApiAnswer.Csv] },
        Get("/reports/{id}", "One report with all that is known of it.", [], StoreJsonContext.Default.WholeReportJson,
            async asked => await OneReport.ReadAsync(asked) is { } report ? WholeReportJson.Of(report.Stored, report.Policies) : null),
        new("GET", "/reports/{id}/raw", ViewerRole.Viewer, "The bytes of a report as it came, unpacked.", [], null, ApiLists.RawAsync) { MediaTypes = [ApiAnswer.Octets] },
        new("POST", "/reports/{id}/reparse", ViewerRole.Operator, "Parses the kept bytes of a report again with the parser of this version, and gives the report as it is then. Its id may be another, for what was unreadable had none of its own.", [], StoreJsonContext.Default.WholeReportJson, reparsing.FromApiAsync),
        new("GET", "/reporters", ViewerRole.Viewer, "Who reports, by name, with the sums of two weeks, a page at a time.", [After("Where the page before ended."), Limit(UsualLimit)], ApiJsonContext.Default.ReporterListJson, ApiLists.ReportersAsync),
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

    private IEnumerable<ApiRoute> OfWhole() =>
    [
        Get("/known-domains", "From where each policy domain is known, how often it is looked at, and for an owner that sees all, which tenants see it.", [], ApiJsonContext.Default.KnownDomainListJson,
            async asked => KnownDomainListJson.Of(await access.KnownDomainsAsync(asked, installation))),
        Get("/alert-routes", "The ways on which people are told of alerts, and how they fare.", [], ApiJsonContext.Default.RouteListJson, async asked => RouteListJson.Of(await tests.ReadAsync(asked))) with { IsOfWhole = true },
        new("POST", "/alert-routes/{route}/test", ViewerRole.Owner, "Sends a test on a route, and says what came back; that takes 30 seconds at most.", [], ApiJsonContext.Default.RouteTestJson, TestAsync) { IsOfWhole = true },
        Get("/retention", "What is kept how long, how much there is, and what the next clean-up deletes.", [], ApiJsonContext.Default.RetentionJson,
            async asked => RetentionJson.Of(await cleaning.SizeAsync(asked), await cleaning.ReadAsync(asked))) with { IsOfWhole = true },
        new("POST", "/retention/prune", ViewerRole.Owner, "Deletes what has been kept long enough.", [], ApiJsonContext.Default.CleanedJson, CleanAsync) { IsOfWhole = true },
    ];

    private async Task<IResult?> TestAsync(Asked asked) => await tests.SendAsync(asked, asked.Names["route"]) switch
    {
        RouteTested.Answered { Answer: var answer } => ApiAnswer.Of(RouteTestJson.Of(asked.Names["route"], answer), ApiJsonContext.Default.RouteTestJson),
        RouteTested.TooMany => ApiWork.Busy(),
        _ => null,
    };

    private async Task<IResult?> CleanAsync(Asked asked) =>
        await cleaning.CleanAsync(asked) is { } cleaned ? ApiAnswer.Of(CleanedJson.Of(cleaned), ApiJsonContext.Default.CleanedJson) : ApiWork.Busy();

    private IEnumerable<ApiRoute> OfItself() =>
    [
        Get("/status", "The version, and which roles run.", [], ApiJsonContext.Default.StatusJson, asked => Task.FromResult<StatusJson?>(StatusJson.Of(asked, installation.Running(), installation.Configuration()))),
        new("GET", "/openapi.json", ViewerRole.Viewer, "All of this for programs (OpenAPI 3.1).", [], null, _ => Task.FromResult<IResult?>(new ApiAnswer(Assets.Octets("openapi.json"), ApiAnswer.Json))),
    ];

    private static ApiRoute Get<T>(string path, string summary, ImmutableArray<ApiParameter> parameters, JsonTypeInfo<T> type, Func<Asked, Task<T?>> read)
        where T : class =>
        new("GET", path, ViewerRole.Viewer, summary, parameters, type, async asked => await read(asked) is { } value ? ApiAnswer.Of(value, type) : null);
}
