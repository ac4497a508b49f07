using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;

namespace Waxseal.Dashboard;

/// <summary>The web server of the pages and the API.</summary>
internal sealed class DashboardRole(DashboardOptions options, string shared, StoreDoor store, Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IRole
{
    private readonly Site _site = new(options, store, clock, loggers.CreateLogger<Site>());

    private readonly WebListener _listener = new(
        "dashboard", options.Listen, options is { Certificate: { } certificate, Key: { } key } ? (certificate, key) : null, systemd, loggers);

    public string Name => "dashboard";

    public string Options { get; } = $"{shared}\n{DashboardOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("dashboard", clock);

    public IReadOnlyCollection<string> Addresses => _listener.Addresses;

    public Task StartAsync(CancellationToken cancellationToken) => _listener.StartAsync(_site.Map, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _listener.StopAsync(cancellationToken);
}
