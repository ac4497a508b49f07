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
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private TimeSpan _wait = FirstWait;

    public string Name { get; } = $"reportIntake.mailbox[{number}]";

    // A secret is not shown, so what tells one from another is added.
    public string Options { get; } = $"{shared}\n{string.Join('\n', MailboxOptions.Section.Show(options))}\n{options.Password?.Reveal().GetHashCode(StringComparison.Ordinal)}";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = Task.Run(WatchAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(_stop.Token);
            }
            catch (AuthenticationException fault)
            {
                // Servers lock an account out that somebody knocks at too often.
                _wait = LongestWait;
                _logger.MailboxLoginRefused(options.Name, fault.Message);
            }
            catch (StoreUnavailableException fault)
            {
                _logger.StoreUnavailable("imap", fault.Message);
            }
            catch (Exception fault) when (!_stop.IsCancellationRequested)
            {
                // MailKit has many exceptions for what a server may do; after each of them a new connection is the answer.
                _logger.MailboxUnavailable(options.Name, fault.Message, _wait);
            }

            await Task.Delay(_wait, clock, _stop.Token);
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
            await session.WaitAsync(isLeft, cancellationToken);
        }
    }
}
