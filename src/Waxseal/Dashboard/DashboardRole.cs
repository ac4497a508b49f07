using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Checking;
using Waxseal.Hosting;
using Waxseal.Hosting.Control;
using Waxseal.Hosting.Listening;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;

namespace Waxseal.Dashboard;

/// <summary>The web server of the pages and the API.</summary>
internal sealed class DashboardRole(DashboardOptions options, ProbeOptions probing, AddressRules rules, Func<ImmutableArray<string>> configuration, Func<ImmutableArray<RoleStatus>> running, string shared, StoreDoor store, Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private readonly LiveChecks _checks = new(probing, rules, clock);
    private ApiWork? _work;
    private Site? _site;

    private Site NewSite()
    {
        _work = new(_checks);
        return new(options, new Routes(_checks, configuration, new ApiRoutes(_work, configuration, running)), store, clock, loggers.CreateLogger<Site>());
    }

    private readonly WebListener _listener = new(
        "dashboard", options.Listen, options is { Certificate: { } certificate, Key: { } key } ? (certificate, key) : null, systemd, loggers);

    public string Name => "dashboard";

    public string Options { get; } = $"{shared}\n{DashboardOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("dashboard", clock);

    public IReadOnlyCollection<string> Addresses => _listener.Addresses;

    public Task StartAsync(CancellationToken cancellationToken) => _listener.StartAsync((_site ??= NewSite()).Map, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _listener.StopAsync(cancellationToken);

    public void Dispose()
    {
        _work?.Dispose();
        _checks.Dispose();
    }
}
