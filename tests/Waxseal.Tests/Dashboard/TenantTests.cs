using System.Text.RegularExpressions;
using Waxseal.Dashboard;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public partial class TenantTests
{
    [Fact]
    public async Task No_page_tells_a_tenant_anything_of_another()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("alpha", "alpha.test");
        await lab.AddTenantAsync("beta", "beta.test");
        await lab.AddAccountAsync("ann", AccountRole.Viewer, "alpha");
        await lab.AddAccountAsync("amy", AccountRole.Owner, "alpha");
        await lab.AddAccountAsync("ben", AccountRole.Viewer, "beta");
        string[] ids = [.. await FillAsync(lab, "alpha"), .. await FillAsync(lab, "beta")];
        await lab.AddTokenAsync(AccountRole.Viewer, "beta", name: "of beta");
        using Browser ann = await lab.LoggedInAsync("ann"), amy = await lab.LoggedInAsync("amy"), ben = await lab.LoggedInAsync("ben");

        string overview = (await ben.GetAsync("/")).Body;
        Assert.All(["beta.test", "mail.beta.test", "a certificate of beta.test"], name => Assert.Contains(name, overview, StringComparison.Ordinal));
        Assert.Equal(200, (await ben.GetAsync("/domains/mail.beta.test")).Status);
        foreach (string path in lab.Routes.Where(route => route.Method == "GET").SelectMany(route => PathsOf(route.Path, "beta", ids)))
        {
            // What was asked for may be told again; what is stored may not.
            // An owner may also have anything looked at, which needs a network.
            foreach (Browser own in path.StartsWith("/check", StringComparison.Ordinal) ? [ann] : (Browser[])[ann, amy])
            {
                Assert.DoesNotContain("beta", await BodyOf(own, path), StringComparison.OrdinalIgnoreCase);
                string asked = await BodyOf(own, $"{path}?domain=beta.test&tenant=beta");
                Assert.All(["mail.beta", "mx.beta", "submitter.beta", "reporter beta", "certificate of beta", "of beta<"], name => Assert.DoesNotContain(name, asked, StringComparison.OrdinalIgnoreCase));
            }
        }

        Assert.Contains("alpha.test", (await ann.GetAsync("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_domain_is_found_in_capitals_and_is_not_fine_while_nobody_has_explained_its_failures()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddReportAsync("alpha.test", "Reporter alpha");
        using Browser browser = lab.NewBrowser();

        Answer page = await browser.GetAsync("/domains/ALPHA.test");

        Assert.Equal(200, page.Status);
        Assert.Contains("needs a look", page.Body, StringComparison.Ordinal);
        Assert.Contains("needs a look", (await browser.GetAsync("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_is_gone_shows_nothing()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("ann", AccountRole.Owner, "gone");
        await FillAsync(lab, "beta");
        using Browser ann = await lab.LoggedInAsync("ann");

        Assert.DoesNotContain("beta", (await ann.GetAsync("/")).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobody_gets_to_any_page_but_that_of_the_login()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("ann");
        string[] ids = await FillAsync(lab, "beta");
        using Browser browser = lab.NewBrowser(), program = lab.NewBrowser();
        program.Header["Accept"] = "application/json";

        foreach (Route route in lab.Routes.Where(route => route.Path != "/login"))
        {
            foreach (string path in PathsOf(route.Path, "beta", ids))
            {
                Answer seen = await AskAsync(browser, route.Method, path), told = await AskAsync(program, route.Method, path);
                Assert.Equal(302, seen.Status);
                Assert.StartsWith("/login", seen.Location, StringComparison.Ordinal);
                Assert.Equal((401, "Bearer realm=\"waxseal\""), (told.Status, told.Header["WWW-Authenticate"]));
                Assert.All([seen.Body, told.Body], body => Assert.DoesNotContain("beta", body, StringComparison.OrdinalIgnoreCase));
            }
        }

        Answer login = await browser.GetAsync("/login");
        Assert.Equal(200, login.Status);
        Assert.Equal(200, (await browser.GetAsync(Stylesheet().Match(login.Body).Groups[1].Value)).Status);
    }

    private static async Task<string> BodyOf(Browser browser, string path) => (await browser.GetAsync(path)).Body;

    private static Task<Answer> AskAsync(Browser browser, string method, string path) => method == "GET" ? browser.GetAsync(path) : browser.SendAsync(method, path, new() { ["csrf"] = "x" });

    // What a tenant has: reports and findings of a policy domain and of one below it, from a reporter that nobody else knows.
    private static async Task<string[]> FillAsync(DashboardLab lab, string tenant) =>
    [
        await lab.AddReportAsync($"{tenant}.test", $"Reporter {tenant}"), await lab.AddReportAsync($"mail.{tenant}.test", $"Reporter {tenant}"),
        await lab.AddFindingAsync($"{tenant}.test"), await lab.AddFindingAsync($"mail.{tenant}.test"),
    ];

    // Every way to fill the parts in braces with what belongs to the tenant.
    private static IEnumerable<string> PathsOf(string path, string tenant, string[] ids)
    {
        string[] parts = [$"{tenant}.test", $"mail.{tenant}.test", $"Reporter%20{tenant}", tenant, .. ids];
        IEnumerable<string> paths = [path];
        for (int braces = path.Count(letter => letter == '{'); braces > 0; braces--)
            paths = paths.SelectMany(one => parts.Select(part => Braces().Replace(one, part, 1)));
        return paths;
    }

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Braces();

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]*)\"")]
    private static partial Regex Stylesheet();
}
