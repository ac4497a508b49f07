using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What holds for every page.</summary>
public class PageTests(DemoSite site)
{
    private const int MostBytes = 150 * 1024;

    [Fact]
    public async Task Every_page_loads_without_a_fault()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        foreach (string path in await site.PathsAsync())
        {
            IResponse response = await page.GoAsync(path);
            Assert.True(response.Status == (path == "/nothing-here" ? 404 : 200), $"{path}: {response.Status}");
            Assert.NotEqual("", (await page.Page.Locator("h1").First.InnerTextAsync()).Trim());
        }

        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_is_open_to_everybody(ColorScheme colours)
    {
        await using WatchedPage page = await site.OpenAsync("/", colours: colours);
        List<string> faults = [];
        foreach (string path in (string[])[.. await site.PathsAsync(), "/check?domain=nobody.invalid&live=no"])
        {
            await page.GoAsync(path);
            faults.AddRange(await FaultsAsync(page.Page, path));
        }

        foreach (string text in new[] { "v=STSv1 id=20241107", await Sample.FailureAsync() })
        {
            await page.GoAsync("/explain");
            await page.Page.Locator("textarea").FillAsync(text);
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain it" }).ClickAsync();
            faults.AddRange(await FaultsAsync(page.Page, $"what /explain says of {text[..10]}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task No_page_is_wider_than_the_window(int width)
    {
        await using WatchedPage page = await site.OpenAsync("/", width);
        foreach (string path in await site.PathsAsync())
        {
            await page.GoAsync(path);
            Assert.True(await page.OverflowAsync() <= 0, $"{path} at {width} px");
        }
    }

    [Fact]
    public async Task Every_page_is_small_and_has_no_script_or_style_within()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        foreach (string path in await site.PathsAsync())
        {
            int bytes = (await (await page.GoAsync(path)).BodyAsync()).Length;
            string[] assets = await page.Page.Locator("link[href^='/assets/'], script[src]").EvaluateAllAsync<string[]>("all => [...new Set(all.map(one => one.href ?? one.src))]");
            foreach (string asset in assets)
                bytes += (await (await page.Page.APIRequest.GetAsync(asset)).BodyAsync()).Length;
            Assert.InRange(bytes, 1, MostBytes);
            Assert.Equal(0, await page.Page.Locator("style, [style], script:not([src]), [onclick], [onload], [onsubmit]").CountAsync());
        }
    }

    [Fact]
    public async Task Pages_are_readable_without_script()
    {
        await using WatchedPage page = await site.OpenAsync("/", hasScript: false);
        foreach (string path in await site.PathsAsync())
        {
            await page.GoAsync(path);
            Assert.True((await page.Page.Locator("main").InnerTextAsync()).Length > 40, path);
        }

        // Chromium shows no noscript when it is Playwright that turns scripts off.
        string check = await (await page.GoAsync("/check?domain=nobody.invalid")).TextAsync();
        Assert.Contains("<a href=\"/check?domain=nobody.invalid&amp;live=no\">look now</a>", check, StringComparison.Ordinal);
        await page.GoAsync("/domains/eden.example");
        await Assertions.Expect(page.Page.Locator("table.matrix")).ToContainTextAsync("Microsoft");
        await page.GoAsync("/check?domain=nobody.invalid&live=no");
        await Assertions.Expect(page.Page.Locator("main .answer").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.Locator(".skip")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_navigation_into_the_content_and_shows_where_it_is()
    {
        await using WatchedPage page = await site.OpenAsync("/");
        List<string> reached = [];
        for (int i = 0; i < 14; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
            Assert.True(await page.Page.EvaluateAsync<bool>("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2 && getComputedStyle(document.activeElement).outlineStyle !== 'none'"), reached[^1]);
        }

        Assert.Equal(["To the content", "Waxseal", "Overview", "Reports", "Check", "Explain", "Alerts", "Fetches", "Sending", "Settings"], reached[..10]);
        Assert.True(await page.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"), reached[^1]);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(IPage page, string place) =>
        (await page.RunAxe()).Violations.Select(fault => $"{place}: {fault.Id}: {string.Join(" | ", fault.Nodes.Take(3).Select(node => node.Html))}");
}
