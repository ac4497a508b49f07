using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Waxseal.Dashboard;
using Waxseal.Hosting;
using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Storage;

namespace Browser.Tests;

/// <summary>Looks from the page Check, at the laboratory.</summary>
public class LiveCheckTests(DemoSite site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_policy_domain_is_told_to_be_fine_with_every_sender()
    {
        await using LabWorld world = LabWorld.Create();
        await using WatchedPage page = await LookAsync(world);

        await Assertions.Expect(page.Page.Locator("#answer .answer .tag")).ToHaveTextAsync("fine");
        Assert.NotEmpty(await page.Page.Locator("#answer td .tag").AllAsync());
        Assert.All(await page.Page.Locator("#answer td .tag").AllInnerTextsAsync(), answer => Assert.Equal("yes", answer));
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData("F02 an expired certificate", "expired")]
    [InlineData("G02 a redirect to www", "redirect")]
    public async Task What_is_broken_is_named(string fault, string words)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(fault).Apply(world);
        await using WatchedPage page = await LookAsync(world);

        await Assertions.Expect(page.Page.Locator("#answer .answer .tag")).ToHaveTextAsync("needs a look");
        await Assertions.Expect(page.Page.Locator("#answer")).ToContainTextAsync(words);
        Assert.Contains("no", await page.Page.Locator("#answer td .tag").AllInnerTextsAsync());
        Assert.Empty(page.Faults);
    }

    // The answer is there when this returns; the stages came before it.
    private async Task<WatchedPage> LookAsync(LabWorld world)
    {
        _ = site.Browser; // which skips where there is none
        string folder = Directory.CreateTempSubdirectory("waxseal-live-").FullName;
        await using StoreDoor door = new(new StoreAddress(true, Path.Combine(folder, "waxseal.db")), TimeProvider.System, NullLogger<StoreDoor>.Instance);
        await door.StartAsync(Token);
        using DashboardRole role = new(
            new DashboardOptions { Listen = ["127.0.0.1:0"] }, world.Options, world.Rules, new Installation(), "", door,
            new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);
        await role.StartAsync(Token);
        try
        {
            WatchedPage page = await site.OpenAsync("/check", address: new Uri(role.Addresses.First()));
            await page.Page.GetByLabel("Policy domain").FillAsync(LabWorld.Domain);
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
            await Assertions.Expect(page.Page.Locator("#answer .answer").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
            Assert.True(await page.Page.Locator("#stage-rows tr").CountAsync() > 10);
            return page;
        }
        finally
        {
            await role.StopAsync(Token);
            Directory.Delete(folder, recursive: true);
        }
    }
}
