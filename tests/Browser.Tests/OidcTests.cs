using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Logins by way of another site, in a browser that holds to what cookies say of that.</summary>
public class OidcTests(DemoSite site)
{
    [Fact]
    public async Task A_login_leads_to_the_provider_and_back_to_the_page_that_was_asked_for()
    {
        Assert.SkipWhen(ProviderServer.Missing is not null, ProviderServer.Missing ?? "");
        await using ProviderServer provider = new();
        await using ServedSite served = await ServedSite.OfProviderAsync(provider);
        await using WatchedPage watched = await site.OpenAsync("/reports?state=counted", address: served.Address);
        IPage page = watched.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Log in with localhost" }).ClickAsync();
        await page.WaitForURLAsync(url => url.StartsWith("http://localhost:", StringComparison.Ordinal));
        await page.FillAsync("input[name=username]", "alice");
        await page.FillAsync("input[name=password]", ProviderServer.Password);
        await page.ClickAsync("button");
        await page.WaitForURLAsync(new Uri(served.Address, "/reports?state=counted").ToString());

        Assert.Equal("alice", await page.Locator(".who a").TextContentAsync());
        BrowserContextCookiesResult login = Assert.Single(await page.Context.CookiesAsync([served.Address.ToString()]), cookie => cookie.Name == "waxseal");
        Assert.Equal((true, SameSiteAttribute.Strict), (login.HttpOnly, login.SameSite));

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in with localhost" }).ClickAsync();
        await page.WaitForURLAsync(served.Address.ToString());
        Assert.Equal("alice", await page.Locator(".who a").TextContentAsync());
        Assert.DoesNotContain(watched.Faults, fault => !fault.StartsWith("request to http://localhost:", StringComparison.Ordinal));
    }
}
