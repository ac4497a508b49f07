using Waxseal.Storage.Engines;
using Waxseal.Storage.Migrations;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage;

/// <summary>The database in which all roles meet.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly WriteQueue _writes;

    private Store(Engine engine)
    {
        Engine = engine;
        _writes = new WriteQueue(engine);
        Reports = new ReportStore(engine, _writes);
        Stored = new StoredReports(engine);
    }

    public Engine Engine { get; }

    /// <summary>Takes reports in.</summary>
    public ReportStore Reports { get; }

    /// <summary>Gives them out.</summary>
    public StoredReports Stored { get; }

    /// <summary>The database of an address, which need not be there yet.</summary>
    public static Engine EngineOf(StoreAddress address) => address.IsSqlite ? new SqliteEngine(address.Value) : new PostgresEngine(address.Value);

    /// <summary>Opens a store, its schema brought up to date.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used now.</exception>
    /// <exception cref="SchemaException">It was made by a newer version.</exception>
    public static async Task<Store> OpenAsync(StoreAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        Engine engine = EngineOf(address);
        try
        {
            await new Migrator(engine, clock).ApplyAsync(cancellationToken).ConfigureAwait(false);
            await engine.MakeRoomAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken).ConfigureAwait(false);
            return new Store(engine);
        }
        catch (Exception fault)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            if (engine.FaultOf(fault) is { } reason)
                throw new StoreUnavailableException(reason, fault);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        await Engine.DisposeAsync().ConfigureAwait(false);
    }
}
