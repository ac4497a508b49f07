using System.Net;
using System.Text.RegularExpressions;
using Waxseal.Access.Secrets;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public partial class AccessPageTests
{
    private const string Access = "/settings/access";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("owner", null, 200, 200, 200, 200)]
    [InlineData("operator", null, 403, 200, 200, 403)]
    [InlineData("viewer", null, 403, 200, 200, 403)]
    [InlineData("owner", "acme", 200, 403, 403, 403)]
    [InlineData("viewer", "acme", 403, 403, 403, 403)]
    public async Task Each_sees_the_pages_that_are_theirs(string role, string? tenant, int access, int routes, int retention, int configuration)
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("ann", AccessWords.RoleOf(role), tenant);
        using Browser ann = await lab.LoggedInAsync("ann");

        string settings = (await ann.GetAsync("/settings")).Body;
        foreach ((string path, int status) in ((string, int)[])[(Access, access), ("/settings/alert-routes", routes), ("/settings/retention", retention), ("/settings/configuration", configuration)])
        {
            Assert.Equal((path, status), (path, (await ann.GetAsync(path)).Status));
            Assert.Equal((path, status == 200), (path, settings.Contains($"href=\"{path}\"", StringComparison.Ordinal)));
        }

        Assert.Equal(role == "owner" && tenant is null ? 404 : 403, (await ann.PostAsync("/settings/alert-routes/test", new() { ["route"] = "nobody" })).Status);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_removed_when_asked_again()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser alice = await lab.LoggedInAsync("alice"), program = lab.NewBrowser();

        Answer made = await alice.PostAsync($"{Access}/tokens", new() { ["name"] = "<script>alert(1)</script>", ["scope"] = "read", ["tenant"] = "", ["expires"] = "90d" });
        string secret = WebUtility.HtmlDecode(Secret().Match(made.Body).Groups[1].Value), id = secret.Split('_')[1];
        Assert.Equal((200, "no-store"), (made.Status, made.Header["Cache-Control"]));
        Assert.DoesNotContain("<script>alert", made.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await program.GetAsync("/", ("Authorization", $"Bearer {secret}"))).Status);
        foreach (string path in (string[])[Access, $"{Access}/tokens/{id}"])
        {
            string body = (await alice.GetAsync(path)).Body;
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", body, StringComparison.Ordinal);
            Assert.Contains(id, body, StringComparison.Ordinal);
            Assert.DoesNotContain(secret.Split('_', 3)[2], body, StringComparison.Ordinal);
        }

        // To ask does not remove it; to send what was asked does.
        Assert.Contains("Remove it…", (await alice.GetAsync($"{Access}/tokens/{id}")).Body, StringComparison.Ordinal);
        Assert.Equal(403, (await alice.PostAsync($"{Access}/tokens/{id}/remove", new() { ["csrf"] = "wrong" })).Status);
        Assert.Equal(200, (await program.GetAsync("/", ("Authorization", $"Bearer {secret}"))).Status);
        Answer removed = await alice.PostAsync($"{Access}/tokens/{id}/remove", []);
        Assert.Equal((302, $"{Access}?done=token-removed"), (removed.Status, removed.Location));
        Assert.Contains("it holds no more", (await alice.GetAsync(removed.Location!)).Body, StringComparison.Ordinal);
        Assert.Equal(401, (await program.GetAsync("/", ("Authorization", $"Bearer {secret}"))).Status);
        Assert.Equal(404, (await alice.PostAsync($"{Access}/tokens/{id}/remove", [])).Status);
        Assert.Contains(lab.Logged, line => line == $"Token made by=alice token={id} scope=read tenant=(all)");
        Assert.Contains(lab.Logged, line => line == $"Token removed by=alice token={id}");
    }

    [Fact]
    public async Task Names_that_turn_the_direction_of_writing_stay_apart_from_what_is_around()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        string token = await lab.AddTokenAsync(AccountRole.Viewer, name: "abc\u202Edef");
        using Browser alice = await lab.LoggedInAsync("alice");

        Assert.Contains("<bdi>abc&#x202E;def</bdi>", (await alice.GetAsync(Access)).Body, StringComparison.Ordinal);
        Assert.Contains("<bdi>abc&#x202E;def</bdi>", (await alice.GetAsync($"{Access}/tokens/{token.Split('_')[1]}")).Body, StringComparison.Ordinal);
        foreach (string name in (string[])["abc\u202Edef", new string('x', 65), "", "two\nlines"])
        {
            Answer refused = await alice.PostAsync($"{Access}/tokens", new() { ["name"] = name, ["scope"] = "read" });
            Assert.Equal(400, refused.Status);
            Assert.Contains("A name has 1 to 64 characters", refused.Body, StringComparison.Ordinal);
        }

        Assert.Single(await lab.Store.StoredAccess.TokensAsync(Token));
    }

    [Fact]
    public async Task An_account_is_made_changed_and_removed()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        await lab.AddAccountAsync("alice");
        using Browser alice = await lab.LoggedInAsync("alice");
        Dictionary<string, string> Form(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);

        Answer differing = await alice.PostAsync($"{Access}/accounts", Form(("name", "bob"), ("role", "viewer"), ("password", DashboardLab.Password), ("again", "another battery")));
        Assert.Equal(400, differing.Status);
        Assert.Contains("not the same both times", differing.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"bob\"", differing.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(DashboardLab.Password, differing.Body, StringComparison.Ordinal);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/accounts", Form(("name", "Bob"), ("role", "operator"), ("tenant", "acme"), ("password", DashboardLab.Password), ("again", DashboardLab.Password)))).Status);
        using Browser bob = await lab.LoggedInAsync("bob");
        Assert.Equal(200, (await bob.GetAsync("/")).Status);

        await lab.Store.Access.SetTotpAsync("bob", Totp.NewSecret(), 0, Token);
        await lab.Store.Access.BeginAttemptAsync("bob", _ => TimeSpan.FromMinutes(10), lab.Clock.GetUtcNow(), Token);
        string page = (await alice.GetAsync($"{Access}/accounts/bob")).Body;
        Assert.Contains("Lift the lock", page, StringComparison.Ordinal);
        foreach ((string what, Dictionary<string, string> fields) in ((string, Dictionary<string, string>)[])
            [("unlock", []), ("totp", []), ("role", Form(("role", "viewer"))), ("password", Form(("password", "another battery"), ("again", "another battery")))])
        {
            Answer changed = await alice.PostAsync($"{Access}/accounts/bob/{what}", fields);
            Assert.Equal((302, $"{Access}/accounts/bob?done={what}"), (changed.Status, changed.Location));
        }

        Account after = (await lab.Store.StoredAccess.AccountAsync("bob", Token))!;
        Assert.Equal((AccountRole.Viewer, "acme", 0, null, null), (after.Role, after.Tenant, after.Failures, after.LockedUntil, after.TotpSecret));
        Assert.Equal(302, (await bob.LogInAsync("bob", "another battery")).Status);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/accounts/bob/remove", [])).Status);
        Assert.Equal("/login", (await bob.GetAsync("/")).Location);
        Assert.Equal(404, (await alice.GetAsync($"{Access}/accounts/bob")).Status);
        Assert.All(
            ["Account made by=alice account=bob role=operator tenant=acme", "Lock lifted by=alice account=bob", "One-time codes reset by=alice account=bob", "Role set by=alice account=bob role=viewer", "Password set by=alice account=bob", "Account removed by=alice account=bob"],
            line => Assert.Contains(line, lab.Logged));
        Assert.DoesNotContain(lab.Logged, line => line.Contains("battery", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_own_account_is_not_taken_over_or_removed_by_a_slip()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("carol");
        using Browser alice = await lab.LoggedInAsync("alice"), carol = await lab.LoggedInAsync("carol");

        string page = (await alice.GetAsync($"{Access}/accounts/alice")).Body;
        Assert.Contains("This is your own account", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/password\"", page, StringComparison.Ordinal);
        Assert.Equal(409, (await alice.PostAsync($"{Access}/accounts/alice/password", new() { ["password"] = "another battery", ["again"] = "another battery" })).Status);
        Assert.Equal(409, (await alice.PostAsync($"{Access}/accounts/alice/totp", [])).Status);
        Assert.Equal(409, (await alice.PostAsync($"{Access}/accounts/alice/role", new() { ["role"] = "viewer" })).Status);
        Assert.Equal(409, (await alice.PostAsync($"{Access}/accounts/alice/remove", [])).Status);
        Assert.Equal(409, (await alice.PostAsync($"{Access}/accounts/alice/remove", new() { ["again"] = "carol" })).Status);
        Assert.Equal(200, (await alice.GetAsync("/")).Status);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/accounts/alice/remove", new() { ["again"] = "alice" })).Status);
        Assert.Equal("/login", (await alice.GetAsync("/")).Location);

        Answer last = await carol.PostAsync($"{Access}/accounts/carol/remove", new() { ["again"] = "carol" });
        Assert.Equal(409, last.Status);
        Assert.Contains("It is the last owner that sees all", last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_of_a_tenant_manages_its_own_and_sees_no_other()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddTenantAsync("acme", "acme.test");
        await lab.AddTenantAsync("beta", "beta.test");
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("ben", AccountRole.Viewer, "beta");
        await lab.AddAccountAsync("ann", AccountRole.Owner, "acme");
        string foreign = (await lab.AddTokenAsync(AccountRole.Viewer, "beta", name: "of beta")).Split('_')[1];
        using Browser ann = await lab.LoggedInAsync("ann");

        string page = (await ann.GetAsync(Access)).Body;
        Assert.All(["beta", "alice", "ben", "Make a tenant"], word => Assert.DoesNotContain(word, page, StringComparison.Ordinal));
        foreach (string path in (string[])["accounts/alice", "accounts/ben", $"tokens/{foreign}", "tenants/beta"])
            Assert.Equal((path, 404), (path, (await ann.GetAsync($"{Access}/{path}")).Status));
        foreach (string path in (string[])["accounts/alice/remove", "accounts/ben/unlock", "accounts/ben/totp", $"tokens/{foreign}/remove"])
            Assert.Equal((path, 404), (path, (await ann.PostAsync($"{Access}/{path}", [])).Status));
        foreach (string path in (string[])["tenants", "tenants/acme/domains", "tenants/acme/domains/remove", "tenants/acme/remove"])
            Assert.Equal((path, 403), (path, (await ann.PostAsync($"{Access}/{path}", new() { ["name"] = "acme", ["domains"] = "beta.test", ["domain"] = "acme.test" })).Status));
        Assert.Equal(400, (await ann.PostAsync($"{Access}/tokens", new() { ["name"] = "x", ["scope"] = "read", ["tenant"] = "beta" })).Status);
        Assert.Equal(200, (await ann.PostAsync($"{Access}/tokens", new() { ["name"] = "x", ["scope"] = "manage" })).Status);
        Assert.Equal(302, (await ann.PostAsync($"{Access}/accounts", new() { ["name"] = "carl", ["role"] = "owner", ["password"] = DashboardLab.Password, ["again"] = DashboardLab.Password })).Status);
        Assert.Equal("acme", (await lab.Store.StoredAccess.AccountAsync("carl", Token))!.Tenant);
        Assert.All(await lab.Store.StoredAccess.TokensAsync(Token), token => Assert.NotNull(token.Tenant));
    }

    [Fact]
    public async Task A_tenant_is_made_changed_and_removed()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser alice = await lab.LoggedInAsync("alice");

        Answer refused = await alice.PostAsync($"{Access}/tenants", new() { ["name"] = "acme", ["domains"] = "a.test\r\n<b>.test" });
        Assert.Equal(400, refused.Status);
        Assert.Contains("&lt;b&gt;.test&quot;", refused.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", refused.Body, StringComparison.Ordinal);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/tenants", new() { ["name"] = "acme", ["domains"] = "a.test\r\nB.test, c.test" })).Status);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/tenants/acme/domains/remove", new() { ["domain"] = "a.test" })).Status);
        Assert.Equal(404, (await alice.PostAsync($"{Access}/tenants/acme/domains/remove", new() { ["domain"] = "a.test" })).Status);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/tenants/acme/domains", new() { ["domains"] = "d.test" })).Status);
        Assert.Equal(404, (await alice.PostAsync($"{Access}/tenants/other/domains", new() { ["domains"] = "d.test" })).Status);
        Assert.Equal(["b.test", "c.test", "d.test"], (await lab.Store.StoredAccess.TenantAsync("acme", Token))!.PolicyDomains);
        await lab.AddAccountAsync("ann", AccountRole.Viewer, "acme");
        Assert.Contains("remove them first", (await alice.PostAsync($"{Access}/tenants/acme/remove", [])).Body, StringComparison.Ordinal);
        await lab.Store.Access.RemoveAccountAsync("ann", Token);
        Assert.Equal(302, (await alice.PostAsync($"{Access}/tenants/acme/remove", [])).Status);
        Assert.Empty(await lab.Store.StoredAccess.TenantsAsync(Token));
    }

    [Fact]
    public async Task Without_accounts_the_first_is_made_on_the_page_and_ends_that()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        using Browser browser = lab.NewBrowser();

        Assert.Contains("<h1>This machine</h1>", (await browser.GetAsync("/account")).Body, StringComparison.Ordinal);
        Assert.Equal(409, (await browser.PostAsync($"{Access}/accounts", new() { ["name"] = "bob", ["role"] = "viewer", ["password"] = DashboardLab.Password, ["again"] = DashboardLab.Password }, Access)).Status);
        Assert.Equal(302, (await browser.PostAsync($"{Access}/accounts", new() { ["name"] = "alice", ["role"] = "owner", ["password"] = DashboardLab.Password, ["again"] = DashboardLab.Password }, Access)).Status);
        Assert.StartsWith("/login", (await browser.GetAsync(Access)).Location, StringComparison.Ordinal);
        Assert.Equal(302, (await browser.LogInAsync("alice", DashboardLab.Password)).Status);
        Assert.Equal(200, (await browser.GetAsync(Access)).Status);
    }

    [GeneratedRegex("id=\"secret\">([^<]*)<")]
    private static partial Regex Secret();
}
