using Microsoft.Extensions.Logging;
using Waxseal.Storage;

namespace Waxseal.Hosting;

/// <summary>The store, open or not yet: a database that is not there when the program starts may come later.</summary>
internal sealed class StoreDoor(StoreAddress address, TimeProvider clock, ILogger<StoreDoor> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(2);

    // After a write that failed the store is taken to be away so long, unless one succeeds: who sends to it may come back then.
    private static readonly TimeSpan FailureCounts = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private volatile Store? _store;
    private volatile string _reason = "the store is not open yet";
    private Task _opening = Task.CompletedTask;

    /// <summary>Where it is.</summary>
    public StoreAddress Address => address;

    /// <summary>The database and where it is, for people, without secrets.</summary>
    public string Place { get; private set; } = "";

    /// <summary>The store.</summary>
    /// <exception cref="StoreUnavailableException">It is not open.</exception>
    public Store Open => _store ?? throw new StoreUnavailableException(_reason, new InvalidOperationException(_reason));

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>Whether it is open, and the last write succeeded.</summary>
    public bool IsUp => _store is { LastWriteFailure: null };

    /// <summary>Why it is not open.</summary>
    public string Reason => _reason;

    /// <summary>The database of an address and where it is, for people, without secrets.</summary>
    public static async Task<string> PlaceOfAsync(StoreAddress address)
    {
        await using Storage.Engines.Engine engine = Store.EngineOf(address);
        return $"{engine.Name}: {engine.Place}";
    }

    /// <summary>Opens the store; where that cannot be, it is tried again and again.</summary>
    /// <exception cref="Storage.Migrations.SchemaException">It was made by another version, which no waiting mends.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Place = await PlaceOfAsync(address);
        if (!await TryOpenAsync(cancellationToken))
            _opening = Task.Run(OpenPatientlyAsync, CancellationToken.None);
    }

    /// <summary>Asks the database for a word; gives why reports cannot be stored now, or null when they can.</summary>
    public async Task<string?> FindTroubleAsync(CancellationToken cancellationToken)
    {
        if (_store is not { } store)
            return _reason;
        if (store.LastWriteFailure is { } failure && clock.GetUtcNow() - failure.At < FailureCounts)
            return failure.Reason;
        using CancellationTokenSource moment = new(ProbeTime, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(moment.Token, cancellationToken);
        try
        {
            await store.ProbeAsync(either.Token).WaitAsync(either.Token);
            return null;
        }
        catch (StoreUnavailableException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (moment.IsCancellationRequested)
        {
            return $"{store.Engine.Place} does not answer within {ProbeTime.TotalSeconds:0} seconds";
        }
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
            // It is tried every half minute, and told again when the reason is another.
            if (fault.Message != _reason)
                logger.StoreNotOpened(fault.Message);
            _reason = fault.Message;
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
