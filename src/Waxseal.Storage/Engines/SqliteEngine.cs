using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Engines;

/// <summary>SQLite in one file: one writer at a time, any number of readers beside it.</summary>
internal sealed class SqliteEngine : Engine
{
    // sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    // A commit is on disk before it is told of (FULL), and readers never wait for the writer (WAL).
    private const string Settings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 10000;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly string _path;
    private readonly string _connection;

    static SqliteEngine() => SQLitePCL.Batteries_V2.Init();

    public SqliteEngine(string path)
    {
        _path = path;
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
    }

    public override string Name => "SQLite";

    public override string Place => _path;

    public override int Writers => 1;

    // Whoever writes is alone already.
    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override async Task<bool> HasStoreAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            return false;

        // Not as a store is opened, which makes one of an empty file.
        await using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = _path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_step'");
        return await command.NumberAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    public override Task<long> SizeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new[] { _path, $"{_path}-wal" }.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length));

    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await Task.FromResult(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false)).ConfigureAwait(false);

    // There is one writer at a time.
    public override Task LockAsync(WriteSession session, IEnumerable<long> numbers, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<int> RunAsync(WriteSession session, RowStatement statement, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        DbCommand command = CommandOf(session, statement, statement.ForOneRow);
        int touched = 0;
        foreach (object?[] row in rows)
        {
            Fill(command, row);
            touched += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return touched;
    }

    public override async Task ReadAsync(WriteSession session, RowStatement query, IReadOnlyList<object?[]> rows, Action<DbDataReader> take, CancellationToken cancellationToken)
    {
        DbCommand command = CommandOf(session, query, query.ForOneRow);
        foreach (object?[] row in rows)
        {
            Fill(command, row);
            await using DbDataReader found = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await found.ReadAsync(cancellationToken).ConfigureAwait(false))
                take(found);
        }
    }

    public override Task MakeRoomAsync(DateOnly today, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DeleteBeforeAsync(WriteSession session, string table, DateOnly day, CancellationToken cancellationToken) =>
        session.RunAsync($"DELETE FROM {table} WHERE day < @day", cancellationToken, ("day", Day.Number(day)));

    // Whoever writes is alone already.
    public override Task LockMigrationsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    public override string Translate(string script) =>
        script.Replace("{bytes}", "BLOB", StringComparison.Ordinal).Replace("{clustered}", "WITHOUT ROWID", StringComparison.Ordinal)
            .Replace(" {by month}", "", StringComparison.Ordinal);

    // Another process that writes is waited for (busy_timeout).
    public override bool IsContention(Exception fault) => false;

    public override string? FaultOf(Exception fault) => fault is not SqliteException { SqliteErrorCode: var code } ? null : code switch
    {
        Busy or Locked => $"the database {_path} is locked by another program",
        ReadOnly => $"the database {_path} may not be written to",
        IoError => $"the disk under the database {_path} fails",
        Corrupt or NotADatabase => $"the file {_path} is no database, or a damaged one",
        Full => $"the disk under the database {_path} is full",
        CannotOpen when Path.GetDirectoryName(_path) is { } folder && !Directory.Exists(folder) => $"the database {_path} cannot be opened: its folder {folder} does not exist",
        CannotOpen => $"the database {_path} cannot be opened: it has to be a file in a folder that may be written to",
        _ => null,
    };

    public override async Task BackupAsync(string path, CancellationToken cancellationToken)
    {
        await using DbConnection source = await OpenAsync(cancellationToken).ConfigureAwait(false);
        PrivateFile.Create(path);
        try
        {
            await using SqliteConnection target = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            await target.OpenAsync(cancellationToken).ConfigureAwait(false);
            ((SqliteConnection)source).BackupDatabase(target);
        }
        catch (SqliteException fault)
        {
            File.Delete(path);
            throw new IOException(fault.SqliteErrorCode == Full ? "the disk is full" : fault.Message, fault);
        }
    }

    public override async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.RunAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false);
    }

    // SQLite gives the files beside the database the rights of the database.
    private void CreatePrivately()
    {
        if (File.Exists(_path))
            return;
        try
        {
            PrivateFile.Create(_path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another process was quicker, or SQLite will say what is wrong.
            return;
        }
    }

    private static DbCommand CommandOf(WriteSession session, RowStatement statement, string text)
    {
        DbCommand command = session.Command(text);
        if (command.Parameters.Count == 0)
        {
            foreach ((string name, _) in statement.Columns)
                command.Set(name, null);
        }

        return command;
    }

    private static void Fill(DbCommand command, object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
            command.Parameters[i].Value = row[i] ?? DBNull.Value;
    }

    public override ValueTask DisposeAsync()
    {
        using SqliteConnection connection = new(_connection);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        CreatePrivately();
        SqliteConnection connection = new(_connection);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.RunAsync(Settings, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
