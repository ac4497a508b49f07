using System.Text.Json.Nodes;
using Waxseal.Dashboard;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public class AccessApiTests
{
    private const string NewToken = "{\"name\":\"backup\",\"scope\":\"read\"}";
    private const string Base = ApiRoute.Base;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_without_a_password_is_not_the_first_and_logs_in_by_none()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Answer first = await browser.PostAsync("/settings/access/accounts", new() { ["name"] = "ann", ["role"] = "owner", ["password"] = "", ["again"] = "", ["none"] = "yes" }, "/settings/access");
        Assert.Equal(400, first.Status);
        Assert.Contains("first account has a password", first.Body, StringComparison.Ordinal);

        await lab.AddAccountAsync("ann");
        using Browser ann = await lab.LoggedInAsync("ann");
        Answer second = await ann.PostAsync("/settings/access/accounts", new() { ["name"] = "ben", ["role"] = "viewer", ["password"] = "", ["again"] = "", ["none"] = "yes" });
        Answer slip = await ann.PostAsync("/settings/access/accounts", new() { ["name"] = "cid", ["role"] = "viewer", ["password"] = "", ["again"] = "" });
        using Browser ben = lab.NewBrowser();
        Assert.Equal((302, 400), (second.Status, slip.Status));
        Assert.Contains("no password", (await ann.GetAsync("/settings/access")).Body, StringComparison.Ordinal);
        Assert.Equal(403, (await ben.LogInAsync("ben", "")).Status);
        Assert.Equal(403, (await ben.LogInAsync("ben", DashboardLab.Password)).Status);
    }

    [Fact]
    public async Task Every_address_takes_its_role_and_no_other()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        await lab.AddTenantAsync("acme", "acme.test");
        string read = await lab.AddTokenAsync(AccountRole.Viewer), operate = await lab.AddTokenAsync(AccountRole.Operator), manage = await lab.AddTokenAsync(AccountRole.Owner), tenant = await lab.AddTokenAsync(AccountRole.Owner, "acme");
        using Browser program = lab.NewBrowser();
        program.Header["Accept"] = "application/json";

        foreach (Route route in lab.Routes.Where(route => route.Path.StartsWith(Base, StringComparison.Ordinal)))
        {
            // With a body that fits no address; what may be asked for is refused for that or answered.
            async Task<int> askAsync(string? token) => (await program.SendAsync(route.Method, route.Path.Replace("{domain}", "nobody.test", StringComparison.Ordinal), route.Method == "GET" ? null : "[]", token)).Status;
            Assert.Equal((route.Path, 401, 401), (route.Path, await askAsync(null), await askAsync("wxs_000000000000_x")));
            Assert.Equal((route.Path, route.Least > ViewerRole.Viewer), (route.Path, await askAsync(read) == 403));
            Assert.Equal((route.Path, route.Least > ViewerRole.Operator), (route.Path, await askAsync(operate) == 403));
            Assert.Equal((route.Path, route.IsOfWhole), (route.Path, await askAsync(tenant) == 403));
            Assert.NotEqual((route.Path, 403), (route.Path, await askAsync(manage)));
        }
    }

    [Fact]
    public async Task A_token_is_made_once_and_its_secret_is_never_told_again()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        string manage = await lab.AddTokenAsync(AccountRole.Owner);
        using Browser program = Program(lab);

        Answer made = await program.SendAsync("POST", $"{Base}/tokens", "{\"name\":\"<script>alert(1)</script> גיבוי\",\"scope\":\"operate\",\"expires\":\"90d\"}", manage);
        Assert.Equal((201, "no-store"), (made.Status, made.Header["Cache-Control"]));
        JsonNode answer = JsonNode.Parse(made.Body)!;
        string secret = (string)answer["secret"]!, id = (string)answer["token"]!["id"]!;
        Assert.Equal(("<script>alert(1)</script> גיבוי", "operate"), ((string)answer["token"]!["name"]!, (string)answer["token"]!["scope"]!));
        Assert.DoesNotContain("<script>", made.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await program.SendAsync("GET", $"{Base}/status", null, secret)).Status);
        Assert.Equal(id, (string)JsonNode.Parse((await program.SendAsync("GET", made.Location!, null, manage)).Body)!["id"]!);
        string[] bodies = [(await program.SendAsync("GET", $"{Base}/tokens", null, manage)).Body, (await program.SendAsync("GET", $"{Base}/tokens/{id}", null, manage)).Body, .. lab.Logged];
        Assert.All(bodies, body => Assert.DoesNotContain(secret.Split('_', 3)[2], body, StringComparison.Ordinal));
        Assert.Contains(lab.Logged, line => line == $"Token made by=token:{manage.Split('_')[1]} token={id} scope=operate tenant=(all)");

        Assert.Equal((204, ""), await Outcome(program.SendAsync("DELETE", $"{Base}/tokens/{id}", null, manage)));
        Assert.Equal(401, (await program.SendAsync("GET", $"{Base}/status", null, secret)).Status);
        Assert.Equal(404, (await program.SendAsync("DELETE", $"{Base}/tokens/{id}", null, manage)).Status);
    }

    [Theory]
    [InlineData("/tokens", "{\"name\":\"\",\"scope\":\"read\"}", 400, "name")]
    [InlineData("/tokens", "{\"name\":\"a\\u202Eb\",\"scope\":\"read\"}", 400, "name")]
    [InlineData("/tokens", "{\"name\":\"a\\nb\",\"scope\":\"read\"}", 400, "name")]
    [InlineData("/tokens", "{\"name\":\"01234567890123456789012345678901234567890123456789012345678901234\",\"scope\":\"read\"}", 400, "name")]
    [InlineData("/tokens", "{\"name\":\"x\",\"scope\":\"all\"}", 400, "scope")]
    [InlineData("/tokens", "{\"name\":\"x\",\"scope\":\"read\",\"expires\":\"soon\"}", 400, "expires")]
    [InlineData("/tokens", "{\"name\":\"x\",\"scope\":\"read\",\"expires\":\"0d\"}", 400, "expires")]
    [InlineData("/tokens", "{\"name\":\"x\",\"scope\":\"read\",\"tenant\":\"nobody\"}", 400, "tenant")]
    [InlineData("/tokens", "{\"name\":\"x\",\"scope\":\"read\",\"tenent\":\"acme\"}", 400, null)]
    [InlineData("/tokens", "{\"name\":null,\"scope\":\"read\"}", 400, null)]
    [InlineData("/tokens", "{\"name\":\"x\"}", 400, null)]
    [InlineData("/tokens", "[", 400, null)]
    [InlineData("/accounts", "{\"name\":\"<b>\",\"role\":\"viewer\",\"password\":\"correct horse battery\"}", 400, "name")]
    [InlineData("/accounts", "{\"name\":\"bob\",\"role\":\"king\",\"password\":\"correct horse battery\"}", 400, "role")]
    [InlineData("/accounts", "{\"name\":\"bob\",\"role\":\"viewer\",\"password\":\"short\"}", 400, "password")]
    [InlineData("/accounts", "{\"name\":\"bob\",\"role\":\"viewer\",\"password\":\"correct horse battery\",\"tenant\":\"nobody\"}", 400, "tenant")]
    [InlineData("/accounts", "{\"name\":\"Alice\",\"role\":\"viewer\",\"password\":\"correct horse battery\"}", 409, "name")]
    [InlineData("/accounts/alice", "{}", 400, null)]
    [InlineData("/accounts/alice", "{\"totp\":true}", 400, null)]
    [InlineData("/accounts/alice", "{\"role\":\"viewer\"}", 409, null)]
    [InlineData("/accounts/nobody", "{\"locked\":false}", 404, null)]
    [InlineData("/tenants", "{\"name\":\"a b\",\"policyDomains\":[\"a.test\"]}", 400, "name")]
    [InlineData("/tenants", "{\"name\":\"a\",\"policyDomains\":[]}", 400, "policyDomains")]
    [InlineData("/tenants", "{\"name\":\"a\",\"policyDomains\":[\"a..b\"]}", 400, "policyDomains")]
    [InlineData("/tenants", "{\"name\":\"a\",\"policyDomains\":[null]}", 400, null)]
    [InlineData("/tenants", "{\"name\":\"a\"}", 400, null)]
    [InlineData("/alert-routes/nobody/test", "{}", 404, null)]
    public async Task What_does_not_fit_is_refused_and_changes_nothing(string path, string body, int status, string? parameter)
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        string manage = await lab.AddTokenAsync(AccountRole.Owner);
        using Browser program = Program(lab);

        Answer answer = await program.SendAsync("POST", $"{Base}{path}", body, manage);

        Assert.Equal((status, parameter), (answer.Status, (string?)JsonNode.Parse(answer.Body)!["parameter"]));
        Assert.Single(await lab.Store.StoredAccess.AccountsAsync(Token));
        Assert.Equal(AccountRole.Owner, (await lab.Store.StoredAccess.AccountAsync("alice", Token))!.Role);
        Assert.Single(await lab.Store.StoredAccess.TokensAsync(Token));
        Assert.Empty(await lab.Store.StoredAccess.TenantsAsync(Token));
    }

    [Fact]
    public async Task The_last_owner_that_sees_all_stays()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("ann", AccountRole.Owner, "acme");
        await lab.AddAccountAsync("bob");
        string manage = await lab.AddTokenAsync(AccountRole.Owner);
        using Browser program = Program(lab);

        Assert.Equal(200, (await program.SendAsync("POST", $"{Base}/accounts/bob", "{\"role\":\"operator\"}", manage)).Status);
        foreach ((string method, string? body) in ((string, string?)[])[("DELETE", null), ("POST", "{\"role\":\"viewer\"}")])
        {
            Answer refused = await program.SendAsync(method, $"{Base}/accounts/alice", body, manage);
            Assert.Equal(409, refused.Status);
            Assert.Contains("last owner", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await program.SendAsync("POST", $"{Base}/accounts/bob", "{\"role\":\"owner\"}", manage)).Status);
        Assert.Equal(204, (await program.SendAsync("DELETE", $"{Base}/accounts/alice", null, manage)).Status);
        Assert.Equal(409, (await program.SendAsync("DELETE", $"{Base}/accounts/bob", null, manage)).Status);
        Assert.Equal(204, (await program.SendAsync("DELETE", $"{Base}/accounts/ann", null, manage)).Status);
    }

    [Fact]
    public async Task The_first_account_is_an_owner_that_sees_all()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        using Browser program = Program(lab);

        Assert.Equal(409, (await program.SendAsync("POST", $"{Base}/accounts", Account("bob", "viewer"), null)).Status);
        Assert.Equal(409, (await program.SendAsync("POST", $"{Base}/accounts", Account("bob", "owner", "acme"), null)).Status);
        Assert.Equal(201, (await program.SendAsync("POST", $"{Base}/accounts", Account("Bob", "owner"), null)).Status);
        Assert.Equal(401, (await program.SendAsync("POST", $"{Base}/accounts", Account("eve", "owner"), null)).Status);
        Assert.Equal("bob", Assert.Single(await lab.Store.StoredAccess.AccountsAsync(Token)).Name);
        Assert.Contains(lab.Logged, line => line == "Account made by=loopback account=bob role=owner tenant=(all)");
    }

    [Fact]
    public async Task A_tenant_sees_and_makes_nothing_beyond_it()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        await lab.AddTenantAsync("beta", "beta.test");
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("ben", AccountRole.Viewer, "beta");
        string all = await lab.AddTokenAsync(AccountRole.Owner, name: "of all"), beta = await lab.AddTokenAsync(AccountRole.Viewer, "beta", name: "of beta"), own = await lab.AddTokenAsync(AccountRole.Owner, "acme", name: "own");
        using Browser program = Program(lab);
        Task<Answer> Ask(string method, string path, string? body = null) => program.SendAsync(method, $"{Base}{path}", body, own);

        foreach (string list in (string[])["/tokens", "/accounts", "/tenants"])
        {
            string body = (await Ask("GET", list)).Body;
            Assert.All(["of all", "of beta", "beta", "alice", "ben"], word => Assert.DoesNotContain(word, body, StringComparison.Ordinal));
        }

        foreach (string id in (string[])[all.Split('_')[1], beta.Split('_')[1]])
            Assert.Equal((404, 404), ((await Ask("GET", $"/tokens/{id}")).Status, (await Ask("DELETE", $"/tokens/{id}")).Status));
        foreach (string name in (string[])["alice", "ben"])
        {
            Assert.Equal((404, 404, 404), ((await Ask("GET", $"/accounts/{name}")).Status, (await Ask("DELETE", $"/accounts/{name}")).Status, (await Ask("POST", $"/accounts/{name}", "{\"password\":\"correct horse battery\"}")).Status));
            Assert.Equal(409, (await Ask("POST", "/accounts", Account(name, "viewer"))).Status);
        }

        Assert.Equal((200, 404), ((await Ask("GET", "/tenants/acme")).Status, (await Ask("GET", "/tenants/beta")).Status));
        Assert.Equal((403, 403, 403), ((await Ask("DELETE", "/tenants/acme")).Status, (await Ask("POST", "/tenants", "{\"name\":\"acme\",\"policyDomains\":[\"beta.test\"]}")).Status, (await Ask("DELETE", "/tenants/acme/domains/acme.test")).Status));
        foreach (string tenant in (string[])["beta", "nobody"])
        {
            string detail = (string)JsonNode.Parse((await Ask("POST", "/tokens", $"{{\"name\":\"x\",\"scope\":\"read\",\"tenant\":\"{tenant}\"}}")).Body)!["detail"]!;
            Assert.Equal($"There is no tenant {tenant}.", detail);
            Assert.Equal(400, (await Ask("POST", "/accounts", Account("carol", "viewer", tenant))).Status);
        }

        Assert.Equal("acme", (string)JsonNode.Parse((await Ask("POST", "/tokens", NewToken)).Body)!["token"]!["tenant"]!);
        Assert.Equal("acme", (string)JsonNode.Parse((await Ask("POST", "/accounts", Account("carol", "owner"))).Body)!["tenant"]!);
        Assert.Equal(["acme.test"], (await lab.Store.StoredAccess.TenantAsync("acme", Token))!.PolicyDomains);
        Assert.Equal(200, (await program.SendAsync("GET", $"{Base}/tokens/{beta.Split('_')[1]}", null, all)).Status);
    }

    [Fact]
    public async Task Tenants_are_made_widened_narrowed_and_removed()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        string manage = await lab.AddTokenAsync(AccountRole.Owner);
        using Browser program = Program(lab);
        Task<Answer> Ask(string method, string path, string? body = null) => program.SendAsync(method, $"{Base}{path}", body, manage);

        Assert.Equal(201, (await Ask("POST", "/tenants", "{\"name\":\"Acme\",\"policyDomains\":[\"A.test.\"]}")).Status);
        Answer widened = await Ask("POST", "/tenants", "{\"name\":\"acme\",\"policyDomains\":[\"b.test\"]}");
        Assert.Equal((200, "a.test,b.test"), (widened.Status, string.Join(',', JsonNode.Parse(widened.Body)!["policyDomains"]!.AsArray())));
        Assert.Equal(404, (await Ask("DELETE", "/tenants/acme/domains/c.test")).Status);
        Assert.Equal(204, (await Ask("DELETE", "/tenants/acme/domains/a.test")).Status);
        await lab.AddAccountAsync("ann", AccountRole.Viewer, "acme");
        Assert.Equal(409, (await Ask("DELETE", "/tenants/acme")).Status);
        Assert.Equal(204, (await Ask("DELETE", "/accounts/ann")).Status);
        Assert.Equal((204, 404), ((await Ask("DELETE", "/tenants/acme")).Status, (await Ask("DELETE", "/tenants/acme")).Status));
    }

    [Fact]
    public async Task A_browser_deletes_with_the_secret_of_its_forms_alone()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("bob");
        using Browser browser = await lab.LoggedInAsync("alice");
        browser.Header["Accept"] = "*/*";
        string secret = Browser.TokenIn((await browser.GetAsync("/account")).Body);

        Assert.Equal(403, (await browser.SendAsync("DELETE", $"{Base}/accounts/bob", (string?)null, null)).Status);
        Assert.Equal(403, (await browser.SendAsync("DELETE", $"{Base}/accounts/bob", null, null, ("X-Csrf-Token", secret), ("Origin", "https://stranger.example"))).Status);
        Assert.Equal(204, (await browser.SendAsync("DELETE", $"{Base}/accounts/bob", null, null, ("X-Csrf-Token", secret))).Status);

        await lab.AddAccountAsync("bob");
        Assert.Equal(409, (await browser.SendAsync("DELETE", $"{Base}/accounts/alice", null, null, ("X-Csrf-Token", secret))).Status);
        Assert.Equal(204, (await browser.SendAsync("DELETE", $"{Base}/accounts/alice?again=alice", null, null, ("X-Csrf-Token", secret))).Status);
        Assert.Equal(401, (await browser.SendAsync("DELETE", $"{Base}/accounts/bob", null, null, ("X-Csrf-Token", secret))).Status);
    }

    private static Browser Program(DashboardLab lab)
    {
        Browser program = lab.NewBrowser();
        program.Header["Accept"] = "application/json";
        return program;
    }

    private static string Account(string name, string role, string? tenant = null) =>
        $"{{\"name\":\"{name}\",\"role\":\"{role}\",\"password\":\"{DashboardLab.Password}\"{(tenant is null ? "" : $",\"tenant\":\"{tenant}\"")}}}";

    private static async Task<(int Status, string Body)> Outcome(Task<Answer> asking) => await asking is var answer ? (answer.Status, answer.Body) : default;
}
