using Waxseal.Dashboard;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Tests.Dashboard.Oidc;

public class OidcOptionsTests
{
    private const string Text = "[dashboard.oidc]\nissuer = \"https://login.test/a\"\nclientId = \"w\"\nclientSecret = \"hush\"\nredirectUri = \"http://127.0.0.1:8480/login/oidc/callback\"";

    [Fact]
    public void A_secret_that_changes_is_noticed_and_never_shown()
    {
        ServeConfiguration before = Read(Text), after = Read(Text.Replace("hush", "husk", StringComparison.Ordinal));

        Assert.NotEqual(before.Dashboard!.Mark, after.Dashboard!.Mark);
        Assert.Equal(before.Dashboard.Mark, Read(Text).Dashboard!.Mark);
        Assert.Equal(before.Show(), after.Show());
        Assert.Contains("[dashboard.oidc]", before.Show());
        Assert.DoesNotContain(before.Show(), line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public void The_environment_alone_may_name_a_provider()
    {
        DashboardOptions options = Read("", new()
        {
            ["WAXSEAL_DASHBOARD_OIDC_ISSUER"] = "https://login.test/a",
            ["WAXSEAL_DASHBOARD_OIDC_CLIENT_ID"] = "w",
            ["WAXSEAL_DASHBOARD_OIDC_REDIRECT_URI"] = "http://localhost:8480/login/oidc/callback",
        }).Dashboard!;

        Assert.Equal(("login.test", null), (options.Oidc!.ProviderName, options.Oidc.ClientSecret));
    }

    [Fact]
    public void An_issuer_with_the_address_below_it_is_told_what_to_leave_out()
    {
        ServeConfiguration.Read(Text.Replace("/a\"", "/a/.well-known/openid-configuration\"", StringComparison.Ordinal), "test", new Dictionary<string, string>(), out var problems);

        Assert.Contains("it takes what stands before /.well-known/openid-configuration", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    private static ServeConfiguration Read(string text, Dictionary<string, string>? environment = null)
    {
        ServeConfiguration configuration = ServeConfiguration.Read(text, "test", environment ?? [], out var problems);
        Assert.Empty(problems);
        return configuration;
    }
}
