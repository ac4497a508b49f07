using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Dashboard;

public partial class SettingsPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_domain_is_told_with_where_it_is_known_from()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(installation: new()
        {
            Looks = () => new(["Watched.test", "alpha.test"], TimeSpan.FromHours(6)),
            OwnDomains = () => ["alpha.test"],
        });
        await lab.AddAccountAsync("alice");
        await lab.AddTenantAsync("acme", "alpha.test");
        await lab.AddAccountAsync("ann", AccountRole.Owner, "acme");
        await lab.AddReportAsync("alpha.test", "Reporter");
        await lab.AddFindingAsync("beta.test");
        using Browser alice = await lab.LoggedInAsync("alice"), ann = await lab.LoggedInAsync("ann");

        string all = (await alice.GetAsync("/settings")).Body;
        Assert.Equal(["alpha.test", "beta.test", "watched.test"], Rows(all).Select(row => row.Split('|')[0]));
        Assert.Equal("alpha.test|monitor.domains, reportIntake.domains, reports|every 6 hours|never|2026-06-14|acme", Rows(all)[0]);
        Assert.Equal("beta.test|findings|no|never|none|", Rows(all)[1]);
        Assert.Equal("watched.test|monitor.domains|every 6 hours|never|none|", Rows(all)[2]);
        string own = (await ann.GetAsync("/settings")).Body;
        Assert.Equal("alpha.test|monitor.domains, reportIntake.domains, reports|every 6 hours|never|2026-06-14", Assert.Single(Rows(own)));
        Assert.DoesNotContain("beta.test", own, StringComparison.Ordinal);

        using Browser program = lab.NewBrowser();
        program.Header["Accept"] = "application/json";
        foreach ((string? tenant, int count, int? tenants) in ((string?, int, int?)[])[(null, 3, 1), ("acme", 1, null)])
        {
            JsonArray known = JsonNode.Parse((await program.SendAsync("GET", "/api/v1/known-domains", null, await lab.AddTokenAsync(AccountRole.Owner, tenant))).Body)!["domains"]!.AsArray();
            Assert.Equal(
                (count, "alpha.test", 21_600, "2026-06-14", tenants),
                (known.Count, (string)known[0]!["policyDomain"]!, (int)known[0]!["lookEverySeconds"]!, (string)known[0]!["lastReportDay"]!, known[0]!["tenants"]?.AsArray().Count));
        }
    }

    [Fact]
    public async Task A_test_on_a_route_is_told_in_words()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync(installation: new()
        {
            Routes = () => [new("post", "mail", "mail to a@example.test by mx.example.test:587", []), new("hook", "webhook", "https://hook.example.test/…", ["example.test"])],
            TestRoute = (route, _) => Task.FromResult<SendAnswer?>(route == "post" ? new(true, "250 <b>queued</b>") : new(false, "no answer within 30 seconds")),
        });
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("bob", AccountRole.Operator);
        using Browser alice = await lab.LoggedInAsync("alice"), bob = await lab.LoggedInAsync("bob");

        string sent = (await alice.PostAsync("/settings/alert-routes/test", new() { ["route"] = "post" })).Body;
        Assert.Contains("The test on <bdi>post</bdi> was sent: 250 &lt;b&gt;queued&lt;/b&gt;", sent, StringComparison.Ordinal);
        Assert.Contains("The test on <bdi>hook</bdi> was not sent: no answer", (await alice.PostAsync("/settings/alert-routes/test", new() { ["route"] = "hook" })).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await alice.PostAsync("/settings/alert-routes/test", new() { ["route"] = "<b>" })).Status);
        Assert.DoesNotContain("Send a test", (await bob.GetAsync("/settings/alert-routes")).Body, StringComparison.Ordinal);
        Assert.Equal(403, (await bob.PostAsync("/settings/alert-routes/test", new() { ["route"] = "post" })).Status);
        Assert.Contains("Alert route tested by=alice route=post sent=True answer=250 <b>queued</b>", lab.Logged);
    }

    [Fact]
    public void Secrets_of_routes_are_not_shown()
    {
        ServeConfiguration configuration = ServeConfiguration.Read("""
            [alerts]
            [[alerts.webhook]]
            url = "https://hook.example.test/path-secret?token=query-secret"
            secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            [[alerts.chat]]
            url = "https://hooks.slack.example.test/services/chat-secret"
            [[alerts.mail]]
            host = "mail.example.test"
            from = "a@example.test"
            to = ["b@example.test"]
            user = "u"
            password = "mail-secret"
            """, "test", new Dictionary<string, string>(), out var problems);
        Assert.Empty(problems);

        Assert.Equal(
            [
                "mail mail mail to b@example.test by mail.example.test:587", "webhook webhook https://hook.example.test/…", "chat chat slack at hooks.slack.example.test",
            ],
            configuration.Alerts!.Describe(TimeProvider.System).Select(route => $"{route.Name} {route.Kind} {route.Place}"));
    }

    [Fact]
    public async Task What_was_kept_long_enough_goes_when_an_owner_says_so()
    {
        StoreOptions options = new() { KeepBodies = TimeSpan.FromDays(10) };
        await using DashboardLab lab = await DashboardLab.StartAsync(installation: new() { Store = () => options });
        await lab.AddAccountAsync("alice");
        await lab.AddAccountAsync("bob", AccountRole.Operator);
        string id = await lab.AddReportAsync("alpha.test", "Reporter");
        using Browser alice = await lab.LoggedInAsync("alice"), bob = await lab.LoggedInAsync("bob");

        Assert.DoesNotContain("Delete it now", (await alice.GetAsync("/settings/retention")).Body, StringComparison.Ordinal);
        lab.Clock.Move(TimeSpan.FromDays(11));
        await alice.LogInAsync("alice", DashboardLab.Password);
        await bob.LogInAsync("bob", DashboardLab.Password);
        Assert.Contains("1 row has been kept long enough", (await bob.GetAsync("/settings/retention")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Delete it now", (await bob.GetAsync("/settings/retention")).Body, StringComparison.Ordinal);
        Assert.Equal(403, (await bob.PostAsync("/settings/retention/prune", [])).Status);
        Assert.Equal(200, (await alice.GetAsync($"/reports/{id}/raw")).Status);
        Assert.Contains("Deleted: the bytes of 1 report,", (await alice.PostAsync("/settings/retention/prune", [])).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await alice.GetAsync($"/reports/{id}/raw")).Status);
        Assert.Contains("Nothing has been kept longer", (await alice.GetAsync("/settings/retention")).Body, StringComparison.Ordinal);
        Assert.Contains(lab.Logged, line => line.StartsWith("Store cleaned by=alice bodies=1 reports=0", StringComparison.Ordinal));
    }

    // The cells of each row, without their marks.
    private static string[] Rows(string page) =>
        [.. Row().Matches(page).Select(row => string.Join('|', Mark().Replace(Between().Replace(row.Value, "|"), "").Split('|').Select(cell => cell.Trim())))];

    [GeneratedRegex("<tr><th scope=\"row\">.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("</t[hd]>(?=\\s*<t)")]
    private static partial Regex Between();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Mark();
}
