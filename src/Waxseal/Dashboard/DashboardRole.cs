using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Accounts;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Checking;
using Waxseal.Dashboard.Managing;
using Waxseal.Dashboard.Oidc;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;

namespace Waxseal.Dashboard;

/// <summary>The web server of the pages and the API.</summary>
internal sealed class DashboardRole(DashboardOptions options, ProbeOptions probing, AddressRules rules, Installation installation, string shared, StoreDoor store, Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private readonly LiveChecks _checks = new(probing, rules, clock);
    private readonly LoginDesk _desk = new(store, clock, loggers.CreateLogger<LoginDesk>());
    private readonly RouteTests _tests = new(installation, loggers.CreateLogger<RouteTests>());
    private readonly Cleaning _cleaning = new(installation, store, loggers.CreateLogger<Cleaning>());
    private Provider? _provider;
    private CodeExchange? _exchange;
    private ApiWork? _work;
    private Site? _site;

    private readonly WebListener _listener = new(
        "dashboard", options.Listen, options is { Certificate: { } certificate, Key: { } key } ? (certificate, key) : null, systemd, loggers);

    public string Name => "dashboard";

    public string Options { get; } = $"{shared}\n{options.Mark}";

    public RoleState State { get; } = new("dashboard", clock);

    public IReadOnlyCollection<string> Addresses => _listener.Addresses;

    /// <summary>All addresses of the site, once it has started.</summary>
    public Routes? Routes { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken) => _listener.StartAsync((_site ??= NewSite()).Map, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _listener.StopAsync(cancellationToken);

    public void Dispose()
    {
        _work?.Dispose();
        _tests.Dispose();
        _cleaning.Dispose();
        _checks.Dispose();
        _exchange?.Dispose();
        _provider?.Dispose();
        _desk.Dispose();
    }

    private Site NewSite()
    {
        Proxies proxies = new(options);
        Cookies cookies = new(proxies);
        Logins logins = new(store, cookies, clock);
        Gate gate = new(ListeningSockets.AreLoopback(Name, options.Listen, systemd), proxies, cookies, logins, store, clock, loggers.CreateLogger<Gate>());
        LoginPages pages = new(options.Oidc, _desk, logins, proxies, loggers.CreateLogger<LoginPages>());
        _work = new(_checks);
        Reparsing reparsing = new(installation.Parse, loggers.CreateLogger<Reparsing>());
        AccessChanges changes = new(store, loggers.CreateLogger<AccessChanges>());
        Routes = new(
            _checks, new ApiRoutes(_work, reparsing, installation, new AccessApi(changes), _tests, _cleaning), new SettingsPages(installation, changes, _tests, _cleaning), new AccessPages(changes), reparsing,
            pages, NewOidc(pages, logins, cookies, proxies), new AccountPages(_desk, logins, proxies, store, loggers.CreateLogger<AccountPages>()));
        return new(options, Routes, gate, store, clock, loggers.CreateLogger<Site>());
    }

    private OidcPages? NewOidc(LoginPages pages, Logins logins, Cookies cookies, Proxies proxies)
    {
        if (options.Oidc is not { } oidc)
            return null;
        ProviderClient client = new(oidc, clock);
        _provider = new(oidc, client, clock, loggers.CreateLogger<Provider>());
        _exchange = new(oidc, _provider, client, clock);
        return new(oidc, _provider, _exchange, pages, _desk, logins, cookies, proxies, loggers.CreateLogger<OidcPages>());
    }
}
