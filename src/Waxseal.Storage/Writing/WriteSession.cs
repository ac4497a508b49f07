using System.Data.Common;

namespace Waxseal.Storage.Writing;

/// <summary>One connection that writes. Its commands are made once and used again, within whatever transaction is open.</summary>
internal sealed class WriteSession(DbConnection connection) : IAsyncDisposable
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

    public async ValueTask DisposeAsync()
    {
        foreach (DbCommand command in _commands.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
