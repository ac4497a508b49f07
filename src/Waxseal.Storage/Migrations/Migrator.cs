using System.Data.Common;
using System.Globalization;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Migrations;

/// <summary>Brings the schema up to date, one step a transaction; several processes may try at the same time.</summary>
internal sealed class Migrator(Engine engine, TimeProvider clock)
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS schema_step (
            number     INTEGER NOT NULL PRIMARY KEY,
            name       TEXT    NOT NULL,
            checksum   TEXT    NOT NULL,
            applied_at TEXT    NOT NULL
        )
        """;

    /// <summary>The steps that have not been applied.</summary>
    /// <exception cref="SchemaException">The schema is newer than this program, or was made by another text.</exception>
    public async Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbTransaction transaction = await engine.BeginWriteAsync(connection, cancellationToken).ConfigureAwait(false);
        return await PendingAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Applies the steps that have not been.</summary>
    /// <returns>What was applied.</returns>
    /// <exception cref="SchemaException">The schema is newer than this program, or was made by another text.</exception>
    public async Task<IReadOnlyList<Migration>> ApplyAsync(CancellationToken cancellationToken)
    {
        List<Migration> applied = [];
        while (await ApplyNextAsync(cancellationToken).ConfigureAwait(false) is { } migration)
            applied.Add(migration);
        return applied;
    }

    private async Task<Migration?> ApplyNextAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbTransaction transaction = await engine.BeginWriteAsync(connection, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Migration> pending = await PendingAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        if (pending.Count == 0)
            return null;

        Migration next = pending[0];
        await RunAsync(connection, transaction, engine.Translate(next.Script), cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, transaction, "INSERT INTO schema_step (number, name, checksum, applied_at) VALUES (@number, @name, @checksum, @applied_at)", cancellationToken,
            ("number", next.Number), ("name", next.Name), ("checksum", next.Checksum), ("applied_at", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture))).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return next;
    }

    private async Task<IReadOnlyList<Migration>> PendingAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await engine.LockMigrationsAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, transaction, Table, cancellationToken).ConfigureAwait(false);
        Dictionary<int, string> applied = [];
        await using DbCommand command = connection.Command("SELECT number, checksum FROM schema_step");
        command.Transaction = transaction;
        await using (DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                applied[rows.GetInt32(0)] = rows.GetString(1);
        }

        if (applied.Keys.Where(number => number > Migration.All[^1].Number).ToArray() is { Length: > 0 } newer)
            throw new SchemaException($"the database has step {newer.Max()} of the schema, and this version of waxseal knows {Migration.All[^1].Number}; use the version that made it, or a newer one");
        if (Migration.All.FirstOrDefault(step => applied.TryGetValue(step.Number, out string? checksum) && checksum != step.Checksum) is { } changed)
            throw new SchemaException($"step {changed.Number} of the schema ({changed.Name}) is another one in the database than in this version of waxseal");
        return [.. Migration.All.Where(step => !applied.ContainsKey(step.Number))];
    }

    private static async Task RunAsync(
        DbConnection connection, DbTransaction transaction, string text, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = connection.Command(text, parameters);
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
