using System.Data.Common;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Engines;

/// <summary>A database of one kind: all in which SQLite and PostgreSQL differ.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>The name for people.</summary>
    public abstract string Name { get; }

    /// <summary>Where it is, without secrets.</summary>
    public abstract string Place { get; }

    /// <summary>How many writers are of use side by side.</summary>
    public abstract int Writers { get; }

    /// <summary>What ends a query for rows that are to be changed: others wait for them.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, leaving out rows that another changes now.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Opens a connection, new or from a pool.</summary>
    /// <exception cref="StoreUnavailableException">There is none to be had.</exception>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (FaultOf(fault) is { } reason)
        {
            throw new StoreUnavailableException(reason, fault);
        }
    }

    /// <summary>Whether there is a store; nothing is made where there is none.</summary>
    public abstract Task<bool> HasStoreAsync(CancellationToken cancellationToken);

    /// <summary>Octets that the database takes.</summary>
    public abstract Task<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that writes, so that it cannot fail later because another began to write.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Keeps every other writer from going on with any of these until the transaction ends.</summary>
    /// <param name="session">The session.</param>
    /// <param name="numbers">What they stand for is the caller's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task LockAsync(WriteSession session, IEnumerable<long> numbers, CancellationToken cancellationToken);

    /// <summary>Runs a statement for many rows.</summary>
    /// <returns>How many rows were touched.</returns>
    public abstract Task<int> RunAsync(WriteSession session, RowStatement statement, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Runs a query for many rows, and hands over each row that it finds.</summary>
    public abstract Task ReadAsync(WriteSession session, RowStatement query, IReadOnlyList<object?[]> rows, Action<DbDataReader> take, CancellationToken cancellationToken);

    /// <summary>Makes room for rows of the days to come, as far as the database wants to be told.</summary>
    public abstract Task MakeRoomAsync(DateOnly today, CancellationToken cancellationToken);

    /// <summary>Deletes the rows of a table whose day lies before one, which is the first of a month.</summary>
    public abstract Task DeleteBeforeAsync(WriteSession session, string table, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Keeps every other process from migrating until the transaction ends.</summary>
    public abstract Task LockMigrationsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>A migration in the words of this database; <c>{bytes}</c>, <c>{clustered}</c> and <c>{by month}</c> stand for what differs.</summary>
    public abstract string Translate(string script);

    /// <summary>Why the database cannot be used now, in words, or null when the exception is a fault of ours.</summary>
    public abstract string? FaultOf(Exception fault);

    /// <summary>Whether somebody else wrote the same at the same moment, so that the transaction can only be run again.</summary>
    public abstract bool IsContention(Exception fault);

    /// <summary>Copies the whole database, as it is at one moment, to a new file for its owner alone.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public abstract Task BackupAsync(string path, CancellationToken cancellationToken);

    /// <summary>Gives the space of deleted rows back, as far as that can be done while others work.</summary>
    public abstract Task CompactAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a connection; what goes wrong comes as the exception of the provider.</summary>
    protected abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);
}
