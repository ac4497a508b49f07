using Deque.AxeCore.Commons;
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
        foreach (string path in await site.PathsAsync())
        {
            await page.GoAsync(path);
            AxeResult result = await page.Page.RunAxe();
            faults.AddRange(result.Violations.Select(fault => $"{path}: {fault.Id}: {string.Join(" | ", fault.Nodes.Take(3).Select(node => node.Html))}"));
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
            int bytes = 0;
            string body = await (await page.GoAsync(path)).TextAsync();
            string[] assets = await page.Page.Locator("link[href^='/assets/'], script[src]").EvaluateAllAsync<string[]>("all => [...new Set(all.map(one => one.href ?? one.src))]");
            foreach (string asset in assets)
                bytes += (await (await page.Page.APIRequest.GetAsync(asset)).BodyAsync()).Length;
            Assert.InRange(bytes + body.Length, 1, MostBytes);
            Assert.Equal(0, await page.Page.Locator("style, [style], script:not([src])").CountAsync());
        }
    }

    [Fact]
    public async Task Pages_are_readable_without_script()
    {
        await using WatchedPage page = await site.OpenAsync("/", hasScript: false);
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("eden.example");
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
}
