using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;

namespace Waxseal.ReportIntake.Https;

/// <summary>The web server that takes reports.</summary>
internal sealed class HttpsIntakeRole(HttpsIntakeOptions options, string shared, ReportReceiver receiver, IntakeRoom room, RateLimits limits, Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IRole
{
    private readonly HttpsIntake _intake = new(options, receiver, room, limits, clock, loggers.CreateLogger<HttpsIntake>());

    private readonly WebListener _listener = new(
        "reportIntake.https", options.Listen, options is { Certificate: { } certificate, Key: { } key } ? (certificate, key) : null, systemd, loggers);

    public string Name => "reportIntake.https";

    public string Options { get; } = $"{shared}\n{HttpsIntakeOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("reportIntake.https", clock);

    /// <summary>Where it listens, once it does.</summary>
    public IReadOnlyCollection<string> Addresses => _listener.Addresses;

    public Task StartAsync(CancellationToken cancellationToken) => _listener.StartAsync(_intake.Map, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _listener.StopAsync(cancellationToken);
}
