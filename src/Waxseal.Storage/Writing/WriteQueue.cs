using System.Threading.Channels;
using Waxseal.Storage.Engines;

namespace Waxseal.Storage.Writing;

/// <summary>
/// Writes of many callers, committed in groups: a commit costs a write to disk, and a hundred writes share one. Whoever awaits a
/// write goes on when it is on disk, or has an exception and nothing was written.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    // Enough that a commit is shared by many, and not so many that one waits long.
    private const int MostInGroup = 256;
    private const int MostWaiting = 4096;
    private const int MostTries = 10;

    private readonly Engine _engine;
    private readonly TimeProvider _clock;
    private readonly Channel<Write> _waiting = Channel.CreateBounded<Write>(MostWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _writers;
    private volatile Failure? _lastFailure;

    public WriteQueue(Engine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
        _writers = [.. Enumerable.Range(0, engine.Writers).Select(_ => Task.Run(WriteGroupsAsync))];
    }

    /// <summary>When and why a write failed last; null when one has succeeded since.</summary>
    public (DateTimeOffset At, string Reason)? LastFailure => _lastFailure is { } failure ? (failure.At, failure.Reason) : null;

    /// <summary>Runs a write and waits for its commit.</summary>
    /// <param name="write">What to do with the session. It may be run again from its start, so it keeps no state of its own.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue; what has its place is written.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was written.</exception>
    public async Task<T> RunAsync<T>(Func<WriteSession, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        T result = default!;
        await RunAsync(new SingleWrite(async (session, token) => result = await write(session, token).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Writes an item together with whatever else waits for the same writer, and waits for the commit.</summary>
    /// <inheritdoc cref="RunAsync{T}"/>
    public async Task<TResult> RunAsync<TItem, TResult>(IGroupWriter<TItem, TResult> writer, TItem item, CancellationToken cancellationToken)
    {
        SharedWrite<TItem, TResult> write = new(writer, item);
        await RunAsync(write, cancellationToken).ConfigureAwait(false);
        return write.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_writers).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(Write write, CancellationToken cancellationToken)
    {
        long begun = _clock.GetTimestamp();
        try
        {
            await _waiting.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException fault)
        {
            throw new StoreUnavailableException("the store is closing", fault);
        }

        StoreMetrics.WriteBegan();
        try
        {
            await write.Committed.Task.ConfigureAwait(false);
            StoreMetrics.WriteSucceeded(_clock.GetElapsedTime(begun));
        }
        catch (StoreUnavailableException)
        {
            StoreMetrics.WriteFailed();
            throw;
        }
        finally
        {
            StoreMetrics.WriteEnded();
        }
    }

    private async Task WriteGroupsAsync()
    {
        WriteSession? session = null;
        List<Write> group = new(MostInGroup);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            while (group.Count < MostInGroup && _waiting.Reader.TryRead(out Write? write))
                group.Add(write);
            if (group.Count == 0)
                continue;

            try
            {
                session ??= new WriteSession(_engine, await _engine.OpenAsync(_stop.Token).ConfigureAwait(false));
                await CommitPatientlyAsync(session, group).ConfigureAwait(false);
                _lastFailure = null;
                StoreMetrics.Committed(group.Count);
                group.ForEach(write => write.Committed.TrySetResult());
            }
            catch (Exception fault)
            {
                // After a failed commit nobody knows what the connection holds (a lost fsync may not be told again), so it is let go.
                if (session is not null)
                    await session.DisposeAsync().ConfigureAwait(false);
                session = null;
                await TellAsync(group, fault).ConfigureAwait(false);
            }
        }

        if (session is not null)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    // Somebody else may write the same row at the same moment; when he has, it is there to be seen.
    private async Task CommitPatientlyAsync(WriteSession session, List<Write> group)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await CommitAsync(session, group).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (tries < MostTries && _engine.IsContention(fault))
            {
                // The transaction was rolled back when it was let go; the next try begins anew.
                continue;
            }
        }
    }

    private async Task CommitAsync(WriteSession session, List<Write> group)
    {
        await using System.Data.Common.DbTransaction transaction = await _engine.BeginWriteAsync(session.Connection, _stop.Token).ConfigureAwait(false);
        session.Transaction = transaction;
        foreach (IGrouping<object, Write> same in group.GroupBy(write => write.Kind))
            await same.First().RunAsync(session, [.. same], _stop.Token).ConfigureAwait(false);
        await transaction.CommitAsync(_stop.Token).ConfigureAwait(false);
    }

    // One bad write must not fail those that shared its group: each is tried alone. Where the database is at fault all fail.
    private async Task TellAsync(List<Write> group, Exception fault)
    {
        if (AsUnavailable(fault) is { } unavailable)
        {
            _lastFailure = new Failure(_clock.GetUtcNow(), unavailable.Message);
            foreach (Write write in group)
                write.Committed.TrySetException(unavailable);
            return;
        }

        if (group.Count == 1)
        {
            group[0].Committed.TrySetException(fault);
            return;
        }

        foreach (Write write in group)
        {
            try
            {
                await using WriteSession alone = new(_engine, await _engine.OpenAsync(_stop.Token).ConfigureAwait(false));
                await CommitPatientlyAsync(alone, [write]).ConfigureAwait(false);
                write.Committed.TrySetResult();
            }
            catch (Exception own)
            {
                write.Committed.TrySetException(AsUnavailable(own) ?? own);
            }
        }
    }

    private StoreUnavailableException? AsUnavailable(Exception fault) =>
        fault as StoreUnavailableException ?? (_engine.FaultOf(fault) is { } reason ? new StoreUnavailableException(reason, fault) : null);

    private sealed record Failure(DateTimeOffset At, string Reason);
}
