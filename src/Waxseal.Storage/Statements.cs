using System.Data.Common;
using System.Globalization;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage;

/// <summary>Runs statements; values are parameters and never part of the text.</summary>
internal static class Statements
{
    /// <summary>A command with its parameters, which are called <c>@name</c> in the text.</summary>
    public static DbCommand Command(this DbConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in parameters)
            command.Set(name, value);
        return command;
    }

    /// <summary>The condition that a column has one of some values, and their parameters.</summary>
    public static (string Text, (string Name, object? Value)[] Values) In(string column, IReadOnlyCollection<string> values)
    {
        (string Name, object? Value)[] among = [.. values.Select((value, i) => ($"among{i}", (object?)value))];
        return (among.Length == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", among.Select(one => $"@{one.Name}"))})", among);
    }

    /// <summary>Gives a parameter its value, the first time or again.</summary>
    public static void Set(this DbCommand command, string name, object? value)
    {
        DbParameter parameter;
        if (command.Parameters.Contains(name))
        {
            parameter = command.Parameters[name];
        }
        else
        {
            parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        parameter.Value = value ?? DBNull.Value;
    }

    public static async Task RunAsync(this DbConnection connection, string text, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.Command(text);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All rows of a query, on a connection of its own.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="query">The query.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="parameters">Values of <c>@name</c>.</param>
    /// <exception cref="StoreUnavailableException">There is no connection to be had.</exception>
    public static async Task<List<T>> ListAsync<T>(
        this Engine engine, string query, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using DbCommand command = connection.Command(query, parameters);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<T> list = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            list.Add(read(rows));
        return list;
    }

    public static async Task<long?> NumberAsync(this DbCommand command, CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } value and not DBNull
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : null;

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    // PostgreSQL sums BIGINT to NUMERIC.
    public static long Whole(this DbDataReader row, int column) =>
        row.GetValue(column) switch
        {
            decimal sum => sum > long.MaxValue ? long.MaxValue : (long)sum,
            int number => number,
            _ => row.GetInt64(column),
        };

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
