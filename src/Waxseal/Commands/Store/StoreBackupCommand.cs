using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Copies the store, as it is at one moment, while others work on it.</summary>
internal sealed class StoreBackupCommand : StoreSubcommand
{
    private readonly Argument<string> _path = new("FILE") { Description = "The file to write; it must not be there." };

    public StoreBackupCommand(Surroundings surroundings)
        : base("backup", "Copy the store of SQLite to a file, while it is in use. PostgreSQL has pg_dump.", surroundings) => Add(_path);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_path)!;
        if (!configuration.Store.Address.IsSqlite)
            return Refuse("the store is in PostgreSQL; back it up with pg_dump.");
        if (File.Exists(path))
            return Refuse($"{path} is there already; name another file.");

        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        try
        {
            await store.Engine.BackupAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{path} cannot be written: {(Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? fault.Message.TrimEnd('.') : "there is no such folder")}.");
        }

        Surroundings.NewPage().Paragraph($"{path}: {new FileInfo(path).Length:N0} bytes written.");
        return ExitCode.Clean;
    }
}
