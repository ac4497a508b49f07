using Waxseal.Access.Secrets;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public class LoginTests
{
    private const string Behind = "trustedProxies = [\"127.0.0.1\"]\n";

    [Fact]
    public async Task Who_logs_in_gets_a_secret_that_scripts_and_strangers_do_not_see()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();
        browser.Cookies["waxseal"] = "chosen-by-somebody-else";

        Answer answer = await browser.LogInAsync(" Alice ", DashboardLab.Password);

        Assert.Equal((302, "/"), (answer.Status, answer.Location));
        string cookie = Assert.Single(answer.SetCookies, set => set.StartsWith("waxseal=", StringComparison.Ordinal) && !set.StartsWith("waxseal=;", StringComparison.Ordinal));
        Assert.NotEqual("chosen-by-somebody-else", browser.Cookies["waxseal"]);
        Assert.All(["; httponly", "; samesite=strict", "; path=/", "; max-age=604800"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Answer page = await browser.GetAsync("/");
        Assert.Equal(200, page.Status);
        Assert.Contains(">alice</a>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("No accounts:", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Logged, line => line.Contains(DashboardLab.Password, StringComparison.Ordinal));

        string first = browser.Cookies["waxseal"];
        Assert.Equal(302, (await browser.PostAsync("/login", new() { ["name"] = "alice", ["password"] = DashboardLab.Password })).Status);
        using Browser other = lab.NewBrowser();
        other.Cookies["waxseal"] = first;
        Assert.Equal((302, "/login"), await PlaceOf(other.GetAsync("/")));
    }

    [Fact]
    public async Task By_https_the_cookie_belongs_to_the_host_alone()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(Behind);
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();
        browser.Header["X-Forwarded-Proto"] = "https";

        Answer answer = await browser.LogInAsync("alice", DashboardLab.Password);

        string cookie = Assert.Single(answer.SetCookies, set => set.StartsWith("__Host-waxseal=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Nobody_learns_whether_there_is_an_account()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(Behind);
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("carol", totp: Totp.NewSecret());
        using Browser browser = lab.NewBrowser();

        Answer[] answers =
        [
            await browser.LogInAsync("alice", "wrong wrong wrong"), await browser.LogInAsync("nobody", "wrong wrong wrong"),
            await browser.LogInAsync("carol", DashboardLab.Password, "000000"), await browser.LogInAsync("<b>\"x", DashboardLab.Password),
        ];

        Assert.All(answers, answer => Assert.Equal(403, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body.Replace("nobody", "alice", StringComparison.Ordinal).Replace("carol", "alice", StringComparison.Ordinal)
            .Replace("&lt;b&gt;&quot;x", "alice", StringComparison.Ordinal)).Distinct());
        Assert.DoesNotContain("<b>", answers[3].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("waxseal", browser.Cookies.Keys);
    }

    [Fact]
    public async Task Who_guesses_waits_and_so_does_the_account()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(Behind);
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();
        for (int i = 0; i < 5; i++)
            Assert.Equal(403, (await browser.LogInAsync("alice", "wrong wrong wrong", header: ("X-Forwarded-For", $"203.0.113.{i}"))).Status);

        Answer locked = await browser.LogInAsync("alice", DashboardLab.Password, header: ("X-Forwarded-For", "203.0.113.9"));
        Assert.Equal(403, locked.Status);
        Assert.Contains(lab.Logged, line => line == "Account locked for a while account=alice source=203.0.113.4 wait=1");
        lab.Clock.Move(TimeSpan.FromSeconds(2));
        Assert.Equal(302, (await browser.LogInAsync("alice", DashboardLab.Password, header: ("X-Forwarded-For", "203.0.113.9"))).Status);
        Assert.Equal(0, (await lab.Store.StoredAccess.AccountAsync("alice", TestContext.Current.CancellationToken))!.Failures);

        using Browser other = lab.NewBrowser();
        for (int i = 0; i < 5; i++)
            await other.LogInAsync($"nobody{i}", "wrong wrong wrong", header: ("X-Forwarded-For", "203.0.113.77"));
        Answer slowed = await other.LogInAsync("alice", DashboardLab.Password, header: ("X-Forwarded-For", "203.0.113.77"));
        Assert.Equal((429, "1"), (slowed.Status, slowed.Header["Retry-After"]));
    }

    [Fact]
    public async Task A_login_ends_when_it_is_idle_and_after_a_week_in_any_case()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser idle = await lab.LoggedInAsync("alice"), busy = await lab.LoggedInAsync("alice");

        for (int hours = 0; hours < 7 * 24 - 10; hours += 10)
        {
            Assert.Equal(200, (await busy.GetAsync("/")).Status);
            lab.Clock.Move(TimeSpan.FromHours(10));
            if (hours == 10)
                Assert.Equal((302, "/login"), await PlaceOf(idle.GetAsync("/")));
        }

        lab.Clock.Move(TimeSpan.FromHours(9));
        Assert.Equal((302, "/login"), await PlaceOf(busy.GetAsync("/")));
    }

    [Fact]
    public async Task Without_the_token_of_the_page_nothing_changes()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = await lab.LoggedInAsync("alice"), other = await lab.LoggedInAsync("alice");
        string foreign = Browser.TokenIn((await other.GetAsync("/account")).Body), own = Browser.TokenIn((await browser.GetAsync("/account")).Body);

        Assert.Equal(403, (await browser.PostAsync("/logout", new() { ["csrf"] = "" })).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", new() { ["csrf"] = foreign })).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", new() { ["csrf"] = browser.Cookies["waxseal-form"] })).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", [], header: ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", [], header: ("Sec-Fetch-Site", "same-site"))).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", [], header: ("Origin", "http://evil.test"))).Status);
        Assert.Equal(403, (await browser.PostAsync("/logout", [], header: ("Origin", "null"))).Status);
        Assert.Equal(200, (await browser.GetAsync("/")).Status);

        Assert.Equal(302, (await browser.PostAsync("/logout", new() { ["csrf"] = "" }, header: [("X-Csrf-Token", own), ("Origin", lab.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")])).Status);
        Assert.Equal((302, "/login"), await PlaceOf(browser.GetAsync("/")));
        Assert.Equal(200, (await other.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_strange_page_logs_nobody_in()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();

        Assert.Equal(403, (await browser.PostAsync("/login", new() { ["csrf"] = "", ["name"] = "alice", ["password"] = DashboardLab.Password })).Status);
        Assert.Equal(403, (await browser.LogInAsync("alice", DashboardLab.Password, header: ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.DoesNotContain("waxseal", browser.Cookies.Keys);
    }

    [Fact]
    public async Task A_new_password_logs_out_everywhere_else()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = await lab.LoggedInAsync("alice"), other = await lab.LoggedInAsync("alice");
        string before = browser.Cookies["waxseal"];
        Dictionary<string, string> Form(string password, string again) => new() { ["password"] = password, ["new"] = "another battery", ["again"] = again };

        Assert.Contains("not right", (await browser.PostAsync("/account/password", Form("wrong wrong wrong", "another battery"))).Body, StringComparison.Ordinal);
        Assert.Contains("both times", (await browser.PostAsync("/account/password", Form(DashboardLab.Password, "something else"))).Body, StringComparison.Ordinal);
        Assert.Equal(302, (await browser.PostAsync("/account/password", Form(DashboardLab.Password, "another battery"))).Status);

        Assert.NotEqual(before, browser.Cookies["waxseal"]);
        Assert.Equal(200, (await browser.GetAsync("/")).Status);
        Assert.Equal((302, "/login"), await PlaceOf(other.GetAsync("/")));
        Assert.Equal(302, (await other.LogInAsync("alice", "another battery")).Status);
    }

    [Fact]
    public async Task One_time_codes_are_set_up_used_once_and_ended()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = await lab.LoggedInAsync("alice"), other = lab.NewBrowser();
        string page = (await browser.GetAsync("/account/totp")).Body;
        string text = page.Split("name=\"secret\" value=\"")[1].Split('"')[0];
        Assert.Contains($"otpauth://totp/Waxseal:alice?secret={text}", page, StringComparison.Ordinal);
        byte[] secret = Base32.Decode(text)!;
        string Code() => Totp.CodeOf(secret, Totp.StepAt(lab.Clock.GetUtcNow()));
        Task<Answer> Begin(string code) => browser.PostAsync("/account/totp", new() { ["secret"] = text, ["code"] = code, ["password"] = DashboardLab.Password });

        Assert.Equal(200, (await Begin("12345")).Status);
        Assert.Equal(302, (await Begin(Code())).Status);

        Assert.Equal(403, (await other.LogInAsync("alice", DashboardLab.Password)).Status);
        Assert.Equal(403, (await other.LogInAsync("alice", DashboardLab.Password, Code())).Status);
        lab.Clock.Move(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await other.LogInAsync("alice", DashboardLab.Password, Code())).Status);
        Assert.Equal(403, (await other.LogInAsync("alice", DashboardLab.Password, Code())).Status);

        Assert.Equal(302, (await browser.PostAsync("/account/totp/off", new() { ["password"] = DashboardLab.Password })).Status);
        using Browser third = lab.NewBrowser();
        Assert.Equal(302, (await third.LogInAsync("alice", DashboardLab.Password)).Status);
    }

    [Fact]
    public async Task An_old_digest_is_made_anew_at_the_next_login()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.Store.Access.AddAccountAsync(new("alice", null, AccountRole.Owner, Passwords.Digest(DashboardLab.Password, rounds: 1000), lab.Clock.GetUtcNow()), TestContext.Current.CancellationToken);

        using Browser browser = await lab.LoggedInAsync("alice");

        Assert.Equal(200, (await browser.GetAsync("/")).Status);
        Assert.False(Passwords.IsOld((await lab.Store.StoredAccess.AccountAsync("alice", TestContext.Current.CancellationToken))!.Password));
    }

    private static async Task<(int Status, string? Location)> PlaceOf(Task<Answer> asking) => await asking is var answer ? (answer.Status, answer.Location) : default;
}
