using MailKit.Security;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Storage;

namespace Waxseal.ReportIntake.Mailbox;

/// <summary>Takes reports from a mailbox over IMAP.</summary>
internal sealed class MailboxRole(MailboxOptions options, int number, string shared, MailIntake intake, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly ILogger _logger = loggers.CreateLogger<MailboxRole>();
    private RoleLoop? _loop;
    private TimeSpan _wait = FirstWait;

    public string Name { get; } = $"reportIntake.mailbox[{number}]";

    public string Options { get; } = $"{shared}\n{MailboxOptions.Section.Mark(options)}";

    public RoleState State { get; } = new($"reportIntake.mailbox[{number}]", clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = new RoleLoop(WatchAsync, State, clock, _logger);
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _loop?.Dispose();

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(cancellationToken);
            }
            catch (AuthenticationException fault)
            {
                // Servers lock an account out that somebody knocks at too often.
                _wait = LongestWait;
                State.Fail($"the server refuses the login: {fault.Message}");
                _logger.MailboxLoginRefused(options.Name, fault.Message);
            }
            catch (StoreUnavailableException fault)
            {
                State.Fail(fault.Message);
                _logger.StoreUnavailable("imap", fault.Message);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // MailKit has many exceptions for what a server may do; after each of them a new connection is the answer.
                State.Fail(fault.Message);
                _logger.MailboxUnavailable(options.Name, fault.Message, _wait);
            }

            await Task.Delay(_wait, clock, cancellationToken);
            _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        // What cannot be stored need not be fetched.
        _ = store.Open;
        using MailboxSession session = new(options, intake, clock, _logger);
        await session.OpenAsync(cancellationToken);
        while (true)
        {
            bool isLeft = await session.TakeAllAsync(cancellationToken);
            _wait = FirstWait;
            State.Turn();
            await session.WaitAsync(isLeft, cancellationToken);
        }
    }
}
