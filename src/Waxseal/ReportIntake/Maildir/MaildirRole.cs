using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Inputs;
using Waxseal.Mail;
using Waxseal.ReportIntake.Folder;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Maildir;

/// <summary>
/// Takes reports from a Maildir. A mail is moved, as seen, to the folder ".stored" when all reports in it are on disk, and to
/// ".unreadable" when it holds something else; none is ever deleted.
/// </summary>
internal sealed class MaildirRole(MaildirOptions options, string shared, MailIntake intake, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<MaildirRole>();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private RoleLoop? _loop;

    public string Name => "reportIntake.maildir";

    public string Options { get; } = $"{shared}\n{MaildirOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("reportIntake.maildir", clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = new RoleLoop(new FolderWatch("maildir", options.Path, options.Every, LookAsync, store, State, clock, _logger).RunAsync, State, clock, _logger);
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _loop?.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (string folder in new[] { "new", "cur" })
        {
            foreach (string file in Directory.GetFiles(Path.Combine(options.Path, folder)).Order(StringComparer.Ordinal))
            {
                MaildirFile mail = new(file);
                if (!mail.IsHidden && !mail.IsTrashed)
                    await TakeAsync(mail, cancellationToken);
            }
        }
    }

    private async Task TakeAsync(MaildirFile mail, CancellationToken cancellationToken)
    {
        if (Read(mail.Path, out string? refusal) is not { } bytes)
        {
            // A mail program may have moved it meanwhile; what stays is told of once.
            if (File.Exists(mail.Path) && _told.Add(mail.Path))
                _logger.MaildirFileUnreadable(mail.Path, refusal!);
            return;
        }

        bool isStored = false;
        if (bytes.Length > 0)
        {
            ImmutableArray<Received> received = await intake.TakeAsync(bytes, Channel.Maildir, mail.Name, mail.DeliveredAt, heedsRelays: true, cancellationToken);
            foreach (Received one in received)
                _logger.Tell("maildir", mail.Name, one);
            if (received.Any(one => one is Received.Later))
                return;
            isStored = received.All(one => one is Received.Kept);
        }

        mail.MoveAsSeen(Path.Combine(options.Path, isStored ? ".stored" : ".unreadable"));
    }

    // What is too large for any mail is none that could be read, so it counts as empty.
    private static byte[]? Read(string path, out string? refusal)
    {
        using FileStream? stream = InputFile.Open(path, out refusal);
        if (stream is null)
            return null;
        return stream.Length > MailLimits.Bytes ? [] : InputFile.ReadRest(stream, [], MailLimits.Bytes, out refusal);
    }
}
