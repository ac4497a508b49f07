using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Inputs;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Folder;

/// <summary>
/// Takes reports from files that are put into a folder. A file is moved to "stored" when all in it is on disk, and to
/// "unreadable" when there is nothing to be had from it; none is ever deleted.
/// </summary>
internal sealed class FolderIntakeRole(FolderOptions options, string shared, ReportReceiver receiver, SenderProof proof, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    // A file that still grows is left alone until it has rested for a moment.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger<FolderIntakeRole>();
    private RoleLoop? _loop;

    public string Name => "reportIntake.folder";

    public string Options { get; } = $"{shared}\n{FolderOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("reportIntake.folder", clock);

    private string Stored => Path.Combine(options.Path, "stored");

    private string Unreadable => Path.Combine(options.Path, "unreadable");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Create(Stored);
        PrivateFolder.Create(Unreadable);
        _loop = new RoleLoop(new FolderWatch("folder", options.Path, options.Every, LookAsync, store, State, clock, _logger).RunAsync, State, clock, _logger);
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _loop?.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        DateTime restedBefore = (clock.GetUtcNow() - Rest).UtcDateTime;
        foreach (string file in Directory.EnumerateFiles(options.Path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToArray())
        {
            if (File.GetLastWriteTimeUtc(file) < restedBefore)
                await TakeAsync(file, cancellationToken);
        }
    }

    private async Task TakeAsync(string file, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(file);
        bool isStored = false;
        MailProofs proofs = new(proof, clock);
        foreach (IntakeResult result in new ReportFiles(Stream.Null).Read([file], cancellationToken))
        {
            string origin = result.Origin.ToString().Replace(options.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
            Arrival arrival = await proofs.ArrivalOfAsync(result, Channel.Folder, origin, receivedAt: null, heedsRelays: true, "whoever may write to the folder", cancellationToken);
            ImmutableArray<Received> received = await receiver.TakeAsync([result], BytesOf(result), arrival, cancellationToken);
            foreach (Received one in received)
                _logger.Tell("folder", arrival.Origin, one);
            if (received.Any(one => one is Received.Later))
                return;
            isStored |= received.Any(one => one is Received.Kept);
        }

        File.Move(file, FreeName(isStored ? Stored : Unreadable, name));
    }

    private static ReadOnlyMemory<byte> BytesOf(IntakeResult result) => result is IntakeResult.Found found ? found.Json : default;

    private static string FreeName(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        for (int i = 1; File.Exists(path); i++)
            path = Path.Combine(folder, $"{i}-{name}");
        return path;
    }
}
