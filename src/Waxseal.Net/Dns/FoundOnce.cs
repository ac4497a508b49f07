using System.Collections.Concurrent;

namespace Waxseal.Net.Dns;

/// <summary>What others have to be asked for, found once for all who want it, at the same time or later.</summary>
/// <param name="mostKept">How much is kept. A run over a million policy domains must not keep a million things; what many share is soon found again.</param>
/// <param name="isKept">Whether something found is kept; null for all. What failed by chance would otherwise have failed for everybody.</param>
internal sealed class FoundOnce<TKey, T>(int mostKept, Func<T, bool>? isKept = null)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<T>>> _kept = [];

    /// <summary>Gives what was found, finding it first where nobody has.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="find">Finds it.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<T> GetAsync(TKey key, Func<Task<T>> find, CancellationToken cancellationToken)
    {
        while (true)
        {
            Lazy<Task<T>> ours = new(find);
            Lazy<Task<T>> entry = _kept.GetOrAdd(key, ours);
            if (ReferenceEquals(entry, ours) && _kept.Count > mostKept)
                _kept.Clear();
            await ((Task)entry.Value.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();

            // What failed is not kept. What someone else broke off is begun again.
            if (!entry.Value.IsCompletedSuccessfully || isKept?.Invoke(await entry.Value.ConfigureAwait(false)) == false)
                _kept.TryRemove(KeyValuePair.Create(key, entry));
            if (!entry.Value.IsCanceled || ReferenceEquals(entry, ours))
                return await entry.Value.ConfigureAwait(false);
        }
    }
}
