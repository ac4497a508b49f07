using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Checking;
using Waxseal.Hosting;
using Waxseal.Storage.Retention;

namespace Waxseal.Dashboard.Managing;

/// <summary>Tells what is kept how long, and deletes what has been kept long enough, one at a time.</summary>
internal sealed class Cleaning(Installation installation, StoreDoor store, ILogger logger) : IDisposable
{
    private readonly Places _places = new(atOnce: 1, mostWaiting: 0);

    public void Dispose() => _places.Dispose();

    /// <summary>The kinds of what is stored, without any numbers.</summary>
    public ImmutableArray<KeptKind> Kinds => Kept(StoreCleaning.Kinds);

    /// <summary>What is stored of each kind; every row is counted.</summary>
    public async Task<ImmutableArray<KeptKind>> ReadAsync(Asked asked) =>
        Kept(await store.Open.Cleaning.HoldingsAsync(installation.Store().Cutoffs(asked.Now), asked.Cancelled));

    /// <summary>Octets of the whole database.</summary>
    public Task<long> SizeAsync(Asked asked) => store.Open.Engine.SizeAsync(asked.Cancelled);

    /// <summary>Deletes what is older; null when somebody else does that now.</summary>
    public async Task<Cleaned?> CleanAsync(Asked asked)
    {
        if (!await _places.TakeAsync(asked.Cancelled))
            return null;
        try
        {
            // What has begun ends in good order, also when nobody waits for the answer any more.
            Cleaned cleaned = await store.Open.Cleaning.CleanAsync(installation.Store().Cutoffs(asked.Now), CancellationToken.None);
            logger.StoreCleaned(asked.Viewer.Mark, cleaned.Bodies, cleaned.Reports, cleaned.Documents, cleaned.Looks, cleaned.Values, cleaned.Alerts, cleaned.Findings);
            return cleaned;
        }
        finally
        {
            _places.Leave();
        }
    }

    private ImmutableArray<KeptKind> Kept(IEnumerable<Holding> holdings) => [.. holdings.Select(holding => new KeptKind(holding, installation.Store().KeptFor(holding.Key)))];
}

/// <summary>One kind of what is stored.</summary>
/// <param name="Holding">What there is of it.</param>
/// <param name="Keep">How long it is kept.</param>
internal sealed record KeptKind(Holding Holding, TimeSpan Keep);

/// <summary>What is kept how long.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tabs">The pages beside it.</param>
/// <param name="Kinds">The kinds.</param>
/// <param name="IsCounted">Whether their rows were counted.</param>
/// <param name="Octets">Octets of the whole database.</param>
/// <param name="MayClean">Whether who asks may delete.</param>
/// <param name="Cleaned">What was deleted a moment ago; null for nothing.</param>
/// <param name="Problem">Why nothing was deleted; null when nothing is wrong.</param>
internal sealed record RetentionBook(Frame Frame, SettingsTabs Tabs, ImmutableArray<KeptKind> Kinds, bool IsCounted, long Octets, bool MayClean, Cleaned? Cleaned, string? Problem) : IFramed
{
    /// <summary>How much goes with the next clean-up.</summary>
    public long Outlived => Kinds.Sum(kind => kind.Holding.Outlived);
}
