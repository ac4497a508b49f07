using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Hosting.Listening;

/// <summary>A web server of one role, with limits on everything a stranger may send.</summary>
/// <param name="role">The section it belongs to.</param>
/// <param name="listen">Where it listens, unless systemd hands sockets over.</param>
/// <param name="certificate">Certificate and key (PEM), or null for plain HTTP.</param>
/// <param name="systemd">Hands sockets over.</param>
/// <param name="loggers">Where it logs.</param>
internal sealed class WebListener(string role, ImmutableArray<string> listen, (string Certificate, string Key)? certificate, Systemd systemd, ILoggerFactory loggers)
{
    private const int MostConnections = 10_000;

    private readonly ILogger _logger = loggers.CreateLogger("Waxseal.Hosting");
    private WebApplication? _app;
    private int _open;

    /// <summary>Where it listens, once it does.</summary>
    public IReadOnlyCollection<string> Addresses => _app is null ? [] : [.. _app.Urls];

    public async Task StartAsync(Action<IApplicationBuilder> map, CancellationToken cancellationToken)
    {
        foreach (EndPoint endPoint in listen.Select(ListenAddress.Of).OfType<EndPoint>())
            ListeningSockets.RequireFolder(endPoint);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = [] });
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
        WebApplication app = builder.Build();
        map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        _app = app;
        foreach (string address in _app.Urls)
            _logger.Listening(role, address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null)
            return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
        _app = null;
    }

    private void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = ReportLimits.FileBytes;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestLineSize = 4 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(10));
        options.Limits.MaxRequestBufferSize = 64 * 1024;
        options.Limits.MaxResponseBufferSize = 64 * 1024;
        if (systemd.SocketsOf(role) is { Count: > 0 } handles)
        {
            foreach (int handle in handles)
                options.ListenHandle((ulong)Systemd.Duplicate(handle), Secure);
            return;
        }

        foreach (EndPoint endPoint in listen.Select(ListenAddress.Of).OfType<EndPoint>())
            options.Listen(endPoint, Secure);
    }

    private void Secure(ListenOptions options)
    {
        options.Use(Counted);
        options.Protocols = HttpProtocols.Http1AndHttp2;
        if (certificate is not { } files)
        {
            options.Protocols = HttpProtocols.Http1;
            return;
        }

        CurrentCertificate current = new(files.Certificate, files.Key, _logger);
        options.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificateSelector = (_, _) => current.Get().TargetCertificate,
            HandshakeTimeout = TimeSpan.FromSeconds(15),
            OnAuthenticate = (_, tls) =>
            {
                // The selector alone would leave the chain out.
                tls.ServerCertificateSelectionCallback = null;
                tls.ServerCertificateContext = current.Get();
            },
        });
    }

    private ConnectionDelegate Counted(ConnectionDelegate next) => async connection =>
    {
        if (Interlocked.Increment(ref _open) > MostConnections)
        {
            Interlocked.Decrement(ref _open);
            HostMetrics.ConnectionRefused(role, "all");
            connection.Abort();
            return;
        }

        HostMetrics.ConnectionBegan(role);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            HostMetrics.ConnectionEnded(role);
        }
    };
}
