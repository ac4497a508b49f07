using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser.Tests.DemoSite))]

namespace Browser.Tests;

/// <summary>The demonstration, served once for all tests, and a browser that looks at it.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private string? _missing;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ServedSite? _site;

    internal IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _browser!;
        }
    }

    internal Uri Address => _site!.Address;

    internal string Folder => _site!.Folder;

    public async ValueTask InitializeAsync()
    {
        string drivers = Path.Combine(AppContext.BaseDirectory, ".playwright", "node");
        _missing = !File.Exists(Chromium) ? "Chromium (package chromium) is not there."
            : !Directory.Exists(drivers) ? "Playwright has no driver for this machine."
            : null;
        if (_missing is not null)
            return;
        _site = await ServedSite.DemoAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
    }

    /// <summary>Opens a window that keeps account of all that goes wrong in it.</summary>
    internal async Task<WatchedPage> OpenAsync(string path, int width = 1280, ColorScheme colours = ColorScheme.Light, bool hasScript = true, Uri? address = null)
    {
        IBrowserContext context = await Browser.NewContextAsync(new()
        {
            BaseURL = (address ?? Address).ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = colours,
            JavaScriptEnabled = hasScript,
        });
        WatchedPage watched = new(context, await context.NewPageAsync(), address ?? Address);
        await watched.GoAsync(path);
        return watched;
    }

    /// <summary>All kinds of pages, of things that are there.</summary>
    internal async Task<string[]> PathsAsync()
    {
        await using WatchedPage page = await OpenAsync("/reports");
        string report = (await page.Page.Locator("a[href^='/reports/']").First.GetAttributeAsync("href"))!;
        await page.GoAsync("/");
        string finding = (await page.Page.Locator("a[href*='/findings/']").First.GetAttributeAsync("href"))!;
        return
        [
            "/", "/domains", "/domains?state=fine&find=quiet", "/domains/eden.example", "/domains/forge.example", "/domains/quiet.example?days=90", finding, "/reports", "/reports?domain=eden.example&reporter=Microsoft&state=counted", report,
            "/reporters/Microsoft", "/reporters/Harbour%20Mail", "/check", "/explain", "/alerts", "/fetches", "/sending", "/settings", "/settings/access", "/settings/alert-routes", "/settings/retention", "/settings/configuration", "/account", "/nothing-here", "/reports?domain=nobody.example",
        ];
    }
}
