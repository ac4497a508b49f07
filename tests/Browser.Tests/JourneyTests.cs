using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What people come for.</summary>
public class JourneyTests(DemoSite site)
{
    [Fact]
    public async Task Why_does_Microsoft_fail_is_answered_within_two_clicks()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        await page.Page.Locator(".findings li", new() { HasText = "seen by Microsoft" }).Filter(new() { HasText = "eden.example" }).GetByRole(AriaRole.Link).First.ClickAsync();

        ILocator main = page.Page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("mta-sts.eden.example has an IPv6 address at which nothing listens");
        await Assertions.Expect(main).ToContainTextAsync("Let the web server listen on IPv6, or remove the AAAA record");
        await Assertions.Expect(main).ToContainTextAsync("Google and Harbour Mail succeeded on days on which Microsoft failed");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_cell_of_the_matrix_leads_to_the_reports_it_sums_up()
    {
        await using WatchedPage page = await site.OpenAsync("/domains/eden.example");
        ILocator cell = page.Page.Locator("tr", new() { HasText = "Microsoft" }).Locator("td.bad a").Last;
        long failed = long.Parse(await cell.InnerTextAsync(), CultureInfo.InvariantCulture);
        await cell.ClickAsync();

        ILocator rows = page.Page.Locator("table.list tbody tr");
        Assert.Equal(1, await rows.CountAsync());
        Assert.Equal(failed, await SumAsync(rows, 6));
        await rows.First.Locator("a[href^='/reports/']").ClickAsync();
        await Assertions.Expect(page.Page.Locator("pre").Last).ToContainTextAsync("sts-policy-fetch-error");
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByText("Download", new() { Exact = true }).ClickAsync());
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(failed, report.RootElement.GetProperty("policies")[0].GetProperty("summary").GetProperty("total-failure-session-count").GetInt64());
    }

    [Fact]
    public async Task Totals_are_those_of_the_reports_behind_their_links()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        foreach (string domain in new[] { "eden.example", "forge.example", "quiet.example" })
        {
            await page.GoAsync("/");
            ILocator row = page.Page.Locator("table.list tbody tr", new() { HasText = domain });
            (long sessions, long failed) told = (Number(await row.Locator("td").Nth(2).InnerTextAsync()), Number(await row.Locator("td").Nth(3).InnerTextAsync()));
            await row.Locator("td").Nth(2).Locator("a").ClickAsync();
            Assert.Equal(told, await SumOfPagesAsync(page.Page));

            await page.GoAsync($"/domains/{domain}");
            ILocator total = page.Page.Locator("table.matrix tfoot td.total");
            told = (Number(await total.First.InnerTextAsync()), Number(await total.Last.InnerTextAsync()));
            await total.First.Locator("a").ClickAsync();
            Assert.Equal(told, await SumOfPagesAsync(page.Page));
        }
    }

    [Fact]
    public async Task Reports_are_filtered_and_paged()
    {
        await using WatchedPage page = await site.OpenAsync("/reports");
        await page.Page.GetByText("Older", new() { Exact = true }).ClickAsync();
        await page.Page.GetByText("Newest", new() { Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Policy domain", new() { Exact = true }).FillAsync("bakery.example");
        await page.Page.GetByLabel("Reporter").FillAsync("Google");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        string[] rows = [.. await page.Page.Locator("table.list tbody tr").AllInnerTextsAsync()];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Contains("bakery.example", StringComparison.Ordinal) && row.Contains("Google", StringComparison.Ordinal), row));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Reports_are_filtered_by_days_and_by_state()
    {
        string first = Day(9), last = Day(8);
        await using WatchedPage page = await site.OpenAsync("/reports");
        await page.Page.GetByLabel("Days from").FillAsync(first);
        await page.Page.GetByLabel("to", new() { Exact = true }).FillAsync(last);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        string[] days = [.. await page.Page.Locator("table.list tbody tr td:nth-child(2)").AllInnerTextsAsync()];
        Assert.Equal([first, last], days.Distinct().Order(StringComparer.Ordinal));

        await page.Page.GetByText("All", new() { Exact = true }).ClickAsync();
        await page.Page.GetByLabel("State").SelectOptionAsync("unreadable");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("No report fits");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task What_is_pasted_or_chosen_is_explained_on_the_same_page()
    {
        await using WatchedPage page = await site.OpenAsync("/explain");
        await page.Page.Locator("textarea").FillAsync("v=STSv1 id=20241107");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain it" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("A semicolon must follow the version.");

        await page.GoAsync("/explain");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(Sample.Reports);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain it" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("Microsoft could not obtain the MTA-STS policy of eden.one");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Lines_of_a_log_are_explained()
    {
        await using WatchedPage page = await site.OpenAsync("/explain");
        await page.Page.Locator("textarea").FillAsync(
            "Nov 24 10:00:01 out postfix/smtp[123]: 4F1: to=<a@forge.example>, relay=mx.forge.example[192.0.2.9]:25, delay=1, delays=0/0/1/0, dsn=4.7.5, status=deferred (Server certificate not verified)");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain it" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator("main h2").First).ToContainTextAsync("forge.example");
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("What to do");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_report_is_parsed_again()
    {
        await using WatchedPage page = await site.OpenAsync("/reports");
        await page.Page.Locator("table.list a[href^='/reports/']").First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Parse again" }).ClickAsync();

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Parsed again: it says what it said before.");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Policy_domains_are_found_by_name_and_state()
    {
        await using WatchedPage page = await site.OpenAsync("/domains");
        string[] all = [.. await page.Page.Locator("table.list tbody th").AllInnerTextsAsync()];
        await page.Page.GetByLabel("Name contains").FillAsync("FORGE");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        Assert.Equal(["forge.example"], await page.Page.Locator("table.list tbody th").AllInnerTextsAsync());
        await page.Page.GetByLabel("State").SelectOptionAsync("fine");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("No policy domain fits");

        Assert.Equal(6, all.Length);
        Assert.Equal("forge.example", all[0]);
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_dropped_file_is_explained()
    {
        await using WatchedPage page = await site.OpenAsync("/explain");
        string report = await Sample.FailureAsync();
        await page.Page.EvaluateAsync("""
            text => {
                const data = new DataTransfer();
                data.items.add(new File([text], "report.json", { type: "application/json" }));
                document.getElementById("explain").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """, report);
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("1 report of 2024-11-0");
    }

    [Fact]
    public async Task A_check_shows_its_stages_and_then_the_answer()
    {
        await using WatchedPage page = await site.OpenAsync("/check");
        await page.Page.GetByLabel("Policy domain").FillAsync("nobody.invalid");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator("#stage-rows tr").First).ToBeAttachedAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Page.Locator("#answer .answer").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Empty(page.Faults);
    }

    private static async Task<(long Sessions, long Failed)> SumOfPagesAsync(IPage page)
    {
        (long successful, long failed) = (0, 0);
        while (true)
        {
            ILocator rows = page.Locator("table.list tbody tr");
            (successful, failed) = (successful + await SumAsync(rows, 5), failed + await SumAsync(rows, 6));
            ILocator older = page.GetByText("Older", new() { Exact = true });
            if (await older.CountAsync() == 0)
                return (successful + failed, failed);
            await older.ClickAsync();
        }
    }

    private static string Day(int ago) => TimeProvider.System.GetUtcNow().AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<long> SumAsync(ILocator rows, int column) =>
        (await rows.Locator($"td:nth-child({column})").AllInnerTextsAsync()).Sum(Number);

    private static long Number(string text) => long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
}
