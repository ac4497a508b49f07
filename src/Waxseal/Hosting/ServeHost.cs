using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts;
using Waxseal.Hosting.Configuration;
using Waxseal.Monitor;
using Waxseal.Net.Dns;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.ReportIntake.Https;
using Waxseal.ReportIntake.Mailbox;
using Waxseal.ReportIntake.Maildir;
using Waxseal.ReportIntake.Smtp;

namespace Waxseal.Hosting;

/// <summary>Runs the roles of one configuration, and those of the next when it is read again.</summary>
internal sealed class ServeHost(Systemd systemd, TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>How long what has begun may take to end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    private readonly ILogger _logger = loggers.CreateLogger("Waxseal.Hosting");
    private ImmutableArray<IRole> _roles = [];
    private StoreDoor? _store;
    private string _storeOptions = "";

    // One for each way of asking that was ever set: a role that is about to stop may still ask.
    private readonly Dictionary<string, StubResolver> _resolvers = [];

    /// <summary>The roles that run.</summary>
    public ImmutableArray<IRole> Roles => _roles;

    /// <summary>The store.</summary>
    public StoreDoor Store => _store ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>Starts the roles of a configuration, or changes from the one that runs: what did not change goes on.</summary>
    /// <exception cref="Storage.Migrations.SchemaException">The database was made by another version.</exception>
    /// <exception cref="IOException">An address to listen at is taken.</exception>
    public async Task ApplyAsync(ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string storeOptions = string.Join('\n', StoreOptions.Section.Show(configuration.Store));
        if (_store is null || storeOptions != _storeOptions)
            await ReplaceStoreAsync(configuration, storeOptions, cancellationToken);

        ImmutableArray<IRole> next = RolesOf(configuration);
        ImmutableArray<IRole> kept = [.. _roles.Where(role => next.Any(other => other.Name == role.Name && other.Options == role.Options))];
        await StopAsync(_roles.Except(kept));
        _roles = kept;
        foreach (IRole role in next.Where(role => kept.All(other => other.Name != role.Name)))
        {
            await role.StartAsync(cancellationToken);
            _roles = _roles.Add(role);
            _logger.RoleStarted(role.Name);
        }
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
    }

    private StubResolver ResolverOf(ServeConfiguration configuration)
    {
        string options = string.Join('\n', DnsOptions.Section.Show(configuration.Dns));
        if (!_resolvers.TryGetValue(options, out StubResolver? resolver))
            _resolvers[options] = resolver = configuration.Dns.NewResolver(clock);
        return resolver;
    }

    private async Task ReplaceStoreAsync(ServeConfiguration configuration, string storeOptions, CancellationToken cancellationToken)
    {
        // The roles hold the old store, so they all go before it does.
        await StopAsync(_roles);
        _roles = [];
        if (_store is not null)
            await _store.DisposeAsync();
        _store = new StoreDoor(configuration.Store.Address, clock, loggers.CreateLogger<StoreDoor>());
        _storeOptions = storeOptions;
        await _store.StartAsync(cancellationToken);
    }

    private ImmutableArray<IRole> RolesOf(ServeConfiguration configuration) =>
    [
        .. configuration.ReportIntake is { } intake ? IntakeRolesOf(configuration, intake) : [],
        .. configuration.Monitor is { } monitor ? [MonitorOf(configuration, monitor)] : Array.Empty<IRole>(),
        .. configuration.Alerts is { } alerts ? [new AlertsRole(alerts, Store, clock, loggers)] : Array.Empty<IRole>(),
    ];

    private MonitorRole MonitorOf(ServeConfiguration configuration, MonitorOptions monitor) =>
        new(monitor, monitor.ProbeOptions(configuration.Dns), string.Join('\n', DnsOptions.Section.Show(configuration.Dns)), Store, clock, loggers);

    private List<IRole> IntakeRolesOf(ServeConfiguration configuration, ReportIntakeOptions intake)
    {
        RateLimits limits = new(intake, clock);
        ReportReceiver receiver = new(Store, intake, limits);
        string shared = string.Join('\n', DnsOptions.Section.Show(configuration.Dns).Concat(ReportIntakeOptions.Section.Show(intake)));
        SenderProof proof = new(ResolverOf(configuration), intake.TrustedRelays, clock);
        MailIntake mails = new(receiver, proof, clock);
        List<IRole> roles = [];
        if (configuration.HttpsIntake is { } https)
            roles.Add(new HttpsIntakeRole(https, shared, receiver, limits, systemd, clock, loggers));
        if (configuration.SmtpIntake is { } smtp)
            roles.Add(new MailIntakeRole(smtp, shared, mails, limits, systemd, clock, loggers));
        if (configuration.LmtpIntake is { } lmtp)
            roles.Add(new MailIntakeRole(lmtp, shared, mails, limits, systemd, clock, loggers));
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
