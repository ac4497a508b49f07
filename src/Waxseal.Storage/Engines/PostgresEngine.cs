using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

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
        _source = builder.Build();
    }

    public override string Name => "PostgreSQL";

    public override string Place => _place;

    public override int Writers => 4;

    public override string ForUpdate => " FOR UPDATE";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

    public override Task LockMigrationsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) =>
        connection.RunAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);

    public override string Translate(string script) =>
        script.Replace("{bytes}", "BYTEA", StringComparison.Ordinal).Replace(" {clustered}", "", StringComparison.Ordinal);

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

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
