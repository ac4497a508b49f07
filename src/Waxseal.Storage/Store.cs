using System.Data.Common;
using Waxseal.Storage.Access;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Migrations;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage;

/// <summary>The database in which all roles meet.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly WriteQueue _writes;

    private Store(Engine engine, TimeProvider clock)
    {
        Engine = engine;
        _writes = new WriteQueue(engine, clock);
        Reports = new ReportStore(engine, _writes);
        Stored = new StoredReports(engine);
        Sums = new StoredSums(engine);
        List = new ReportList(engine);
        Summaries = new StoreSummaries(engine);
        Alerts = new AlertStore(_writes);
        StoredAlerts = new StoredAlerts(engine);
        AlertMessages = new AlertMessages(engine, _writes);
        AlertFacts = new AlertFacts(engine);
        Turns = new Turns(_writes);
        Looks = new LookStore(_writes);
        StoredLooks = new StoredLooks(engine);
        Findings = new FindingStore(_writes);
        StoredFindings = new StoredFindings(engine);
        Access = new AccessStore(engine, _writes);
        StoredAccess = new StoredAccess(engine);
        Cleaning = new StoreCleaning(this);
    }

    public Engine Engine { get; }

    /// <summary>Takes reports in.</summary>
    public ReportStore Reports { get; }

    /// <summary>Gives them out.</summary>
    public StoredReports Stored { get; }

    /// <summary>Gives sums of sessions out.</summary>
    public StoredSums Sums { get; }

    /// <summary>Lists them for people.</summary>
    public ReportList List { get; }

    /// <summary>Sums up what is there.</summary>
    public StoreSummaries Summaries { get; }

    /// <summary>Keeps what is the matter.</summary>
    public AlertStore Alerts { get; }

    /// <summary>Gives alerts out.</summary>
    public StoredAlerts StoredAlerts { get; }

    /// <summary>Hands messages about alerts out to be sent.</summary>
    public AlertMessages AlertMessages { get; }

    /// <summary>Gives out what alerts are judged by.</summary>
    public AlertFacts AlertFacts { get; }

    /// <summary>Lets one process do work for all.</summary>
    public Turns Turns { get; }

    /// <summary>Takes looks at policy domains in.</summary>
    public LookStore Looks { get; }

    /// <summary>Gives them out.</summary>
    public StoredLooks StoredLooks { get; }

    /// <summary>Keeps what the diagnosis has to say.</summary>
    public FindingStore Findings { get; }

    /// <summary>Gives it out.</summary>
    public StoredFindings StoredFindings { get; }

    /// <summary>Keeps who may see and do what.</summary>
    public AccessStore Access { get; }

    /// <summary>Gives it out.</summary>
    public StoredAccess StoredAccess { get; }

    /// <summary>Deletes what has been kept long enough.</summary>
    public StoreCleaning Cleaning { get; }

    /// <summary>When and why a write failed last; null when one has succeeded since.</summary>
    public (DateTimeOffset At, string Reason)? LastWriteFailure => _writes.LastFailure;

    /// <summary>Asks the database for a word.</summary>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using DbConnection connection = await Engine.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using DbCommand command = connection.Command("SELECT count(*) FROM schema_step");
            await command.NumberAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (Engine.FaultOf(fault) is { } reason)
        {
            throw new StoreUnavailableException(reason, fault);
        }
    }

    /// <summary>The database of an address, which need not be there yet.</summary>
    public static Engine EngineOf(StoreAddress address) => address.IsSqlite ? new SqliteEngine(address.Value) : new PostgresEngine(address.Value);

    /// <summary>Opens a store that is there, its schema brought up to date.</summary>
    /// <exception cref="StoreAbsentException">There is none; nothing was made.</exception>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<Store> OpenExistingAsync(StoreAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        await DemandAsync(address, cancellationToken).ConfigureAwait(false);
        return await OpenAsync(address, clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends with an exception where there is no store.</summary>
    /// <exception cref="StoreAbsentException">There is none; nothing was made.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be told now.</exception>
    public static async Task DemandAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        await using Engine engine = EngineOf(address);
        try
        {
            if (!await engine.HasStoreAsync(cancellationToken).ConfigureAwait(false))
                throw new StoreAbsentException(engine.Place);
        }
        catch (Exception fault) when (engine.FaultOf(fault) is { } reason)
        {
            throw new StoreUnavailableException(reason, fault);
        }
    }

    /// <summary>Opens a store, its schema brought up to date; where there is none, it is made.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used now.</exception>
    /// <exception cref="SchemaException">It was made by a newer version.</exception>
    public static async Task<Store> OpenAsync(StoreAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        Engine engine = EngineOf(address);
        try
        {
            await new Migrator(engine, clock).ApplyAsync(cancellationToken).ConfigureAwait(false);
            await engine.MakeRoomAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken).ConfigureAwait(false);
            return new Store(engine, clock);
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
