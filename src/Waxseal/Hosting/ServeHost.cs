using System.Collections.Immutable;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts;
using Waxseal.Dashboard;
using Waxseal.Findings;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Control;
using Waxseal.Hosting.Metrics;
using Waxseal.Hosting.Probing;
using Waxseal.Monitor;
using Waxseal.Net.Dns;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.ReportIntake.Folder;
using Waxseal.ReportIntake.Https;
using Waxseal.ReportIntake.Mailbox;
using Waxseal.ReportIntake.Maildir;
using Waxseal.ReportIntake.Smtp;
using Waxseal.Storage.Migrations;

namespace Waxseal.Hosting;

/// <summary>Runs the roles of one configuration, and those of the next when it is read again.</summary>
internal sealed class ServeHost(Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>How long what has begun may take to end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    private readonly ILogger _logger = loggers.CreateLogger("Waxseal.Hosting");
    private readonly IntakeRoom _room = new();
    private readonly RecentReports _recent = new(clock);
    private readonly Measurements _measurements = new();
    private HostGauges? _gauges;
    private ServeConfiguration? _configuration;
    private ImmutableArray<IRole> _roles = [];
    private StoreDoor? _store;

    // One for each way of asking that was ever set: a role that is about to stop may still ask.
    private readonly Dictionary<string, StubResolver> _resolvers = [];

    /// <summary>The roles that run.</summary>
    public ImmutableArray<IRole> Roles => _roles;

    /// <summary>The store.</summary>
    public StoreDoor Store => _store ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>The roles that ought to run and could not be started again, with the reason.</summary>
    public ImmutableArray<(string Role, string Reason)> Missing { get; private set; } = [];

    /// <summary>The reports that came last.</summary>
    public RecentReports Recent => _recent;

    /// <summary>Whether an exception is of the kind that a start may end with, told in words, and is no fault of this program.</summary>
    public static bool IsRefusal(Exception fault) => fault is SchemaException or IOException or UnauthorizedAccessException or SocketException;

    /// <summary>
    /// Starts the roles of a configuration, or changes from the one that runs: what did not change goes on. If something cannot be
    /// started, what ran before runs again.
    /// </summary>
    /// <returns>The roles that were started, changed or stopped.</returns>
    /// <exception cref="SchemaException">The database was made by another version.</exception>
    /// <exception cref="IOException">An address to listen at is taken.</exception>
    public async Task<ImmutableArray<string>> ApplyAsync(ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        StoreDoor? before = _store;
        if (before?.Address != configuration.Store.Address)
            _store = await OpenStoreAsync(configuration, cancellationToken);
        ImmutableArray<string> changed;
        try
        {
            changed = await ChangeRolesAsync(configuration, cancellationToken);
        }
        catch (Exception) when (_configuration is not null)
        {
            await GoBackAsync(before!);
            throw;
        }

        _configuration = configuration;
        Missing = [];
        if (_roles.IsEmpty)
            _logger.NoRole();
        _gauges ??= new HostGauges(this, _measurements);
        if (before is null || before == _store)
            return changed;
        await before.DisposeAsync();
        return changed.Insert(0, "store");
    }

    /// <summary>Why the configuration that runs cannot become another without a restart, each as a sentence.</summary>
    public async Task<ImmutableArray<string>> FindObstaclesAsync(ServeConfiguration next)
    {
        if (_configuration is not { } now)
            return [];
        if (now.HasRole && !next.HasRole)
            return ["The configuration has no section of a role any more, so that everything would end; to have that, stop waxseal serve."];

        ImmutableArray<string>.Builder obstacles = ImmutableArray.CreateBuilder<string>();
        if (!next.Store.Address.IsSamePlaceAs(now.Store.Address))
            obstacles.Add($"store.database leads to {await StoreDoor.PlaceOfAsync(next.Store.Address)}, and the store in use is {Store.Place}; it stays while waxseal serve runs, so restart waxseal serve to change it.");
        if (next.Control.Socket != now.Control.Socket)
            obstacles.Add($"control.socket leads to {next.ControlSocket}, and the one in use is {now.ControlSocket}; it stays while waxseal serve runs, so restart waxseal serve to change it.");
        return obstacles.ToImmutable();
    }

    /// <summary>Stops everything in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_roles);
        _roles = [];
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
        foreach (StubResolver resolver in _resolvers.Values)
            resolver.Dispose();
        _resolvers.Clear();
        _room.Dispose();
        _gauges?.Dispose();
        _measurements.Dispose();
    }

    private async Task<StoreDoor> OpenStoreAsync(ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        DataFolder.MakeFor(configuration.Store);
        StoreDoor store = new(configuration.Store.Address, clock, loggers.CreateLogger<StoreDoor>());
        try
        {
            await store.StartAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private async Task<ImmutableArray<string>> ChangeRolesAsync(ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        ImmutableArray<IRole> next = RolesOf(configuration);
        ImmutableArray<IRole> gone = [.. _roles.Where(role => next.All(other => other.Name != role.Name || other.Options != role.Options))];
        await StopAsync(gone);
        _roles = _roles.RemoveRange(gone);
        List<string> changed = [.. gone.Select(role => role.Name)];
        foreach (IRole role in next.Where(role => _roles.All(other => other.Name != role.Name)))
        {
            await StartAsync(role, cancellationToken);
            changed.Add(role.Name);
        }

        string[] order = [.. next.Select(role => role.Name)];
        _roles = [.. _roles.OrderBy(role => Array.IndexOf(order, role.Name))];
        return [.. changed.Distinct()];
    }

    private async Task StartAsync(IRole role, CancellationToken cancellationToken)
    {
        try
        {
            await role.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw new IOException($"{role.Name} cannot start: {fault.Message.TrimEnd('.')}.", fault);
        }

        _roles = _roles.Add(role);
        _logger.RoleStarted(role.Name);
    }

    // The sockets that were let go are there again unless somebody took them in this moment.
    private async Task GoBackAsync(StoreDoor before)
    {
        StoreDoor failed = _store!;
        _store = before;
        ImmutableArray<IRole> old = RolesOf(_configuration!);
        ImmutableArray<IRole> gone = [.. _roles.Where(role => old.All(other => other.Name != role.Name || other.Options != role.Options))];
        await StopAsync(gone);
        _roles = _roles.RemoveRange(gone);
        Missing = [];
        foreach (IRole role in old.Where(role => _roles.All(other => other.Name != role.Name)))
        {
            try
            {
                await StartAsync(role, CancellationToken.None);
            }
            catch (Exception fault) when (IsRefusal(fault))
            {
                Missing = Missing.Add((role.Name, fault.Message));
                _logger.RoleNotStarted(role.Name, fault.Message);
            }
        }

        if (failed != before)
            await failed.DisposeAsync();
    }

    private StubResolver ResolverOf(ServeConfiguration configuration)
    {
        string options = DnsOptions.Section.Mark(configuration.Dns);
        if (!_resolvers.TryGetValue(options, out StubResolver? resolver))
            _resolvers[options] = resolver = configuration.Dns.NewResolver(clock);
        return resolver;
    }

    private ImmutableArray<IRole> RolesOf(ServeConfiguration configuration) =>
    [
        .. configuration.ReportIntake is { } intake ? IntakeRolesOf(configuration, intake) : [],
        .. configuration.Monitor is { } monitor ? [MonitorOf(configuration, monitor)] : ImmutableArray<IRole>.Empty,
        .. configuration.Alerts is { } alerts ? [new AlertsRole(alerts, StoreOptions.Section.Mark(configuration.Store), Store, clock, loggers)] : ImmutableArray<IRole>.Empty,
        .. configuration.Findings is { } findings ? [new FindingsRole(findings, StoreOptions.Section.Mark(configuration.Store), Store, clock, loggers)] : ImmutableArray<IRole>.Empty,
        .. configuration.Dashboard is { } dashboard ? [DashboardOf(configuration, dashboard)] : ImmutableArray<IRole>.Empty,
        .. configuration.Metrics is { } metrics ? [new MetricsRole(metrics, new Health(this), _measurements, systemd, clock, loggers)] : ImmutableArray<IRole>.Empty,
    ];

    private MonitorRole MonitorOf(ServeConfiguration configuration, MonitorOptions monitor) =>
        new(monitor, monitor.ProbeOptions(configuration.Dns), string.Join('\n', StoreOptions.Section.Mark(configuration.Store), DnsOptions.Section.Mark(configuration.Dns)), Store, clock, loggers);

    // Looks from a page go the way of the monitor's.
    private DashboardRole DashboardOf(ServeConfiguration configuration, DashboardOptions dashboard)
    {
        MonitorOptions monitor = configuration.Monitor ?? new();
        string shared = string.Join('\n', StoreOptions.Section.Mark(configuration.Store), DnsOptions.Section.Mark(configuration.Dns), MonitorOptions.Section.Mark(monitor));
        return new(dashboard, monitor.ProbeOptions(configuration.Dns), monitor.Rules, InstallationOf(configuration), shared, Store, systemd, clock, loggers);
    }

    // As it is now, also when another configuration holds since the pages began.
    private Installation InstallationOf(ServeConfiguration first) => new()
    {
        Configuration = () => [.. (_configuration ?? first).Show()],
        Running = () => [.. _roles.Select(RoleStatus.Of)],
        Parse = (report, body) => ReportReceiver.ReadAgain(report, body, (_configuration ?? first).ReportIntake ?? new()),
        Store = () => (_configuration ?? first).Store,
        Looks = () => (_configuration ?? first).Monitor is { } monitor ? new(monitor.Domains, monitor.Interval) : null,
        OwnDomains = () => (_configuration ?? first).ReportIntake?.Domains ?? [],
        Routes = () => (_configuration ?? first).Alerts?.Describe(clock) ?? [],
        TestRoute = async (name, cancellationToken) => (_configuration ?? first).Alerts is { } alerts ? await alerts.TestAsync(name, clock, cancellationToken) : null,
    };

    private List<IRole> IntakeRolesOf(ServeConfiguration configuration, ReportIntakeOptions intake)
    {
        RateLimits limits = new(intake, clock);
        ReportReceiver receiver = new(Store, intake, limits, _recent);
        string shared = string.Join('\n', StoreOptions.Section.Mark(configuration.Store), DnsOptions.Section.Mark(configuration.Dns), ReportIntakeOptions.Section.Mark(intake));
        SenderProof proof = new(ResolverOf(configuration), intake.TrustedRelays, clock);
        MailIntake mails = new(receiver, proof, clock);
        List<IRole> roles = [];
        if (configuration.HttpsIntake is { } https)
            roles.Add(new HttpsIntakeRole(https, shared, receiver, _room, limits, systemd, clock, loggers));
        if (configuration.SmtpIntake is { } smtp)
            roles.Add(new MailIntakeRole(smtp, shared, mails, _room, limits, systemd, clock, loggers));
        if (configuration.LmtpIntake is { } lmtp)
            roles.Add(new MailIntakeRole(lmtp, shared, mails, _room, limits, systemd, clock, loggers));
        if (configuration.FolderIntake is { } folder)
            roles.Add(new FolderIntakeRole(folder, shared, receiver, proof, Store, clock, loggers));
        if (configuration.MaildirIntake is { } maildir)
            roles.Add(new MaildirRole(maildir, shared, mails, Store, clock, loggers));
        roles.AddRange(configuration.Mailboxes.Select((mailbox, i) => new MailboxRole(mailbox, i + 1, shared, mails, Store, clock, loggers)));
        return roles;
    }

    private async Task StopAsync(IEnumerable<IRole> roles)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        await Task.WhenAll(roles.Select(async role =>
        {
            try
            {
                await role.StopAsync(patience.Token);
                _logger.RoleStopped(role.Name);
            }
            catch (OperationCanceledException)
            {
                _logger.RoleSlow(role.Name);
            }
        }));
    }
}
