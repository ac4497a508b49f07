using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public class GateTests
{
    [Fact]
    public async Task Without_accounts_loopback_is_let_in_and_told_so()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Answer page = await browser.GetAsync("/");
        Assert.Equal(200, page.Status);
        Assert.Contains("No accounts: whoever can reach this machine", page.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await browser.GetAsync("/", ("X-Forwarded-For", "203.0.113.5"))).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", new() { ["csrf"] = "" })).Status);

        await lab.AddAccountAsync("alice");
        Assert.Equal(302, (await browser.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("listen = [\"127.0.0.1:0\", \"0.0.0.0:0\"]\n")]
    [InlineData("trustedProxies = [\"192.0.2.1\"]\n")]
    public async Task Without_accounts_nobody_is_let_in_from_elsewhere(string settings)
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(settings);
        using Browser browser = lab.NewBrowser();

        foreach (string path in (string[])["/", "/login", "/check"])
        {
            Answer answer = await browser.GetAsync(path);
            Assert.Equal(403, answer.Status);
            Assert.Contains("waxseal account add NAME", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Host", "tls.example.com")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "tls.example.com")]
    public async Task Without_accounts_nobody_is_let_in_by_a_proxy_that_is_not_configured(string field, string value)
    {
        await using DashboardLab lab = await DashboardLab.StartAsync("hostNames = [\"tls.example.com\"]\n");
        using Browser browser = lab.NewBrowser();

        Assert.Equal(403, (await browser.GetAsync("/settings/access", (field, value))).Status);
        Assert.Equal(200, (await browser.GetAsync("/settings/access")).Status);
    }

    [Fact]
    public async Task A_token_may_do_what_its_scope_says()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        string read = await lab.AddTokenAsync(AccountRole.Viewer, name: "<i>hostile</i>"), operate = await lab.AddTokenAsync(AccountRole.Operator), brief = await lab.AddTokenAsync(AccountRole.Owner, holds: TimeSpan.FromDays(1));
        using Browser program = lab.NewBrowser();
        Task<Answer> Get(string path, string token) => program.GetAsync(path, ("Authorization", $"Bearer {token}"));

        Assert.Equal(200, (await Get("/", read)).Status);
        Answer narrow = await Get("/check", read);
        Assert.Equal((403, "Bearer realm=\"waxseal\", error=\"insufficient_scope\""), (narrow.Status, narrow.Header["WWW-Authenticate"]));
        Assert.Contains("&lt;i&gt;hostile", narrow.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", narrow.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await Get("/check", operate)).Status);
        Assert.Equal(200, (await Get("/", brief)).Status);
        Assert.Equal(404, (await program.PostAsync("/account/password", new() { ["csrf"] = "" }, header: ("Authorization", $"Bearer {operate}"))).Status);

        lab.Clock.Move(TimeSpan.FromDays(1));
        foreach (string wrong in (string[])[brief, $"{read[..^1]}{(read[^1] == 'A' ? 'B' : 'A')}", read.Replace("wxs_", "wxs-", StringComparison.Ordinal), "", "wxs_000000000000_x"])
        {
            Answer refused = await Get("/", wrong);
            Assert.Equal((401, "Bearer realm=\"waxseal\", error=\"invalid_token\""), (refused.Status, refused.Header["WWW-Authenticate"]));
        }
    }

    [Fact]
    public async Task The_word_of_a_proxy_counts_and_that_of_a_stranger_does_not()
    {
        const string Header = "userHeader = \"X-Remote-User\"\n";
        await using DashboardLab trusting = await DashboardLab.StartAsync($"trustedProxies = [\"127.0.0.1\"]\n{Header}"), wary = await DashboardLab.StartAsync($"trustedProxies = [\"192.0.2.1\"]\n{Header}");
        foreach (DashboardLab lab in (DashboardLab[])[trusting, wary])
            await lab.AddAccountAsync("alice@example.test");
        using Browser behind = trusting.NewBrowser(), stranger = wary.NewBrowser();

        Assert.Contains(">alice@example.test</a>", (await behind.GetAsync("/", ("X-Remote-User", "Alice@example.test"))).Body, StringComparison.Ordinal);
        Assert.Equal(302, (await stranger.GetAsync("/", ("X-Remote-User", "alice@example.test"))).Status);
        Answer unknown = await behind.GetAsync("/", ("X-Remote-User", "<b>mallory"));
        Assert.Equal(403, unknown.Status);
        Assert.DoesNotContain("<b>", unknown.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await behind.GetAsync("/", ("X-Remote-User", "alice@example.test"), ("X-Remote-User", "bob"))).Status);

        behind.Header["X-Remote-User"] = "alice@example.test";
        Assert.Equal(403, (await behind.PostAsync("/account/password", new() { ["csrf"] = "" })).Status);
    }

    [Fact]
    public async Task A_link_on_a_strange_site_leads_on_by_a_page_of_ours()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();

        Answer first = await browser.GetAsync("/domains/a.test?days=14", ("Sec-Fetch-Site", "cross-site"));
        Answer second = await browser.GetAsync("/domains/a.test?days=14", ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal((200, "0; url=/domains/a.test?days=14"), (first.Status, first.Header["Refresh"]));
        Assert.Equal((302, "/login?to=%2Fdomains%2Fa.test%3Fdays%3D14"), (second.Status, second.Location));
    }
}
