using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Tests.Alerts;

namespace Waxseal.Tests.Hosting;

/// <summary>What the pages are told of the roles beside them, as the host puts them together.</summary>
public sealed class InstallationTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-installation-").FullName;
    private readonly ServeHost _host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);
    private readonly HttpClient _client = new(new HttpClientHandler());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_route_of_the_configuration_is_told_and_a_test_on_it_arrives()
    {
        await using HookServer hook = await HookServer.StartAsync();
        await ApplyAsync($"""
            [alerts]
            allowAddresses = ["127.0.0.0/8"]
            [[alerts.webhook]]
            name = "hook"
            url = "{hook.Url}/secret-path"
            secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            """);

        JsonNode route = (await GetAsync("/alert-routes"))["routes"]![0]!;
        Assert.Equal(("hook", "webhook", $"{hook.Url}/…"), ((string)route["name"]!, (string)route["kind"]!, (string)route["place"]!));
        JsonNode answer = await PostAsync("/alert-routes/hook/test");
        Assert.True((bool)answer["sent"]!, (string)answer["answer"]!);
        Assert.Equal("test", Assert.Single(hook.Requests).Json.GetProperty("type").GetString());

        hook.Answer = (_, context) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        answer = await PostAsync("/alert-routes/hook/test");
        Assert.False((bool)answer["sent"]!);
        Assert.Contains("500", (string)answer["answer"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_again_is_told_at_once()
    {
        await ApplyAsync("[alerts]\n");
        Assert.Empty((await GetAsync("/alert-routes"))["routes"]!.AsArray());
        IRole dashboard = _host.Roles.Single(role => role.Name == "dashboard");

        await ApplyAsync("""
            [alerts]
            [[alerts.mail]]
            host = "mail.example.test"
            from = "a@example.test"
            to = ["b@example.test"]
            """);

        Assert.Same(dashboard, _host.Roles.Single(role => role.Name == "dashboard"));
        Assert.Equal("mail to b@example.test by mail.example.test:587", (string)Assert.Single((await GetAsync("/alert-routes"))["routes"]!.AsArray())!["place"]!);
    }

    [Fact]
    public async Task What_the_configuration_keeps_is_told_of_the_store()
    {
        await ApplyAsync("", "keepFacts = \"7d\"");

        JsonNode facts = (await GetAsync("/retention"))["kinds"]!.AsArray().Single(kind => (string)kind!["key"]! == "store.keepFacts")!;
        Assert.Equal((7 * 86_400, 0), ((int)facts["keepSeconds"]!, (int)facts["outlived"]!));
    }

    private async Task ApplyAsync(string text, string store = "")
    {
        ServeConfiguration configuration = ServeConfiguration.Read(
            $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n{store}\n[dashboard]\nlisten = [\"127.0.0.1:0\"]\n{text}\n", "test", new Dictionary<string, string>(), out var problems);
        Assert.Empty(problems);
        await _host.ApplyAsync(configuration, Token);
    }

    private string Base => $"{_host.Roles.Single(role => role.Name == "dashboard").Addresses.First()}/api/v1";

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(new Uri(Base + path), Token))!;

    private async Task<JsonNode> PostAsync(string path)
    {
        using StringContent nothing = new("", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.PostAsync(new Uri(Base + path), nothing, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
    }
}
