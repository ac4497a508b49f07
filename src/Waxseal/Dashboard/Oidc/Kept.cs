namespace Waxseal.Dashboard.Oidc;

/// <summary>Something of a provider that is fetched when it is needed, by one for all. A failure is kept for a moment as well, so that strangers cannot have it fetched all the time.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="fetch">Fetches it, or tells why there is none; ends by itself.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class Kept<T>(Func<Task<(T? Value, string? Problem)>> fetch, TimeProvider clock) : IDisposable
    where T : class
{
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (T? Value, string? Problem) _last;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public void Dispose() => _turn.Dispose();

    /// <summary>It, or why there is none.</summary>
    /// <param name="oldest">How old it may be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(T? Value, string? Problem)> GetAsync(TimeSpan oldest, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() - _at >= (_last.Value is null ? FailureKept : oldest))
            {
                _last = await fetch();
                _at = clock.GetUtcNow();
            }

            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }
}
