namespace Waxseal.Protocol.TlsRpt;

/// <summary>Adds numbers of sessions without ever wrapping round.</summary>
public static class SessionCount
{
    /// <summary>The sum of two counts of 0 or more, <see cref="long.MaxValue"/> when it is larger than that.</summary>
    public static long Add(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    /// <summary>The sum of counts of 0 or more, <see cref="long.MaxValue"/> when it is larger than that.</summary>
    public static long Sum(IEnumerable<long> counts) => counts.Aggregate(0L, Add);
}
