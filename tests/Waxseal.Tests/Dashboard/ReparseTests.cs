using Waxseal.Storage.Access;
using Waxseal.Storage.Reports;
using Waxseal.Tests.Dashboard.Api;

namespace Waxseal.Tests.Dashboard;

public class ReparseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_says_the_same_stays()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        string id = await lab.AddReportAsync("alpha.test", "Reporter alpha");
        await lab.AddAccountAsync("ann", AccountRole.Operator);
        using Browser ann = await lab.LoggedInAsync("ann");

        (Answer reply, Answer page) = await ParseAgainAsync(ann, id);

        Assert.Equal((302, $"/reports/{id}?reparsed=same"), (reply.Status, reply.Location));
        Assert.Contains("Parsed again: it says what it said before.", page.Body, StringComparison.Ordinal);
        Assert.Contains(lab.Logged, line => line.Contains($"report={id} by=ann outcome=same", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_this_version_can_read_counts_under_its_own_name()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        string id = await lab.AddUnreadableAsync(ApiLab.Report("Reporter alpha", "alpha.test"));
        await lab.AddAccountAsync("ann", AccountRole.Operator);
        using Browser ann = await lab.LoggedInAsync("ann");

        (Answer reply, Answer page) = await ParseAgainAsync(ann, id);

        Assert.EndsWith("?reparsed=changed", reply.Location, StringComparison.Ordinal);
        Assert.DoesNotContain(id, reply.Location, StringComparison.Ordinal);
        Assert.Contains("what this page shows has changed", page.Body, StringComparison.Ordinal);
        StoredReport report = Assert.Single(await lab.Store.Stored.ListAsync(new ReportFilter(), Token).ToListAsync(Token));
        Assert.Equal((ReportState.Counted, "alpha.test"), (report.State, report.Reference.PolicyDomain));
    }

    [Theory]
    [InlineData("{", "unreadable", "this version cannot read it either")]
    [InlineData(null, "gone", "the bytes of this report are not kept any more")]
    public async Task What_cannot_be_parsed_stays_and_says_why(string? json, string outcome, string words)
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        string id = json is null ? await lab.AddReportAsync("alpha.test", "Reporter alpha", keepsBody: false) : await lab.AddUnreadableAsync(json);
        await lab.AddAccountAsync("ann", AccountRole.Operator);
        using Browser ann = await lab.LoggedInAsync("ann");

        (Answer reply, Answer page) = await ParseAgainAsync(ann, id);

        Assert.Equal($"/reports/{id}?reparsed={outcome}", reply.Location);
        Assert.Contains(words, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operators_parse_again_and_only_what_they_may_see()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("beta", "beta.test");
        string id = await lab.AddReportAsync("alpha.test", "Reporter alpha", ReportState.Quarantined);
        await lab.AddAccountAsync("ann", AccountRole.Viewer);
        await lab.AddAccountAsync("ben", AccountRole.Owner, "beta");
        using Browser ann = await lab.LoggedInAsync("ann"), ben = await lab.LoggedInAsync("ben"), program = lab.NewBrowser();
        program.Header["Authorization"] = $"Bearer {await lab.AddTokenAsync(AccountRole.Viewer)}";

        Assert.Equal(403, (await ParseAgainAsync(ann, id)).Reply.Status);
        Assert.Equal(404, (await ParseAgainAsync(ben, id)).Reply.Status);
        Assert.Equal(403, (await program.PostAsync($"/api/v1/reports/{id}/reparse", new() { ["csrf"] = "" })).Status);
        Assert.DoesNotContain("Parse again", (await ann.GetAsync($"/reports/{id}")).Body, StringComparison.Ordinal);
        Assert.Equal(ReportState.Quarantined, Assert.Single(await lab.Store.Stored.ListAsync(new ReportFilter(), Token).ToListAsync(Token)).State);
    }

    private static async Task<(Answer Reply, Answer Page)> ParseAgainAsync(Browser browser, string id)
    {
        Answer reply = await browser.PostAsync($"/reports/{id}/reparse", []);
        return (reply, await browser.GetAsync(reply.Location ?? $"/reports/{id}"));
    }
}
