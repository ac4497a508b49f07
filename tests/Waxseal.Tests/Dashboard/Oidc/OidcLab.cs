using System.Text.RegularExpressions;

namespace Waxseal.Tests.Dashboard.Oidc;

/// <summary>The dashboard with a provider.</summary>
internal sealed partial class OidcLab : IAsyncDisposable
{
    private OidcLab(TestProvider provider, DashboardLab dashboard) => (Provider, Dashboard) = (provider, dashboard);

    public TestProvider Provider { get; }

    public DashboardLab Dashboard { get; }

    /// <summary>Starts both, with an account alice that has no password.</summary>
    public static async Task<OidcLab> StartAsync(string settings = "", string more = "", bool withSecret = true, Action<TestProvider>? with = null)
    {
        TestProvider provider = await TestProvider.StartAsync();
        with?.Invoke(provider);
        DashboardLab dashboard = await DashboardLab.StartAsync($"{settings}\n{provider.Settings(more, withSecret)}");
        provider.Clock = dashboard.Clock;
        await dashboard.AddAccountWithoutPasswordAsync("alice");
        return new(provider, dashboard);
    }

    public Browser NewBrowser() => Dashboard.NewBrowser();

    /// <summary>Begins a login, and has the provider let the person in.</summary>
    /// <returns>The address by which the browser goes back.</returns>
    public async Task<string> BeginAsync(Browser browser, string to = "/", params (string Name, string? Value)[] changes)
    {
        Answer start = await browser.GetAsync($"/login/oidc?to={Uri.EscapeDataString(to)}");
        Assert.Equal(302, start.Status);
        return Provider.LetIn(start.Location!, changes);
    }

    /// <summary>A whole login, up to the answer to the address by which the browser goes back.</summary>
    public async Task<Answer> LogInAsync(Browser browser, string to = "/") => await browser.GetAsync(await BeginAsync(browser, to), ("Sec-Fetch-Site", "cross-site"));

    /// <summary>Whether somebody is logged in.</summary>
    public static async Task<bool> IsInAsync(Browser browser) => (await browser.GetAsync("/")).Status == 200;

    /// <summary>What a page says went wrong.</summary>
    public static string ProblemIn(Answer answer) => System.Net.WebUtility.HtmlDecode(Problem().Match(answer.Body).Groups[1].Value);

    public async ValueTask DisposeAsync()
    {
        await Dashboard.DisposeAsync();
        await Provider.DisposeAsync();
    }

    [GeneratedRegex("role=\"alert\">([^<]*)<")]
    private static partial Regex Problem();
}
