using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting.Listening;

namespace Waxseal.Hosting.Metrics;

/// <summary>Shows figures and health by HTTP, and pushes the figures.</summary>
internal sealed class MetricsRole(MetricsOptions options, Health health, Measurements measurements, Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private const string PlainText = "text/plain; charset=utf-8";

    private readonly WebListener _listener = new("metrics", options.Listen, certificate: null, systemd, loggers);
    private RoleLoop? _pushes;

    public string Name => "metrics";

    public string Options { get; } = MetricsOptions.Section.Mark(options);

    public RoleState State { get; } = new("metrics", clock);

    public IReadOnlyCollection<string> Addresses => _listener.Addresses;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Left to itself, the listener of nowhere takes an address of its own choice.
        if (!options.Listen.IsEmpty || systemd.SocketsOf(Name).Count > 0)
            await _listener.StartAsync(app => app.Run(AnswerAsync), cancellationToken);
        if (options.Otlp.Length == 0)
            return;
        ILogger logger = loggers.CreateLogger("Waxseal.Hosting");
        _pushes = new RoleLoop(new OtlpPush(options, measurements, State, clock, logger).RunAsync, State, clock, logger);
        _pushes.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_listener.StopAsync(cancellationToken), _pushes?.StopAsync(cancellationToken) ?? Task.CompletedTask);

    public void Dispose() => _pushes?.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        (int status, string type, string text) = await AnswerToAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(text);
    }

    private async Task<(int Status, string Type, string Text)> AnswerToAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return (StatusCodes.Status405MethodNotAllowed, PlainText, "Figures are to be had by GET.\n");
        }

        switch (context.Request.Path.Value)
        {
            case "/metrics":
                bool isOpen = AcceptHeader.PrefersOpenMetrics(context.Request.Headers.Accept);
                return (StatusCodes.Status200OK, isOpen ? PrometheusText.OpenType : PrometheusText.PlainType, PrometheusText.Write(measurements, isOpen));
            case "/healthz":
                return Told(health.Alive());
            case "/readyz":
                return Told(await health.ReadyAsync(context.RequestAborted));
            default:
                return (StatusCodes.Status404NotFound, PlainText, "There are /metrics, /healthz and /readyz.\n");
        }
    }

    private static (int Status, string Type, string Text) Told((bool IsWell, string Text) health) =>
        (health.IsWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, PlainText, health.Text);
}
