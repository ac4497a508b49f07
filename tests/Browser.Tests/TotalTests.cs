using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Every total is the sum of what the stored reports say.</summary>
public partial class TotalTests(DemoSite site)
{
    [Fact]
    public async Task Totals_of_the_overview_are_those_of_the_stored_bodies()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        StoredSum[] week = SumsFrom(7);
        ILocator rows = page.Page.Locator("table.list tbody tr");
        Assert.Equal(6, await rows.CountAsync());
        foreach (ILocator row in await rows.AllAsync())
        {
            string domain = await row.Locator("th").InnerTextAsync();
            StoredSum[] own = [.. week.Where(sum => sum.PolicyDomain == domain)];
            string[] told = [.. await row.Locator("td").AllInnerTextsAsync()];
            Assert.Equal((domain, Share(own), Sessions(own), Failed(own)), (domain, told[1].Trim(), Number(told[2]), Number(told[3])));
        }

        string[] tiles = [.. await page.Page.Locator(".tiles li").AllInnerTextsAsync()];
        Assert.Contains(Share(week), tiles[0], StringComparison.Ordinal);
        Assert.Equal([Sessions(week), Failed(week)], tiles[1].Split("sessions,").Select(Number));
    }

    [Fact]
    public async Task Totals_of_each_policy_domain_are_those_of_the_stored_bodies()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        StoredSum[] all = SumsFrom(30);
        foreach (IGrouping<string, StoredSum> domain in all.GroupBy(sum => sum.PolicyDomain))
        {
            await page.GoAsync($"/domains/{domain.Key}");
            string[] days = await page.Page.Locator("table.matrix tfoot td a[title]").EvaluateAllAsync<string[]>("all => all.map(one => new URL(one.href).searchParams.get('from') + ': ' + one.title)");
            Assert.Equal(
                domain.GroupBy(sum => sum.Day).OrderBy(day => day.Key, StringComparer.Ordinal).Select(day => $"{day.Key}: {Failed(day)} {Sessions(day)}"),
                days.Select(day => $"{day[..10]}: {string.Join(' ', Numbers().Matches(Plain(day[11..])).Select(number => number.Value))}"));

            string[] totals = [.. await page.Page.Locator("table.matrix tfoot td.total").AllInnerTextsAsync()];
            Assert.Equal([Sessions(domain), Failed(domain)], totals.Select(Number));
            string[] rows = [.. await page.Page.Locator("table.matrix tbody td.total").AllInnerTextsAsync()];
            Assert.Equal(Sessions(domain) + Failed(domain), rows.Sum(Number));
        }
    }

    // The last days that ended.
    private StoredSum[] SumsFrom(int days)
    {
        string first = Day(days), last = Day(1);
        return [.. StoredBodies.In(Path.Combine(site.Folder, "demo.db")).Where(sum => string.CompareOrdinal(sum.Day, first) >= 0 && string.CompareOrdinal(sum.Day, last) <= 0)];
    }

    private static string Day(int ago) => TimeProvider.System.GetUtcNow().AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Failed(IEnumerable<StoredSum> sums) => sums.Sum(sum => sum.Failed);

    private static long Sessions(IEnumerable<StoredSum> sums) => sums.Sum(sum => sum.Successful + sum.Failed);

    private static string Share(IReadOnlyCollection<StoredSum> sums) =>
        Failed(sums) == 0 ? "100 %" : $"{(100.0 * (Sessions(sums) - Failed(sums)) / Sessions(sums)).ToString("0.0", CultureInfo.InvariantCulture)} %";

    private static string Plain(string text) => text.Replace("\u202F", "", StringComparison.Ordinal);

    private static long Number(string text) => long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
