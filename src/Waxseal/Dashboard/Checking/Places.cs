namespace Waxseal.Dashboard.Checking;

/// <summary>Places for work that is dear: so many at once, and so many that wait for one.</summary>
/// <param name="atOnce">How many there are.</param>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class Places(int atOnce, int mostWaiting) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atOnce, atOnce);
    private int _waiting;

    /// <summary>Takes a place, if need be after a while; false when too many wait already.</summary>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (await _free.WaitAsync(TimeSpan.Zero, cancellationToken))
            return true;
        try
        {
            if (Interlocked.Increment(ref _waiting) > mostWaiting)
                return false;
            await _free.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Takes a place, however many wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>Gives it back.</summary>
    public void Leave() => _free.Release();

    public void Dispose() => _free.Dispose();
}
