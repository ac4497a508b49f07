using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Storage;

namespace Waxseal.Findings;

/// <summary>Explains what is stored, again and again, and keeps what it finds.</summary>
internal sealed class FindingsRole(FindingsOptions options, string shared, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<FindingsRole>();
    private RoleLoop? _loop;
    private FindingMaker? _maker;

    public string Name => "findings";

    public string Options { get; } = $"{shared}\n{FindingsOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("findings", clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _maker = new(options, $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}", clock, _logger);
        _loop = new RoleLoop(RepeatAsync, State, clock, _logger);
        _loop.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is not null)
            await _loop.StopAsync(cancellationToken);
        try
        {
            if (_maker is not null && store.IsOpen)
                await _maker.LeaveAsync(store.Open, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            // The turn ends by itself.
            _logger.FindingsStoreUnavailable(fault.Message);
        }
    }

    public void Dispose() => _loop?.Dispose();

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (store.IsOpen)
                    await _maker!.MakeAsync(store.Open, cancellationToken);
                State.Turn();
            }
            catch (StoreUnavailableException fault)
            {
                State.Fail(fault.Message);
                _logger.FindingsStoreUnavailable(fault.Message);
            }

            await Task.Delay(options.Every, clock, cancellationToken);
        }
    }
}
