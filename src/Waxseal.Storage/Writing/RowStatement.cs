namespace Waxseal.Storage.Writing;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>Text, perhaps null.</summary>
    Text,

    /// <summary>A whole number, perhaps null.</summary>
    Whole,

    /// <summary>Octets.</summary>
    Bytes,
}

/// <summary>
/// A statement that takes many rows of values. SQLite runs it for one row after the other, PostgreSQL once for all of them; in
/// its text <c>{given}</c> stands for a table <c>given</c> of those rows.
/// </summary>
/// <param name="text">The statement.</param>
/// <param name="columns">The columns of the rows.</param>
internal sealed class RowStatement(string text, params (string Name, ColumnKind Kind)[] columns)
{
    public (string Name, ColumnKind Kind)[] Columns { get; } = columns;

    /// <summary>The statement for one row, its values as parameters.</summary>
    public string ForOneRow { get; } = text.Replace("{given}", $"(SELECT {string.Join(", ", columns.Select(column => $"@{column.Name} AS {column.Name}"))}) AS given", StringComparison.Ordinal);

    /// <summary>The statement for many rows, the values of each column as one array.</summary>
    public string ForManyRows { get; } = text.Replace("{given}", $"unnest({string.Join(", ", columns.Select(column => $"@{column.Name}"))}) AS given ({string.Join(", ", columns.Select(column => column.Name))})", StringComparison.Ordinal);

    /// <summary>A statement that inserts rows as they are.</summary>
    public static RowStatement InsertInto(string table, params (string Name, ColumnKind Kind)[] columns)
    {
        string names = string.Join(", ", columns.Select(column => column.Name));
        return new($"INSERT INTO {table} ({names}) SELECT {names} FROM {{given}}", columns);
    }
}
