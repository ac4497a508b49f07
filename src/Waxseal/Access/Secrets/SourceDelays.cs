using System.Net;
using System.Net.Sockets;

namespace Waxseal.Access.Secrets;

/// <summary>Slows down addresses from which logins fail, whatever the account. An IPv6 network of 64 bits counts as one address.</summary>
internal sealed class SourceDelays(TimeProvider clock)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock _guard = new();
    private readonly Dictionary<IPAddress, Record> _records = [];

    /// <summary>Begins an attempt, which counts as failed until it has succeeded.</summary>
    /// <returns>How long to wait instead; null when it may go on.</returns>
    public TimeSpan? Begin(IPAddress source)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IPAddress network = NetworkOf(source);
        lock (_guard)
        {
            Record before = _records.TryGetValue(network, out Record? known) && now - known.At < Kept ? known : new(0, now, now);
            if (before.Until > now)
                return before.Until - now;
            if (known is null && _records.Count >= Most)
                MakeRoom(now);
            _records[network] = new(before.Failures + 1, now + Delays.After(before.Failures + 1), now);
            return null;
        }
    }

    /// <summary>The attempt succeeded.</summary>
    public void End(IPAddress source)
    {
        lock (_guard)
            _records.Remove(NetworkOf(source));
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (IPAddress old in _records.Where(record => now - record.Value.At >= Kept).Select(record => record.Key).ToArray())
            _records.Remove(old);
        if (_records.Count >= Most)
            _records.Remove(_records.MinBy(record => record.Value.At).Key);
    }

    private static IPAddress NetworkOf(IPAddress source)
    {
        if (source.AddressFamily != AddressFamily.InterNetworkV6)
            return source;
        byte[] octets = source.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return new(octets);
    }

    private sealed record Record(int Failures, DateTimeOffset Until, DateTimeOffset At);
}
