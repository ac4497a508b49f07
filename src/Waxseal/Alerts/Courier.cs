using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts.Routes;
using Waxseal.Hosting.Sending;
using Waxseal.Storage;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts;

/// <summary>
/// Sends the messages of one route. Between the moment the other side has a message and the commit that says so, a process that is
/// killed leaves it to be sent again; its id is the same, so that receivers can tell. Nothing else is sent twice.
/// </summary>
internal sealed class Courier(AlertsOptions options, IRoute route, TimeProvider clock, ILogger logger)
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    // What is taken up together is sent one by one up to here, and as a digest beyond.
    private const int MostSingle = 3;
    private const int MostInDigest = 200;
    private const int LeastAttempts = 3;

    // Longer than all that is sent one by one may take.
    private static readonly TimeSpan Lease = SendTimeout * (MostSingle + 1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly QuietHours? _quiet = options.Quiet;

    /// <summary>Sends what is due.</summary>
    /// <returns>Whether there was something.</returns>
    public async Task<bool> DeliverAsync(Store store, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool isQuiet = _quiet?.Contain(now) == true;
        if (isQuiet && !options.UrgentInQuietHours)
            return false;

        ImmutableArray<AlertMessage> taken = await store.AlertMessages.TakeAsync(route.Name, urgentOnly: isQuiet, now, now + Lease, MostInDigest, cancellationToken);
        ImmutableArray<AlertMessage> left = taken;
        foreach (Notice notice in Notice.Of(taken, MostSingle, message => _quiet?.Contain(message.CreatedAt) == true))
        {
            SendAnswer answer = await SendAsync(notice);
            if (!answer.IsSent)
            {
                // Where one is not taken the next would not be, and none is to come before those that were first.
                await PutBackAsync(store, left, answer);
                break;
            }

            // What was sent is noted in any case; the wait for that is not broken off.
            await store.AlertMessages.SentAsync(notice.Messages, answer.Words, clock.GetUtcNow(), CancellationToken.None);
            logger.MessageSent(route.Name, notice.Type, notice.Id, answer.Words);
            left = [.. left.Except(notice.Messages)];
        }

        return taken.Length > 0;
    }

    // Not ended by a stop of the role: whoever sends waits for the answer, so that it is not sent again.
    private async Task<SendAnswer> SendAsync(Notice notice)
    {
        using CancellationTokenSource deadline = new(SendTimeout, clock);
        try
        {
            return await route.SendAsync(notice, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new(false, $"no answer within {SendTimeout.TotalSeconds:0} seconds");
        }
    }

    private async Task PutBackAsync(Store store, ImmutableArray<AlertMessage> messages, SendAnswer answer)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ImmutableArray<AlertMessage> hopeless = [.. messages.Where(message => now - message.CreatedAt >= options.GiveUpAfter && message.Attempts >= LeastAttempts)];
        if (hopeless.Length > 0)
        {
            await store.AlertMessages.GivenUpAsync(hopeless, answer.Words, now, CancellationToken.None);
            logger.MessagesGivenUp(route.Name, hopeless.Length, answer.Words);
        }

        ImmutableArray<AlertMessage> again = [.. messages.Except(hopeless)];
        if (again.Length == 0)
            return;
        TimeSpan wait = WaitOf(again.Max(message => message.Attempts), answer.RetryAfter);
        await store.AlertMessages.FailedAsync(again, answer.Words, now + wait, CancellationToken.None);
        logger.RouteFailed(route.Name, again.Length, answer.Words, wait);
    }

    private static TimeSpan WaitOf(int attempts, TimeSpan? retryAfter)
    {
        TimeSpan wait = FirstWait * (1 << Math.Clamp(attempts - 1, 0, 6));
        if (retryAfter > wait)
            wait = retryAfter.Value;
        return wait < LongestWait ? wait : LongestWait;
    }
}
