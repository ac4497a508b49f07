using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;

namespace Waxseal.Tests.Alerts;

/// <summary>A web server that takes what routes send.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebListener _listener = new("test", ["127.0.0.1:0"], null, new Systemd(_ => null), NullLoggerFactory.Instance);

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<HookRequest> Requests { get; } = [];

    /// <summary>What is answered to the number of the request, from 1.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Url => _listener.Addresses.Single();

    public static async Task<HookServer> StartAsync()
    {
        HookServer server = new();
        int count = 0;
        await server._listener.StartAsync(app => app.Run(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
            server.Requests.Enqueue(new(context.Request.Method, context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(field => field.Key.ToLowerInvariant(), field => field.Value.ToString()), body.ToArray()));
            await server.Answer(Interlocked.Increment(ref count), context);
        }), TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _listener.StopAsync(CancellationToken.None);
}

/// <summary>A request that came.</summary>
internal sealed record HookRequest(string Method, string Path, Dictionary<string, string> Header, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Id => Header["webhook-id"];
}
