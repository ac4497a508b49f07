namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>A policy as a sending MTA keeps it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Id">The policy id that stood in DNS before the policy was fetched.</param>
/// <param name="FetchedAt">When it was fetched.</param>
public sealed record CachedPolicy(StsPolicy Policy, string Id, DateTimeOffset FetchedAt)
{
    // RFC 8461 §3.3: a suggested refresh frequency is once a day.
    private static readonly TimeSpan LongestRefreshInterval = TimeSpan.FromDays(1);

    // A policy that lives for seconds must not have its host asked every second.
    private static readonly TimeSpan ShortestRefreshInterval = TimeSpan.FromMinutes(5);

    /// <summary>Time since the fetch in whole seconds; 0 when the clock stands before the fetch.</summary>
    // RFC 8461 §3.2: max_age counts in seconds. A clock that was set back must not make a policy immortal or expired,
    // so the policy is taken for new, and refreshed.
    public TimeSpan AgeAt(DateTimeOffset now) =>
        now <= FetchedAt ? TimeSpan.Zero : TimeSpan.FromSeconds((now - FetchedAt).Ticks / TimeSpan.TicksPerSecond);

    /// <summary>Whether the policy may be applied.</summary>
    // RFC 8461 §5.1: as long as the time since the fetch has not exceeded max_age.
    public bool IsFreshAt(DateTimeOffset now) => AgeAt(now) <= Policy.MaxAge;

    /// <summary>
    /// Whether the policy should be fetched again beside deliveries, whatever DNS says: daily, and in the middle of a
    /// life shorter than two days.
    /// </summary>
    // RFC 8461 §3.3, §10.2: refreshed before it expires, so that blocking one refresh gains nothing.
    public bool IsRefreshDueAt(DateTimeOffset now)
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(
            Policy.MaxAge.Ticks / 2, ShortestRefreshInterval.Ticks, LongestRefreshInterval.Ticks));
        return now < FetchedAt || AgeAt(now) >= interval;
    }
}

/// <summary>A failed fetch as a sending MTA keeps it, so that it does not ask again at once.</summary>
/// <param name="Id">The policy id that stood in DNS.</param>
/// <param name="Result">How the fetch failed.</param>
/// <param name="FailedAt">When it failed.</param>
public sealed record FailedFetch(string Id, PolicyFetchResult Result, DateTimeOffset FailedAt)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Whether this failure still stands for a policy id, so that no fetch should be made.</summary>
    // RFC 8461 §3.3: after a failed GET, further attempts are limited to one in five minutes for each id.
    public bool StandsFor(string id, DateTimeOffset now) => Id == id && now >= FailedAt && now - FailedAt < Pause;
}
