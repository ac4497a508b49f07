namespace Waxseal.Storage.Writing;

/// <summary>A write that waits for its commit.</summary>
internal abstract class Write
{
    /// <summary>Done when it is on disk; fails when nothing was written.</summary>
    public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Writes of one kind are run together.</summary>
    public abstract object Kind { get; }

    /// <summary>Runs writes of its kind within the open transaction; they may be run again from their start.</summary>
    public abstract Task RunAsync(WriteSession session, IReadOnlyList<Write> same, CancellationToken cancellationToken);
}

/// <summary>A write that is run by itself.</summary>
internal sealed class SingleWrite(Func<WriteSession, CancellationToken, Task> run) : Write
{
    public override object Kind => this;

    public override Task RunAsync(WriteSession session, IReadOnlyList<Write> same, CancellationToken cancellationToken) => run(session, cancellationToken);
}

/// <summary>Writes many things of one kind with fewer statements than each alone would need.</summary>
internal interface IGroupWriter<TItem, TResult>
{
    /// <summary>Writes the items, and gives what became of each, in their order.</summary>
    Task<IReadOnlyList<TResult>> WriteAsync(WriteSession session, IReadOnlyList<TItem> items, CancellationToken cancellationToken);
}

/// <summary>A write that shares its statements with those of the same writer.</summary>
internal sealed class SharedWrite<TItem, TResult>(IGroupWriter<TItem, TResult> writer, TItem item) : Write
{
    private TResult _result = default!;

    public override object Kind => writer;

    /// <summary>What became of it, once it is committed.</summary>
    public TResult Result => _result;

    public override async Task RunAsync(WriteSession session, IReadOnlyList<Write> same, CancellationToken cancellationToken)
    {
        SharedWrite<TItem, TResult>[] writes = [.. same.Cast<SharedWrite<TItem, TResult>>()];
        IReadOnlyList<TResult> results = await writer.WriteAsync(session, [.. writes.Select(write => write.Item)], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < writes.Length; i++)
            writes[i]._result = results[i];
    }

    private TItem Item => item;
}
