using System.Net;
using System.Text.Json.Nodes;
using Waxseal.Dashboard.Api;
using Waxseal.Storage.Reports;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Dashboard.Api;

public sealed class ApiTests(ApiLab lab) : IClassFixture<ApiLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_answers_as_its_schema_says()
    {
        JsonObject all = JsonNode.Parse(OpenApi.Write())!.AsObject();
        string token = (await lab.AddTokenAsync()).Text;
        foreach (ApiRoute route in OpenApi.Routes)
        {
            string path = await FilledAsync(route);
            ApiReply reply = await lab.AskAsync(route.Method, path, BodyOf(route), ("Authorization", $"Bearer {token}"));
            await lab.RemoveAccountsAsync();

            Assert.True((int)reply.Status == route.Status, $"{route.Method} {route.Path}: {reply.Status} {reply.Text}");
            if (route.Answer is { } answer)
                Assert.Empty(SchemaReader.Breaks(all, all["components"]!["schemas"]![OpenApi.NameOf(answer)]!, reply.Json, route.Path));
        }
    }

    [Fact]
    public async Task Every_list_of_an_answer_that_can_have_entries_has_some()
    {
        foreach (string path in (string[])["/domains", "/domains/bakery.example/changes", "/domains/forge.example/findings", "/findings", "/reports", "/reporters"])
        {
            JsonNode json = await lab.GetAsync(path);
            Assert.NotEmpty(json.AsObject().Select(member => member.Value).OfType<JsonArray>().Single());
        }

        Assert.NotEmpty((await lab.GetAsync("/domains/forge.example"))["published"]!.AsArray());
    }

    [Fact]
    public async Task The_answer_to_openapi_is_the_page_in_docs() => Assert.Equal(OpenApi.Write(), (await lab.AskAsync("GET", "/openapi.json")).Text);

    [Fact]
    public async Task The_sums_of_days_and_of_weeks_are_those_of_the_reports()
    {
        List<StoredReport> reports = [];
        await foreach (StoredReport report in lab.Store.Stored.ListAsync(new ReportFilter(), Token))
            reports.Add(report);
        JsonArray domains = (await lab.GetAsync("/domains"))["domains"]!.AsArray();
        Assert.Equal(7, domains.Count);
        foreach (JsonNode? domain in domains)
        {
            string name = (string)domain!["policyDomain"]!;
            StoredReport[] own = [.. reports.Where(report => report.Reference.PolicyDomain == name)];
            StoredReport[] week = [.. own.Where(report => DayOf(report) >= ApiLab.Today.AddDays(-7) && DayOf(report) < ApiLab.Today)];
            Assert.Equal((week.Sum(report => report.Successful), week.Sum(report => report.Failed)), Counts(domain["week"]!));

            JsonNode days = await lab.GetAsync($"/domains/{name}/days?from=2026-01-01&to=2026-03-12");
            Assert.Equal((own.Sum(report => report.Successful), own.Sum(report => report.Failed)), Counts(days));
            JsonNode[] cells = [.. days["reporters"]!.AsArray().SelectMany(reporter => reporter!["days"]!.AsArray()).OfType<JsonNode>()];
            Assert.Equal((own.Sum(report => report.Successful), own.Sum(report => report.Failed), own.Length),
                (cells.Sum(cell => Counts(cell).Successful), cells.Sum(cell => Counts(cell).Failed), cells.Sum(cell => (int)cell["reports"]!)));
        }
    }

    [Fact]
    public async Task Pages_visit_each_report_once()
    {
        List<string> visited = [];
        string? next = "/reports?limit=7&domain=eden.example";
        while (next is not null)
        {
            ApiReply page = await lab.AskAsync("GET", next);
            visited.AddRange(page.Json["reports"]!.AsArray().Select(report => (string)report!["id"]!));
            string? place = (string?)page.Json["next"];
            next = page.Field("Link")?.Split('<', '>')[1];
            Assert.Equal(place is null, next is null);
            Assert.True(next is null || (next.Contains("domain=eden.example", StringComparison.Ordinal) && next.Contains($"after={place}", StringComparison.Ordinal)));
        }

        List<string> all = [];
        await foreach (StoredReport report in lab.Store.Stored.ListAsync(new ReportFilter { PolicyDomain = "eden.example" }, Token))
            all.Add(report.Reference.Id);
        Assert.Equal(all.Order(), visited.Order());
    }

    [Theory]
    [InlineData("/domains", "domains", "policyDomain", 7)]
    [InlineData("/findings", "findings", "id", 5)]
    [InlineData("/reporters", "reporters", "reporter", 7)]
    public async Task Pages_of_a_list_visit_each_entry_once_in_the_order_of_names(string path, string list, string name, int count)
    {
        string[] all = [.. (await lab.GetAsync(path))[list]!.AsArray().Select(entry => (string)entry![name]!)];
        List<string> visited = [];
        for (string? next = $"{path}?limit=2"; next is not null;)
        {
            ApiReply page = await lab.AskAsync("GET", next);
            string[] some = [.. page.Json[list]!.AsArray().Select(entry => (string)entry![name]!)];
            Assert.True(some.Length == 2 || page.Json["next"] is null);
            visited.AddRange(some);
            next = page.Field("Link")?.Split('<', '>')[1];
            Assert.Equal(page.Json["next"] is null, next is null);
        }

        Assert.Equal(all, visited);
        Assert.Equal(count, visited.Distinct().Count());
    }

    [Fact]
    public async Task Lists_are_narrowed_by_state_and_by_severity()
    {
        string[] broken = [.. (await lab.GetAsync("/domains?state=broken"))["domains"]!.AsArray().Select(domain => (string)domain!["state"]!)];
        string[] errors = [.. (await lab.GetAsync("/findings?severity=error"))["findings"]!.AsArray().Select(finding => (string)finding!["severity"]!)];

        Assert.Equal(["broken"], broken.Distinct());
        Assert.Equal(["error"], errors.Distinct());
        Assert.Equal(HttpStatusCode.BadRequest, (await lab.AskAsync("GET", "/domains?state=odd")).Status);
    }

    [Fact]
    public async Task A_report_that_is_parsed_again_says_what_it_said()
    {
        JsonNode before = (await lab.GetAsync("/reports?limit=1"))["reports"]![0]!;

        ApiReply reply = await lab.AskAsync("POST", $"/reports/{before["id"]}/reparse");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(((string)before["id"]!, (long)before["successful"]!, (long)before["failed"]!), ((string)reply.Json["id"]!, (long)reply.Json["successful"]!, (long)reply.Json["failed"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await lab.AskAsync("POST", $"/reports/{new string('0', 64)}/reparse")).Status);
    }

    [Fact]
    public async Task What_the_caller_has_already_is_not_sent_again()
    {
        ApiReply first = await lab.AskAsync("GET", "/domains");
        string tag = first.Field("ETag")!;

        ApiReply same = await lab.AskAsync("GET", "/domains", null, ("If-None-Match", $"\"other\", {tag}"));
        ApiReply other = await lab.AskAsync("GET", "/domains", null, ("If-None-Match", "\"other\""));

        Assert.Equal("private, no-cache", first.Field("Cache-Control")!.Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotModified, tag, 0), (same.Status, same.Field("ETag"), same.Octets.Length));
        Assert.Equal((HttpStatusCode.OK, tag), (other.Status, other.Field("ETag")));
    }

    [Fact]
    public async Task HEAD_is_GET_without_its_body()
    {
        ApiReply get = await lab.AskAsync("GET", "/findings");
        ApiReply head = await lab.AskAsync("HEAD", "/findings");

        Assert.Equal((HttpStatusCode.OK, 0), (head.Status, head.Octets.Length));
        Assert.Equal((get.Field("ETag"), get.Field("Content-Length"), get.Field("Content-Type")), (head.Field("ETag"), head.Field("Content-Length"), head.Field("Content-Type")));
    }

    [Fact]
    public async Task Hostile_names_come_through_and_are_harmless()
    {
        ApiReply reply = await lab.AskAsync("GET", "/reports?domain=hostile.example");
        ApiReply table = await lab.AskAsync("GET", "/reports?domain=hostile.example", null, ("Accept", "text/csv"));
        JsonNode report = reply.Json["reports"]![0]!;

        Assert.Equal(ApiLab.HostileName, (string)report["organizationName"]!);
        Assert.DoesNotContain('<', reply.Text);
        Assert.DoesNotContain('\u202E', reply.Text);
        Assert.Equal("nosniff", reply.Field("X-Content-Type-Options"));
        Assert.StartsWith("text/csv", table.Field("Content-Type"), StringComparison.Ordinal);
        Assert.Contains($"\"'{ApiLab.HostileName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", table.Text, StringComparison.Ordinal);
        Assert.Contains(",'=cmd(),", table.Text, StringComparison.Ordinal);
        Assert.Equal(table.Text, (await lab.AskAsync("GET", "/reports?domain=hostile.example&format=csv")).Text);

        string reporter = (string)report["reporter"]!;
        Assert.Equal(reporter, (string)(await lab.GetAsync($"/reporters/{Uri.EscapeDataString(reporter)}"))["reporter"]!);
        Assert.Equal(ApiLab.Report(ApiLab.HostileName, "hostile.example"), (await lab.AskAsync("GET", $"/reports/{report["id"]}/raw")).Text);
    }

    private static DateOnly DayOf(StoredReport report) => report.DateRange!.LastDay;

    private static (long Successful, long Failed) Counts(JsonNode node) => ((long)node["successful"]!, (long)node["failed"]!);

    private async Task<string> FilledAsync(ApiRoute route)
    {
        string path = route.Path;
        foreach ((string part, Func<Task<string>> valueAsync) in ((string, Func<Task<string>>)[])
        [
            ("{domain}", () => Task.FromResult("forge.example")), ("{reporter}", () => Task.FromResult("Google")), ("{kind}", () => Task.FromResult("sts-policy")), ("{route}", () => Task.FromResult("post")),
            ("{finding}", async () => (string)(await lab.GetAsync("/domains/forge.example/findings"))["findings"]![0]!["id"]!), ("{id}", async () => (string)(await lab.GetAsync("/reports?limit=1"))["reports"]![0]!["id"]!),
            ("{token}", async () => (await lab.AddTokenAsync()).Kept.Id), ("{account}", lab.AddAccountAsync), ("{tenant}", () => lab.AddTenantAsync("forge.example")),
        ])
        {
            if (path.Contains(part, StringComparison.Ordinal))
                path = path.Replace(part, await valueAsync(), StringComparison.Ordinal);
        }

        return path;
    }

    private static StringContent? BodyOf(ApiRoute route) => route.Method == "GET" ? null : route.Path switch
    {
        "/tokens" => ApiLab.Body("{\"name\":\"back up\",\"scope\":\"read\",\"expires\":\"90d\"}"),
        "/accounts" => ApiLab.Body("{\"name\":\"Carol\",\"role\":\"owner\",\"password\":\"correct horse battery\"}"),
        "/accounts/{account}" => ApiLab.Body("{\"role\":\"operator\",\"password\":\"another battery\",\"totp\":false,\"locked\":false}"),
        "/tenants" => ApiLab.Body("{\"name\":\"acme\",\"policyDomains\":[\"acme.example\"]}"),
        "/check" => ApiLab.Body("{\"domain\":\"example.test\"}"),
        "/explain" => ApiLab.Body(ApiLab.Report("Somebody", "example.test")),
        "/lint/{kind}" => ApiLab.Body("version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n", "text/plain"),
        _ => null,
    };
}
