using Microsoft.Extensions.Logging;
using Waxseal.Storage;

namespace Waxseal.Hosting;

/// <summary>The store, open or not yet: a database that is not there when the program starts may come later.</summary>
internal sealed class StoreDoor(StoreAddress address, TimeProvider clock, ILogger<StoreDoor> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private volatile Store? _store;
    private volatile string _reason = "the store is not open yet";
    private Task _opening = Task.CompletedTask;

    /// <summary>The store.</summary>
    /// <exception cref="StoreUnavailableException">It is not open.</exception>
    public Store Open => _store ?? throw new StoreUnavailableException(_reason, new InvalidOperationException(_reason));

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>Why it is not open.</summary>
    public string Reason => _reason;

    /// <summary>Opens the store; where that cannot be, it is tried again and again.</summary>
    /// <exception cref="Storage.Migrations.SchemaException">It was made by another version, which no waiting mends.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryOpenAsync(cancellationToken))
            _opening = Task.Run(OpenPatientlyAsync, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_store is not null)
            await _store.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _store = await Store.OpenAsync(address, clock, cancellationToken);
            logger.StoreOpened(_store.Engine.Name, _store.Engine.Place);
            return true;
        }
        catch (StoreUnavailableException fault)
        {
            _reason = fault.Message;
            logger.StoreNotOpened(fault.Message);
            return false;
        }
    }

    private async Task OpenPatientlyAsync()
    {
        TimeSpan wait = FirstWait;
        do
        {
            await Task.Delay(wait, clock, _stop.Token);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
        while (!await TryOpenAsync(_stop.Token));
    }
}
