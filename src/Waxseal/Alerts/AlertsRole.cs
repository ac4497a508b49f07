using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts.Routes;
using Waxseal.Hosting;
using Waxseal.Storage;

namespace Waxseal.Alerts;

/// <summary>Judges what is stored, and tells people what is the matter. Judging and each route run side by side, so that none holds up another.</summary>
internal sealed class AlertsRole(AlertsConfiguration configuration, string shared, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<AlertsRole>();
    private AlertEngine? _engine;
    private ImmutableArray<RoleLoop> _loops = [];

    public string Name => "alerts";

    public string Options { get; } = $"{shared}\n{configuration.Fingerprint}";

    public RoleState State { get; } = new("alerts", clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<IRoute> routes = configuration.NewRoutes(clock);
        AlertEngine engine = _engine = new(configuration.Options, routes, $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}", clock, _logger);
        _loops =
        [
            NewLoop(async (open, token) =>
            {
                await engine.JudgeAsync(open, token);
                return false;
            }),
            .. routes.Select(route => NewLoop(new Courier(configuration.Options, route, clock, _logger).DeliverAsync)),
        ];
        foreach (RoleLoop loop in _loops)
            loop.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_loops.Select(loop => loop.StopAsync(cancellationToken)));
        try
        {
            if (_engine is not null && store.IsOpen)
                await _engine.LeaveAsync(store.Open, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            // The turn ends by itself.
            _logger.AlertsStoreUnavailable(fault.Message);
        }
    }

    public void Dispose()
    {
        foreach (RoleLoop loop in _loops)
            loop.Dispose();
    }

    private RoleLoop NewLoop(Func<Store, CancellationToken, Task<bool>> work) => new(async cancellationToken =>
    {
        while (true)
        {
            bool isMore = false;
            try
            {
                if (store.IsOpen)
                    isMore = await work(store.Open, cancellationToken);
                State.Turn();
            }
            catch (StoreUnavailableException fault)
            {
                State.Fail(fault.Message);
                _logger.AlertsStoreUnavailable(fault.Message);
            }

            if (!isMore)
                await Task.Delay(configuration.Options.Every, clock, cancellationToken);
        }
    }, State, clock, _logger);
}
