using System.Data.Common;
using System.Globalization;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Engines;

/// <summary>
/// The partitions of PostgreSQL: one for each month, made ahead, and one for all days that a stranger may write into a report.
/// A month by itself is dropped at once where its rows would have to be deleted one by one; a day by itself costs more than it gives,
/// for a query over three months then has ninety parts.
/// </summary>
internal static class PostgresMonths
{
    private const int MonthsBehind = 13;
    private const int MonthsAhead = 12;

    /// <summary>Makes the months around a day that are not there; rows of theirs that came before are moved over.</summary>
    public static async Task MakeAsync(Engine engine, DateOnly today, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbTransaction transaction = await engine.BeginWriteAsync(connection, cancellationToken).ConfigureAwait(false);
        HashSet<string> there = await ThereAsync(connection, cancellationToken).ConfigureAwait(false);
        string[] missing = [.. ReportTables.ByDay.SelectMany(table => Missing(table, today, there))];
        if (missing.Length == 0)
            return;

        // Only one process makes them; who waited for it finds them there.
        await engine.LockMigrationsAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        there = await ThereAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (string statement in ReportTables.ByDay.SelectMany(table => Missing(table, today, there)))
            await connection.RunAsync(statement, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops the months before one, and deletes what stands elsewhere and is older.</summary>
    public static async Task DropAsync(WriteSession session, string table, DateOnly month, CancellationToken cancellationToken)
    {
        HashSet<string> there = await ThereAsync(session.Connection, cancellationToken).ConfigureAwait(false);
        string first = NameOf(table, month);
        foreach (string old in there.Where(name => name.Length == first.Length && name.StartsWith($"{table}_", StringComparison.Ordinal) && string.CompareOrdinal(name, first) < 0))
            await session.Connection.RunAsync($"DROP TABLE {old}", cancellationToken).ConfigureAwait(false);
        await session.RunAsync($"DELETE FROM {table}_other WHERE day < @day", cancellationToken, ("day", Day.Number(month))).ConfigureAwait(false);
    }

    private static IEnumerable<string> Missing(string table, DateOnly today, HashSet<string> there)
    {
        if (!there.Contains($"{table}_other"))
            yield return $"CREATE TABLE {table}_other PARTITION OF {table} DEFAULT";
        DateOnly month = new(today.Year, today.Month, 1);
        for (int i = -MonthsBehind; i <= MonthsAhead; i++)
        {
            (DateOnly first, DateOnly next) = (month.AddMonths(i), month.AddMonths(i + 1));
            string name = NameOf(table, first);
            if (!there.Contains(name))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"""
                    CREATE TABLE {name} (LIKE {table} INCLUDING ALL);
                    WITH moved AS (DELETE FROM {table}_other WHERE day >= {Day.Number(first)} AND day < {Day.Number(next)} RETURNING *) INSERT INTO {name} SELECT * FROM moved;
                    ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({Day.Number(first)}) TO ({Day.Number(next)});
                    """);
            }
        }
    }

    private static async Task<HashSet<string>> ThereAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.Command(
            $"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent IN ({string.Join(", ", ReportTables.ByDay.Select(table => $"'{table}'::regclass"))})");
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> names = new(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            names.Add(rows.GetString(0));
        return names;
    }

    private static string NameOf(string table, DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{table}_{month:yyyyMM}");
}
