using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Engines;

/// <summary>PostgreSQL, which any number of processes share.</summary>
internal sealed class PostgresEngine : Engine
{
    // Any number that nobody else is likely to lock.
    private const long MigrationLock = 0x5761_7873_6561_6C01;

    private readonly NpgsqlDataSource _source;
    private readonly string _place;

    public PostgresEngine(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString)
        {
            ApplicationName = "waxseal",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
        };
        _place = $"{settings.Database} at {settings.Host}:{settings.Port}";
        NpgsqlSlimDataSourceBuilder builder = new(settings.ToString());
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        _source = builder.Build();
    }

    public override string Name => "PostgreSQL";

    public override string Place => _place;

    public override int Writers => 4;

    public override string ForUpdate => " FOR UPDATE";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public override async Task<bool> HasStoreAsync(CancellationToken cancellationToken) =>
        await NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_step')", cancellationToken).ConfigureAwait(false) > 0;

    public override Task<long> SizeAsync(CancellationToken cancellationToken) => NumberAsync("SELECT pg_database_size(current_database())", cancellationToken);

    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

    // In the order of numbers, so that two writers do not wait for each other crosswise.
    public override async Task LockAsync(WriteSession session, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        string list = string.Join(", ", numbers.Distinct().Order().Select(number => $"({number.ToString(System.Globalization.CultureInfo.InvariantCulture)}::bigint)"));
        if (list.Length > 0)
            await session.RunAsync($"SELECT pg_advisory_xact_lock(number) FROM (VALUES {list}) AS wanted (number)", cancellationToken).ConfigureAwait(false);
    }

    public override async Task<int> RunAsync(WriteSession session, RowStatement statement, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        await CommandOf(session, statement, rows).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

    public override async Task ReadAsync(WriteSession session, RowStatement query, IReadOnlyList<object?[]> rows, Action<DbDataReader> take, CancellationToken cancellationToken)
    {
        await using DbDataReader found = await CommandOf(session, query, rows).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await found.ReadAsync(cancellationToken).ConfigureAwait(false))
            take(found);
    }

    public override Task MakeRoomAsync(DateOnly today, CancellationToken cancellationToken) => PostgresMonths.MakeAsync(this, today, cancellationToken);

    public override Task DeleteBeforeAsync(WriteSession session, string table, DateOnly day, CancellationToken cancellationToken) =>
        PostgresMonths.DropAsync(session, table, day, cancellationToken);

    public override Task LockMigrationsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) =>
        connection.RunAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);

    public override string Translate(string script) =>
        script.Replace("{bytes}", "BYTEA", StringComparison.Ordinal).Replace(" {clustered}", "", StringComparison.Ordinal)
            .Replace("{by month}", "PARTITION BY RANGE (day)", StringComparison.Ordinal);

    // A unique index that somebody else filled first, a deadlock, a change that a snapshot does not allow.
    public override bool IsContention(Exception fault) => fault is PostgresException { SqlState: "23505" or "40P01" or "40001" };

    public override string? FaultOf(Exception fault) => fault switch
    {
        // 08: connection; 28: authorization; 3D000: no database; 53: resources, such as a full disk; 57P: shut down; 58: system; 25006: a replica.
        PostgresException { SqlState: var state } refused when state[..2] is "08" or "28" or "53" or "58" || state[..3] == "57P" || state is "3D000" or "25006" =>
            $"the database {_place} refuses: {refused.MessageText}",
        PostgresException => null,
        NpgsqlException or SocketException or TimeoutException => $"the database {_place} cannot be reached: {Innermost(fault).Message}",
        _ => null,
    };

    public override Task BackupAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PostgreSQL is backed up with its own tools, such as pg_dump.");

    public override Task CompactAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    private async Task<long> NumberAsync(string query, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(query);
        return await command.NumberAsync(cancellationToken).ConfigureAwait(false) ?? 0;
    }

    private static DbCommand CommandOf(WriteSession session, RowStatement statement, IReadOnlyList<object?[]> rows)
    {
        DbCommand command = session.Command(statement.ForManyRows);
        for (int i = 0; i < statement.Columns.Length; i++)
        {
            (string name, ColumnKind kind) = statement.Columns[i];
            if (command.Parameters.Count <= i)
                command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | TypeOf(kind)));
            command.Parameters[i].Value = ArrayOf(rows, i, kind);
        }

        return command;
    }

    private static NpgsqlDbType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => NpgsqlDbType.Text,
        ColumnKind.Whole => NpgsqlDbType.Bigint,
        _ => NpgsqlDbType.Bytea,
    };

    private static Array ArrayOf(IReadOnlyList<object?[]> rows, int column, ColumnKind kind) => kind switch
    {
        ColumnKind.Text => ColumnOf<string?>(rows, column),
        ColumnKind.Whole => ColumnOf<long?>(rows, column),
        _ => ColumnOf<byte[]?>(rows, column),
    };

    private static T[] ColumnOf<T>(IReadOnlyList<object?[]> rows, int column)
    {
        T[] values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (T)rows[i][column]!;
        return values;
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
