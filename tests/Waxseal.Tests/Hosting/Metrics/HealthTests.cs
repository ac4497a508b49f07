using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Tests.Hosting.Metrics;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-health-").FullName;
    private readonly ServeHost _host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });

    [Fact]
    public async Task Without_a_store_it_lives_and_is_not_ready_and_is_when_the_store_comes()
    {
        await StartAsync($"sqlite:{_folder}/none/waxseal.db");

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/healthz")).Status);
        (HttpStatusCode before, string text) = await GetAsync("/readyz");
        Directory.CreateDirectory($"{_folder}/none");
        HttpStatusCode after = before;
        for (int i = 0; i < 100 && after != HttpStatusCode.OK; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            (after, _) = await GetAsync("/readyz");
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before, after));
        Assert.StartsWith($"not ready\nstore: the database {_folder}/none/waxseal.db cannot be opened", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_broke_down_is_named()
    {
        await StartAsync($"sqlite:{_folder}/waxseal.db");
        _host.Roles.Single().State.Fail("the disk makes noises");
        (HttpStatusCode outside, string told) = await GetAsync("/healthz");
        _host.Roles.Single().State.Break("InvalidOperationException: x");
        (HttpStatusCode alive, _) = await GetAsync("/healthz");
        (HttpStatusCode ready, string text) = await GetAsync("/readyz");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (outside, alive, ready));
        Assert.Matches("^alive\nmetrics: in trouble since [-0-9]+ [:0-9]+Z: the disk makes noises\n$", told);
        Assert.Matches("^not ready\nmetrics: broken since [-0-9]+ [:0-9]+Z: InvalidOperationException: x\n$", text);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/metrics", HttpStatusCode.OK)]
    public async Task Nothing_else_is_answered(string method, string path, HttpStatusCode expected)
    {
        await StartAsync($"sqlite:{_folder}/waxseal.db");

        Assert.Equal(expected, (await GetAsync(path, method)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string database)
    {
        ServeConfiguration configuration = ServeConfiguration.Read($"[store]\ndatabase = \"{database}\"\n[metrics]\nlisten = \"127.0.0.1:0\"\n", "f.toml", new Dictionary<string, string>(), out var problems);
        Assert.Empty(problems);
        await _host.ApplyAsync(configuration, TestContext.Current.CancellationToken);
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string method = "GET")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(new Uri(_host.Roles.Single().Addresses.Single()), path));
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
