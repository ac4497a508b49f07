using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waxseal.Tests.Dashboard.Oidc;

public class ProviderTests
{
    private const string Down = "cannot be asked now who you are, or does not answer as it should; the log says more. A password is taken as always.";

    public static TheoryData<string, Func<HttpContext, Task>> Broken => new()
    {
        { "HTTP 500: broken <b>", context => WriteAsync(context, 500, "broken <b>") },
        { "it said nothing", context => WriteAsync(context, 200, "") },
        { "what it said is no JSON object", context => WriteAsync(context, 200, "<html>") },
        { "what it said is no JSON object", context => WriteAsync(context, 200, "[1]") },
        { "what it said is no JSON object", context => WriteAsync(context, 200, new string('[', 5000)) },
        { "what it said is longer than 64 KB", context => WriteAsync(context, 200, $"{{\"x\":\"{new string('x', 64 * 1024)}\"}}") },
        { "what it said is longer than 64 KB", async context =>
            {
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.WriteAsync(new string(' ', 8192), context.RequestAborted);
            } },
        { "HTTP 302, elsewhere: http://127.0.0.1:1/elsewhere", context =>
            {
                context.Response.Redirect("http://127.0.0.1:1/elsewhere");
                return Task.CompletedTask;
            } },
        { "", context =>
            {
                context.Abort();
                return Task.CompletedTask;
            } },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task While_the_provider_does_not_answer_as_it_should_passwords_are_taken(string reason, Func<HttpContext, Task> answer)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        await lab.Dashboard.AddAccountAsync("bob");
        lab.Provider.Instead = async context =>
        {
            await answer(context);
            return true;
        };
        using Browser browser = lab.NewBrowser();

        Answer start = await browser.GetAsync("/login/oidc?to=/reports");
        Assert.Equal((502, $"127.0.0.1 {Down}"), (start.Status, OidcLab.ProblemIn(start)));
        Assert.Contains(lab.Dashboard.Logged, line => line.StartsWith($"Provider of logins not usable issuer={lab.Provider.Issuer} reason={lab.Provider.Issuer}/.well-known/openid-configuration: {reason}", StringComparison.Ordinal));
        Assert.Equal(302, (await browser.LogInAsync("bob", DashboardLab.Password)).Status);

        using Browser other = lab.NewBrowser();
        Assert.Equal(502, (await other.GetAsync("/login/oidc")).Status);
        Assert.Single(lab.Provider.Asked);
        lab.Provider.Instead = _ => Task.FromResult(false);
        lab.Dashboard.Clock.Move(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await lab.LogInAsync(other)).Status);
    }

    public static TheoryData<string, Action<JsonObject>> Metadata => new()
    {
        { "it calls itself https://other.test, and dashboard.oidc.issuer is ISSUER; both have to be written the same", json => json["issuer"] = "https://other.test" },
        { "it calls itself ISSUER/, and dashboard.oidc.issuer is ISSUER; both have to be written the same", json => json["issuer"] = $"{json["issuer"]}/" },
        { "it calls itself nothing, and dashboard.oidc.issuer is ISSUER; both have to be written the same", json => json.Remove("issuer") },
        { "its authorization_endpoint is missing, or no URL of https", json => json["authorization_endpoint"] = "javascript:alert(1)" },
        { "its authorization_endpoint is missing, or no URL of https", json => json["authorization_endpoint"] = "http://other.test/authorize" },
        { "its token_endpoint is missing, or no URL of https", json => json["token_endpoint"] = 5 },
        { "its token_endpoint is missing, or no URL of https", json => json["token_endpoint"] = "http://10.0.0.1/token" },
        { "its jwks_uri is missing, or no URL of https", json => json["jwks_uri"] = "file:///etc/passwd" },
        { "its jwks_uri is missing, or no URL of https", json => json.Remove("jwks_uri") },
    };

    [Theory, MemberData(nameof(Metadata))]
    public async Task A_provider_that_calls_itself_otherwise_is_not_used(string reason, Action<JsonObject> change)
    {
        await using OidcLab lab = await OidcLab.StartAsync(with: provider => provider.Metadata = change);
        using Browser browser = lab.NewBrowser();

        Answer start = await browser.GetAsync("/login/oidc");

        Assert.Equal(502, start.Status);
        string words = reason.Replace("ISSUER", lab.Provider.Issuer, StringComparison.Ordinal);
        Assert.Contains($"Provider of logins not usable issuer={lab.Provider.Issuer} reason={words}", lab.Dashboard.Logged);
        Assert.DoesNotContain(words, start.Body, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> BrokenLater => new()
    {
        { "/token", "{\"error\":\"invalid_client\"}", "the provider is not usable: ISSUER/token: HTTP 401: {\"error\":\"invalid_client\"}" },
        { "/token", "no json", "the provider is not usable: ISSUER/token: HTTP 401: no json" },
        { "/keys", "no json", "the provider is not usable: ISSUER/keys: HTTP 401: no json" },
    };

    [Theory, MemberData(nameof(BrokenLater))]
    public async Task What_breaks_later_is_told_in_the_log(string place, string answer, string reason)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Instead = async context =>
        {
            if (context.Request.Path != place)
                return false;
            await WriteAsync(context, 401, answer);
            return true;
        };
        using Browser browser = lab.NewBrowser();

        Answer seen = await lab.LogInAsync(browser);

        Assert.Equal((502, $"127.0.0.1 {Down}"), (seen.Status, OidcLab.ProblemIn(seen)));
        Assert.Contains($"Login failed account=(unknown) source=127.0.0.1 reason={reason.Replace("ISSUER", lab.Provider.Issuer, StringComparison.Ordinal)}", lab.Dashboard.Logged);
    }

    [Theory]
    [InlineData("/token", 129, 128)]
    [InlineData("/keys", 257, 256)]
    [InlineData("/userinfo", 65, 64)]
    public async Task No_answer_is_read_that_is_far_too_long(string place, int sent, int limit)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Claims = claims => claims.Remove("preferred_username");
        lab.Provider.Instead = async context =>
        {
            if (context.Request.Path != place)
                return false;
            await WriteAsync(context, 200, $"{{\"keys\":[],\"x\":\"{new string('x', sent * 1024)}\"}}");
            return true;
        };
        using Browser browser = lab.NewBrowser();

        Assert.Equal(502, (await lab.LogInAsync(browser)).Status);
        Assert.Contains(lab.Dashboard.Logged, line => line.Contains($"{place}: what it said is longer than {limit} KB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_ten_seconds_for_a_provider_that_says_nothing()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Instead = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        using Browser browser = lab.NewBrowser();
        long begun = TimeProvider.System.GetTimestamp();

        Assert.Equal(502, (await browser.GetAsync("/login/oidc")).Status);

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 9, 20);
        Assert.Contains(lab.Dashboard.Logged, line => line.EndsWith("openid-configuration: no answer within 10 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_in_a_private_network_has_to_be_allowed()
    {
        await using TestProvider provider = await TestProvider.StartAsync();
        string settings = provider.Settings().Replace("127.0.0.1:", "localhost:", StringComparison.Ordinal).Replace("allowAddresses = \"127.0.0.1\"", "", StringComparison.Ordinal);
        await using DashboardLab lab = await DashboardLab.StartAsync(settings.Replace("redirectUri = \"http://localhost", "redirectUri = \"http://127.0.0.1", StringComparison.Ordinal));
        await lab.AddAccountAsync("alice");
        using Browser browser = lab.NewBrowser();

        Assert.Equal(502, (await browser.GetAsync("/login/oidc")).Status);
        Assert.Contains(lab.Logged, line => line.Contains("127.0.0.1 is loopback, and not in dashboard.oidc.allowAddresses", StringComparison.Ordinal));
        Assert.Empty(provider.Asked);
    }

    [Fact]
    public async Task The_secret_goes_as_the_provider_takes_it()
    {
        await using OidcLab basic = await OidcLab.StartAsync(), post = await OidcLab.StartAsync(with: provider => provider.Metadata = json => json["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt", "client_secret_post")), none = await OidcLab.StartAsync(withSecret: false);
        foreach (OidcLab lab in new[] { basic, post, none })
        {
            using Browser browser = lab.NewBrowser();
            Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        }

        Assert.Equal(("Basic", false), SecretOf(basic));
        Assert.Equal((null, true), SecretOf(post));
        Assert.Equal((null, false), SecretOf(none));
        Assert.Equal(TestProvider.Secret, post.Provider.Exchanges.Single().Form["client_secret"]);
        Assert.All([basic, post, none], lab => Assert.Equal(TestProvider.ClientId, lab.Provider.Exchanges.Single().Form["client_id"]));

        static (string? Scheme, bool IsInBody) SecretOf(OidcLab lab) => lab.Provider.Exchanges.Single() is var (form, authorization) ? (authorization?.Split(' ')[0], form.ContainsKey("client_secret")) : default;
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
