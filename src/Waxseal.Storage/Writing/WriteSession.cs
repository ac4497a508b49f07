using System.Data.Common;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Writing;

/// <summary>One connection that writes. Its commands are made once and used again, within whatever transaction is open.</summary>
internal sealed class WriteSession(Engine engine, DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The transaction that is open.</summary>
    public DbTransaction? Transaction { get; set; }

    public DbConnection Connection => connection;

    /// <summary>A command for the text, with the values given.</summary>
    /// <param name="text">A constant text; each is kept for the life of the session.</param>
    /// <param name="parameters">Values of <c>@name</c>.</param>
    public DbCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(text, out DbCommand? command))
            _commands[text] = command = connection.Command(text);
        command.Transaction = Transaction;
        foreach ((string name, object? value) in parameters)
            command.Set(name, value);
        return command;
    }

    public Task<int> RunAsync(string text, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(text, parameters).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Keeps every other writer from going on with any of these until the transaction ends.</summary>
    public Task LockAsync(IEnumerable<long> numbers, CancellationToken cancellationToken) => engine.LockAsync(this, numbers, cancellationToken);

    /// <summary>Runs a statement for many rows; none is fine.</summary>
    /// <returns>How many rows were touched.</returns>
    public Task<int> RunAsync(RowStatement statement, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.FromResult(0) : engine.RunAsync(this, statement, rows, cancellationToken);

    /// <summary>Runs a query for many rows, and hands over each row that it finds.</summary>
    public Task ReadAsync(RowStatement query, IReadOnlyList<object?[]> rows, Action<DbDataReader> take, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.CompletedTask : engine.ReadAsync(this, query, rows, take, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (DbCommand command in _commands.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
