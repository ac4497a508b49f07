using Waxseal.Access.Secrets;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard.Oidc;

public class OidcLoginTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_the_provider_names_is_let_in_to_where_they_wanted()
    {
        await using OidcLab lab = await OidcLab.StartAsync(more: "name = \"The <b>works\"");
        using Browser browser = lab.NewBrowser();
        Answer form = await browser.GetAsync("/login?to=%2Freports%3Fdomain%3Da.test");
        Assert.Contains("href=\"/login/oidc?to=%2Freports%3Fdomain%3Da.test\">Log in with The &lt;b&gt;works</a>", form.Body, StringComparison.Ordinal);

        Answer start = await browser.GetAsync("/login/oidc?to=%2Freports%3Fdomain%3Da.test");
        Assert.Equal(302, start.Status);
        Assert.StartsWith($"{lab.Provider.Issuer}/authorize?prompt=login&response_type=code&client_id=waxseal&redirect_uri=", start.Location, StringComparison.Ordinal);
        string begun = Assert.Single(start.SetCookies, set => set.StartsWith("waxseal-oidc=", StringComparison.Ordinal));
        Assert.All(["; httponly", "; samesite=lax", "; path=/", "; max-age=600"], part => Assert.Contains(part, begun, StringComparison.OrdinalIgnoreCase));

        string back = lab.Provider.LetIn(start.Location!);
        Answer answer = await browser.GetAsync(back, ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal((200, "0; url=/reports?domain=a.test"), (answer.Status, answer.Header["Refresh"]));
        string login = Assert.Single(answer.SetCookies, set => set.StartsWith("waxseal=", StringComparison.Ordinal));
        Assert.All(["; httponly", "; samesite=strict", "; max-age=604800"], part => Assert.Contains(part, login, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("waxseal-oidc", browser.Cookies.Keys);
        Assert.Contains(">alice</a>", (await browser.GetAsync("/reports?domain=a.test")).Body, StringComparison.Ordinal);
        Assert.Contains("this account has no password", (await browser.GetAsync("/account")).Body, StringComparison.Ordinal);
        Assert.Contains("Logged in account=alice source=127.0.0.1", lab.Dashboard.Logged);
        Assert.Equal(lab.Dashboard.Clock.GetUtcNow(), (await lab.Dashboard.Store.StoredAccess.AccountAsync("alice", Token))!.LoggedInAt);
        Assert.DoesNotContain(lab.Dashboard.Logged.Where(IsOurs), line => line.Contains(TestProvider.Secret, StringComparison.Ordinal) || line.Contains(back.Split("code=")[1][..32], StringComparison.Ordinal));

        Answer again = await browser.GetAsync(back);
        Assert.Equal(403, again.Status);
        Assert.Equal((302, "/reports"), await PlaceOf(browser.GetAsync("/login/oidc?to=/reports")));
    }

    [Fact]
    public async Task By_https_the_cookie_of_a_begun_login_belongs_to_the_host_alone()
    {
        await using OidcLab lab = await OidcLab.StartAsync("trustedProxies = [\"127.0.0.1\"]");
        using Browser browser = lab.NewBrowser();
        browser.Header["X-Forwarded-Proto"] = "https";

        Answer answer = await lab.LogInAsync(browser);

        Assert.Equal(200, answer.Status);
        Assert.Contains(answer.SetCookies, set => set.StartsWith("__Host-waxseal-oidc=;", StringComparison.Ordinal));
        Assert.Contains("__Host-waxseal", browser.Cookies.Keys);
        Assert.True(await OidcLab.IsInAsync(browser));
    }

    [Theory]
    [InlineData("//evil.test/")]
    [InlineData("https://evil.test/")]
    [InlineData("/\\evil.test")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_to_another_site(string to)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Assert.Equal("0; url=/", (await lab.LogInAsync(browser, to)).Header["Refresh"]);
        Assert.True(await OidcLab.IsInAsync(browser));
    }

    [Fact, Rfc(6749, "10.12")]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_refused()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser(), victim = lab.NewBrowser();
        string back = await lab.BeginAsync(browser);
        string kept = browser.Cookies["waxseal-oidc"], state = back.Split("state=")[1].Split('&')[0];
        await victim.GetAsync("/login/oidc");

        Assert.All(
            [
                await lab.NewBrowser().GetAsync(back), await victim.GetAsync(back), await browser.GetAsync(back.Replace(state, state[..^1] + "!", StringComparison.Ordinal)),
                await browser.GetAsync($"{back}&state={state}"), await browser.GetAsync(back.Replace("state=", "stat=", StringComparison.Ordinal)),
                await browser.GetAsync("/login/oidc/callback"), await browser.GetAsync("/login/oidc/callback?error=x&error_description=Call+0900+now"),
            ],
            answer =>
            {
                Assert.Equal(403, answer.Status);
                Assert.Contains("was not begun in this browser", OidcLab.ProblemIn(answer), StringComparison.Ordinal);
                Assert.DoesNotContain("0900", answer.Body, StringComparison.Ordinal);
            });
        string[] parts = kept.Split('.');
        foreach (string altered in new[] { $"{parts[0]}.{parts[1]}.L2Fk", $"{parts[0]}.{long.Parse(parts[1], null) - 1}.{parts[2]}", "x", $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.!!", $"{parts[0]}.-1.{parts[2]}", $"{parts[0]}.99999999999.{parts[2]}", new string('x', 3000) })
        {
            browser.Cookies["waxseal-oidc"] = altered;
            Assert.Equal(403, (await browser.GetAsync(back)).Status);
        }

        Assert.Empty(lab.Provider.Exchanges);
        browser.Cookies["waxseal-oidc"] = kept;
        Assert.Equal(200, (await browser.GetAsync(back)).Status);
    }

    [Fact]
    public async Task A_login_that_began_long_ago_is_begun_again()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();
        string back = await lab.BeginAsync(browser);
        lab.Dashboard.Clock.Move(TimeSpan.FromMinutes(10));

        Assert.Equal(403, (await browser.GetAsync(back)).Status);
        Assert.Contains(lab.Dashboard.Logged, line => line == "Login failed account=(unknown) source=127.0.0.1 reason=not begun here");
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
    }

    [Fact]
    public async Task A_code_is_no_use_to_another_browser_that_asked_for_one()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser thief = lab.NewBrowser(), victim = lab.NewBrowser();
        string stolen = (await lab.BeginAsync(victim)).Split("code=")[1].Split('&')[0], own = await lab.BeginAsync(thief);

        Answer answer = await thief.GetAsync(own.Replace(own.Split("code=")[1].Split('&')[0], stolen, StringComparison.Ordinal));

        Assert.Equal((403, $"{Host(lab)} does not take the code any more that your browser brought."), (answer.Status, OidcLab.ProblemIn(answer)));
        Assert.False(await OidcLab.IsInAsync(thief));
    }

    [Theory, Rfc(9207, "2.4")]
    [InlineData("http://other.test", "is not the one that answered.")]
    [InlineData(null, "is not the one that answered.")]
    public async Task An_answer_of_another_provider_is_refused(string? issuer, string words)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Answer answer = await browser.GetAsync(await lab.BeginAsync(browser, "/", ("iss", issuer)));

        Assert.Equal((403, $"{Host(lab)} {words}"), (answer.Status, OidcLab.ProblemIn(answer)));
        Assert.Empty(lab.Provider.Exchanges);
    }

    [Fact]
    public async Task A_provider_that_never_names_itself_need_not()
    {
        await using OidcLab lab = await OidcLab.StartAsync(with: provider => provider.Metadata = json => json.Remove("authorization_response_iss_parameter_supported"));
        using Browser browser = lab.NewBrowser();

        Assert.Equal(200, (await browser.GetAsync(await lab.BeginAsync(browser, "/", ("iss", null)))).Status);
    }

    [Fact]
    public async Task What_the_provider_says_no_with_is_shown_as_text()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Answer answer = await browser.GetAsync(await lab.BeginAsync(browser, "/", ("code", null), ("error", "access_denied"), ("error_description", $"<script>x</script>\r\nLogged in account=root {new string('y', 3000)}")));

        Assert.Equal(403, answer.Status);
        Assert.StartsWith($"{Host(lab)} says no: access_denied, <script>x</script> Logged in account=root yyy", OidcLab.ProblemIn(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", answer.Body, StringComparison.Ordinal);
        Assert.True(OidcLab.ProblemIn(answer).Length < 300);
        Assert.All(lab.Dashboard.Logged, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public async Task Who_has_no_account_learns_its_name()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Person["preferred_username"] = "Mallory";
        using Browser browser = lab.NewBrowser();

        Answer answer = await lab.LogInAsync(browser);

        Assert.Equal((403, $"{Host(lab)} says that you are mallory, and there is no account of that name; waxseal account add makes one."), (answer.Status, OidcLab.ProblemIn(answer)));
        Assert.Contains("Login failed account=mallory source=127.0.0.1 reason=no such account", lab.Dashboard.Logged);
        Assert.False(await OidcLab.IsInAsync(browser));
    }

    [Fact]
    public async Task Who_fails_again_and_again_waits()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();
        for (int i = 0; i < 5; i++)
            Assert.Equal(403, (await browser.GetAsync(await lab.BeginAsync(browser, "/", ("code", "guessed")))).Status);

        Answer answer = await lab.LogInAsync(browser);

        Assert.Equal((429, "1"), (answer.Status, answer.Header["Retry-After"]));
        Assert.Equal(5, lab.Provider.Exchanges.Count);
        lab.Dashboard.Clock.Move(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
    }

    [Fact]
    public async Task An_account_without_a_password_is_let_in_by_none()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Assert.All([await browser.LogInAsync("alice", Passwords.None), await browser.LogInAsync("alice", ""), await browser.LogInAsync("alice", DashboardLab.Password)], answer => Assert.Equal(403, answer.Status));
        Assert.False(await OidcLab.IsInAsync(browser));
    }

    [Fact]
    public async Task A_lock_for_guessed_passwords_holds_the_provider_up_as_little_as_one_time_codes_do()
    {
        await using OidcLab lab = await OidcLab.StartAsync("trustedProxies = [\"127.0.0.1\"]", "accountClaim = \"sub\"");
        lab.Provider.Person["sub"] = "carol";
        await lab.Dashboard.AddAccountAsync("carol", totp: Totp.NewSecret());
        using Browser browser = lab.NewBrowser();
        for (int i = 0; i < 6; i++)
            await browser.LogInAsync("carol", "wrong wrong wrong", header: ("X-Forwarded-For", $"203.0.113.{i}"));
        Account before = (await lab.Dashboard.Store.StoredAccess.AccountAsync("carol", Token))!;
        Assert.NotNull(before.LockedUntil);

        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);

        Account after = (await lab.Dashboard.Store.StoredAccess.AccountAsync("carol", Token))!;
        Assert.Equal((before.Failures, before.LockedUntil), (after.Failures, after.LockedUntil));
        Assert.Contains("Password of now", (await browser.GetAsync("/account")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_and_tenant_of_the_account_hold()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        await lab.Dashboard.AddTenantAsync("alpha", "alpha.test");
        await lab.Dashboard.AddAccountWithoutPasswordAsync("ann", AccountRole.Viewer, "alpha");
        await lab.Dashboard.AddReportAsync("alpha.test", "Reporter alpha");
        await lab.Dashboard.AddReportAsync("beta.test", "Reporter beta");
        lab.Provider.Person["preferred_username"] = "ann";
        lab.Provider.Person["role"] = "owner";
        using Browser browser = lab.NewBrowser();

        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);

        string reports = (await browser.GetAsync("/reports")).Body;
        Assert.Contains("alpha.test", reports, StringComparison.Ordinal);
        Assert.DoesNotContain("beta", reports, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(404, (await browser.GetAsync("/domains/beta.test")).Status);
        Assert.Equal(403, (await browser.GetAsync("/check")).Status);
    }

    [Fact]
    public async Task An_account_that_is_removed_is_logged_out()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        await lab.Dashboard.AddAccountAsync("owner");
        using Browser browser = lab.NewBrowser();
        await lab.LogInAsync(browser);

        await lab.Dashboard.Store.Access.RemoveAccountAsync("alice", Token);

        Assert.False(await OidcLab.IsInAsync(browser));
    }

    [Fact]
    public async Task Without_the_section_there_is_nothing_of_it()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();

        Assert.Equal(404, (await browser.GetAsync("/login/oidc")).Status);
        Assert.DoesNotContain("Log in with", (await browser.GetAsync("/login")).Body, StringComparison.Ordinal);
    }

    // The web server tells of each request as well; waxseal does not write that into its log.
    private static bool IsOurs(string line) => !line.StartsWith("Request ", StringComparison.Ordinal) && !line.StartsWith("Executing ", StringComparison.Ordinal);

    private static string Host(OidcLab lab) => new Uri(lab.Provider.Issuer).Host;

    private static async Task<(int Status, string? Location)> PlaceOf(Task<Answer> asking) => await asking is var answer ? (answer.Status, answer.Location) : default;
}
