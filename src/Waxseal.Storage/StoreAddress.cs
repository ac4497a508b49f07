using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Storage;

/// <summary>Where the store is: <c>sqlite:PATH</c>, or <c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE?KEY=VALUE</c>.</summary>
/// <param name="IsSqlite">Whether it is a file of SQLite.</param>
/// <param name="Value">The path, or the connection string of PostgreSQL.</param>
internal sealed record StoreAddress(bool IsSqlite, string Value)
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or null.</param>
    /// <param name="problem">What is wrong, as the end of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out StoreAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        problem = null;
        if (text.StartsWith(SqlitePrefix, StringComparison.Ordinal))
        {
            string path = text[SqlitePrefix.Length..];
            if (path.Length > 0)
                address = new(true, Path.GetFullPath(path));
            else
                problem = "names no file behind sqlite:";
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && link.Scheme is "postgresql" or "postgres")
        {
            address = new(false, ConnectionString(link));
        }

        if (address is null)
            problem ??= "is neither sqlite:PATH nor postgresql://USER@HOST:PORT/DATABASE";
        return address is not null;
    }

    /// <summary>Whether it leads to the same database, though the password may be another.</summary>
    public bool IsSamePlaceAs(StoreAddress other) => this with { Value = WithoutPassword } == other with { Value = other.WithoutPassword };

    /// <summary>The same database with a password.</summary>
    public StoreAddress WithPassword(string password) =>
        IsSqlite ? this : this with { Value = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = Value, ["Password"] = password }.ConnectionString };

    private string WithoutPassword
    {
        get
        {
            if (IsSqlite)
                return Value;
            System.Data.Common.DbConnectionStringBuilder builder = new() { ConnectionString = Value };
            builder.Remove("Password");
            return builder.ConnectionString;
        }
    }

    // The parts of a link are escaped; those of a connection string are quoted.
    private static string ConnectionString(Uri link)
    {
        System.Data.Common.DbConnectionStringBuilder builder = [];
        string[] user = link.UserInfo.Split(':', 2);
        if (link.Host.Length > 0)
            builder["Host"] = link.Host;
        if (!link.IsDefaultPort && link.Port > 0)
            builder["Port"] = link.Port;
        if (link.AbsolutePath.Length > 1)
            builder["Database"] = Uri.UnescapeDataString(link.AbsolutePath[1..]);
        if (user[0].Length > 0)
            builder["Username"] = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder["Password"] = Uri.UnescapeDataString(user[1]);
        foreach (string pair in link.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return builder.ConnectionString;
    }
}
