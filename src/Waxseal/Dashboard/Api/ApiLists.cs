using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Waxseal.Answers;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Dashboard.Readings;
using Waxseal.Hosting.Metrics;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Api;

/// <summary>Reads what no page shows in the same way.</summary>
internal static class ApiLists
{
    private const int MostDays = 400;

    /// <summary>A page of the policy domains.</summary>
    public static async Task<IResult?> DomainsAsync(Asked asked)
    {
        DomainLines domains = await DomainLines.ReadAsync(asked);
        ApiPage<DomainLine> page = ApiPage.Of(asked, domains.All.Where(line => asked.Query("state") is not { } state || DomainLineJson.StateOf(line.Tone) == state), line => line.PolicyDomain);
        DomainTable table = await domains.TableOfAsync(asked, page.Entries);
        return ApiAnswer.Of(DomainListJson.Of(table, page.Next), ApiJsonContext.Default.DomainListJson, page.Address);
    }

    /// <summary>A page of the findings that stand.</summary>
    public static async Task<IResult?> StandingAsync(Asked asked)
    {
        IEnumerable<KeptFinding> standing = (await asked.Store.StandingFindingsAsync(asked.Cancelled)).Where(finding => asked.Query("severity") is not { } severity || finding.Made.Severity == severity);
        ApiPage<KeptFinding> page = ApiPage.Of(asked, standing, finding => $"{finding.Made.PolicyDomain}/{finding.Id}");
        return ApiAnswer.Of(FindingListJson.Of(page.Entries, page.Next), ApiJsonContext.Default.FindingListJson, page.Address);
    }

    /// <summary>A page of those who report.</summary>
    public static async Task<IResult?> ReportersAsync(Asked asked)
    {
        DateOnly to = asked.Today, from = to.AddDays(1 - DomainLines.Days);
        List<string> domains = await asked.Store.PolicyDomainsAsync(asked.Cancelled);
        ILookup<string, SpanSum> sums = (await asked.Store.SpansAsync(domains, new DaySpan(from, from, to), asked.Cancelled)).ToLookup(sum => sum.Reporter);
        ApiPage<string> page = ApiPage.Of(asked, sums.Select(reporter => reporter.Key).Union(await asked.Store.ReportersAsync(asked.Cancelled)), name => name);
        ReporterListJson list = new(1, from, to, [.. page.Entries.Select(name => ReporterLineJson.Of(name, [.. sums[name]]))], page.Next);
        return ApiAnswer.Of(list, ApiJsonContext.Default.ReporterListJson, page.Address);
    }

    /// <summary>The matrix of a policy domain.</summary>
    public static async Task<IResult?> DaysAsync(Asked asked)
    {
        string name = asked.Names["domain"];
        DateOnly to = asked.Day("to") ?? asked.Today, from = asked.Day("from") ?? to.AddDays(1 - Math.Min(Domain.DefaultDays, to.DayNumber + 1));
        if (from > to || to.DayNumber - from.DayNumber >= MostDays)
            return new Problem(StatusCodes.Status400BadRequest, from > to ? "from lies behind to." : $"from and to may lie {MostDays} days apart at most.") { Parameter = "from" };
        if (!await IsKnownAsync(asked, name))
            return null;
        Matrix matrix = Matrix.Of(name, await asked.Store.DaysAsync(name, from, to, asked.Cancelled), from, to);
        return ApiAnswer.Of(DayListJson.Of(matrix, from, to), ApiJsonContext.Default.DayListJson);
    }

    /// <summary>What changed of a policy domain.</summary>
    public static async Task<ChangeListJson?> ChangesAsync(Asked asked)
    {
        string name = asked.Names["domain"];
        if (!await IsKnownAsync(asked, name))
            return null;
        DateOnly from = asked.Day("from") ?? DateOnly.MinValue, to = asked.Day("to") ?? DateOnly.MaxValue;
        DomainHistory history = new([], [.. await asked.Store.PeriodsAsync(name, asked.Cancelled)], []);
        return new(1, name,
        [
            .. history.Changes.Where(change => Timeline.Shows(change.Kind) && DateOnly.FromDateTime(change.By.UtcDateTime) is var day && day >= from && day <= to).Select(ChangeJson.Of),
        ]);
    }

    /// <summary>The findings about a policy domain.</summary>
    public static async Task<FindingListJson?> FindingsAsync(Asked asked)
    {
        string name = asked.Names["domain"];
        List<KeptFinding> findings = await asked.Store.FindingsAsync(name, asked.Cancelled);
        return findings.Count > 0 || await IsKnownAsync(asked, name) ? FindingListJson.Of(findings, null) : null;
    }

    /// <summary>A page of reports.</summary>
    public static async Task<IResult?> ReportsAsync(Asked asked)
    {
        ReportQuery query = ReportQuery.Of(asked);
        ReportPage page = await asked.Store.ReportsAsync(query.Filter, ApiPage.LimitOf(asked), query.After, asked.Cancelled);
        string? next = page.Next is { } place ? ApiPage.AddressAfter(asked, place.ToString()) : null;
        return WantsCsv(asked)
            ? new ApiAnswer(System.Text.Encoding.UTF8.GetBytes(ReportTable.CsvHeader + string.Concat(page.Reports.Select(ReportTable.Csv))), "text/csv; charset=utf-8; header=present") { Next = next, FileName = "reports.csv" }
            : ApiAnswer.Of(ReportListJson.Of(page), StoreJsonContext.Default.ReportListJson, next);
    }

    private static bool WantsCsv(Asked asked)
    {
        StringValues accept = asked.Context.Request.Headers.Accept;
        return asked.Query("format") is { } format ? format == "csv" : AcceptHeader.WeightOf(accept, ApiAnswer.Csv) > AcceptHeader.WeightOf(accept, ApiAnswer.Json);
    }

    /// <summary>The bytes of a report.</summary>
    public static async Task<IResult?> RawAsync(Asked asked) =>
        await OneReport.OctetsAsync(asked) is { } file ? new ApiAnswer(file.Octets, ApiAnswer.Octets) { FileName = file.Name } : null;

    private static async Task<bool> IsKnownAsync(Asked asked, string policyDomain) =>
        (await asked.Store.PolicyDomainsAsync(asked.Cancelled)).Contains(policyDomain)
        || await asked.Store.LastLookAsync(policyDomain, asked.Cancelled) is not null
        || (await asked.Store.FindingsAsync(policyDomain, asked.Cancelled)).Count > 0;
}
