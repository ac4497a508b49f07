using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Who may see and do what, in a browser: on a site of its own, for accounts end that everybody is let in.</summary>
public class AccessTests(DemoSite site)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_owner_makes_a_token_and_an_account_of_a_tenant_that_sees_its_policy_domain_alone()
    {
        Assert.NotNull(site.Browser);
        await using ServedSite served = await ServedSite.DemoAsync();
        await using WatchedPage owner = await site.OpenAsync("/settings/access", address: served.Address);
        await MakeAccountAsync(owner.Page, "alice", "owner", null);
        Assert.EndsWith("/login?to=%2Fsettings%2Faccess%3Fdone%3Daccount-made", owner.Page.Url, StringComparison.Ordinal);
        await LogInAsync(owner.Page, "alice", "wrong horse battery");
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name, password or code is not right");
        await LogInAsync(owner.Page, "alice", Password);
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The account is made");

        await owner.Page.GetByText("Make a tenant", new() { Exact = true }).ClickAsync();
        await owner.Page.GetByLabel("Name of the tenant").FillAsync("eden");
        await owner.Page.GetByLabel("Policy domains, one a line").FillAsync("eden.example");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Make the tenant" }).ClickAsync();
        await MakeAccountAsync(owner.Page, "eve", "viewer", "eden");

        await owner.Page.GetByText("Make a token", new() { Exact = true }).ClickAsync();
        await owner.Page.GetByLabel("What it is for").FillAsync("<b>backup</b>");
        await owner.Page.Locator("form[action$='/tokens']").GetByLabel("Tenant").SelectOptionAsync("eden");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        string secret = await owner.Page.Locator("#secret").InnerTextAsync();
        await owner.GoAsync("/settings/access");
        await Assertions.Expect(owner.Page.Locator("#secret")).ToHaveCountAsync(0);
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "<b>backup</b>" })).ToBeVisibleAsync();
        Assert.DoesNotContain(secret, await owner.Page.ContentAsync(), StringComparison.Ordinal);

        await using WatchedPage tenant = await site.OpenAsync("/", address: served.Address);
        await LogInAsync(tenant.Page, "eve", Password);
        await Assertions.Expect(tenant.Page.Locator("main")).ToContainTextAsync("eden.example");
        Assert.DoesNotContain("forge.example", await tenant.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await tenant.GoAsync("/domains/forge.example")).Status);
        Assert.Equal(200, (await tenant.GoAsync("/domains/eden.example")).Status);
        await tenant.GoAsync("/settings");
        Assert.Equal(["Domains"], await tenant.Page.GetByRole(AriaRole.Navigation, new() { Name = "Settings" }).GetByRole(AriaRole.Link).AllInnerTextsAsync());
        Assert.Empty(tenant.Faults);

        await RemoveTokenAsync(owner.Page, "<b>backup</b>");
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("it holds no more");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "eve" }).ClickAsync();
        await owner.Page.GetByText("Remove the account…").ClickAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the account" }).ClickAsync();
        await tenant.GoAsync("/");
        await Assertions.Expect(tenant.Page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();
        Assert.All(owner.Faults, fault => Assert.Contains("status of 403", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_work_without_script()
    {
        Assert.NotNull(site.Browser);
        await using ServedSite served = await ServedSite.DemoAsync();
        await using WatchedPage page = await site.OpenAsync("/settings/access", width: 390, hasScript: false, address: served.Address);
        await page.Page.GetByText("Make a token", new() { Exact = true }).ClickAsync();
        await page.Page.GetByLabel("What it is for").FillAsync("backup");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#secret")).ToContainTextAsync("wxs_");
        await RemoveTokenAsync(page.Page, "backup");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("it holds no more");

        await page.GoAsync("/settings/retention");
        await page.Page.GetByText("Delete it now…").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Deleted: the bytes of ");
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("Nothing has been kept longer than it is to be.");
        Assert.Empty(page.Faults);
    }

    private static async Task MakeAccountAsync(IPage page, string name, string role, string? tenant)
    {
        await page.GetByText("Make an account", new() { Exact = true }).ClickAsync();
        ILocator form = page.Locator("form[action$='/accounts']");
        await form.GetByLabel("Name of the account").FillAsync(name);
        await form.GetByLabel("Role").SelectOptionAsync(role);
        if (tenant is not null)
            await form.GetByLabel("Tenant").SelectOptionAsync(tenant);
        await form.GetByLabel("Password, 12 characters or more").FillAsync(Password);
        await form.GetByLabel("The same again").FillAsync(Password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
    }

    private static async Task LogInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }

    private static async Task RemoveTokenAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.GetByText("Remove it…").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the token" }).ClickAsync();
    }
}
