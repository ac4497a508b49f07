using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Waxseal.ReportIntake;

/// <summary>How many reports are taken in a minute: from one address (a /64 of IPv6), and about one policy domain.</summary>
internal sealed class RateLimits(ReportIntakeOptions options, TimeProvider clock)
{
    // A flood from many addresses must not fill the memory; the oldest counts are those of a minute ago and can go.
    private const int MostCounted = 100_000;

    private readonly ConcurrentDictionary<object, Count> _counts = [];
    private long _minute;

    /// <summary>Counts a report from an address, and says whether it is still within the limit.</summary>
    public bool AllowsReportFrom(IPAddress source) => CountOf(NetworkOf(source)) <= options.PerSource;

    /// <summary>Counts a report about a policy domain, and says whether it is still within the limit.</summary>
    public bool AllowsReportAbout(string policyDomain) => CountOf(policyDomain) <= options.PerDomain;

    private long CountOf(object counted)
    {
        long minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) != minute || _counts.Count > MostCounted)
            _counts.Clear();
        return Interlocked.Increment(ref _counts.GetOrAdd(counted, _ => new Count()).Value);
    }

    /// <summary>Whose address it is, as far as that can be told: the address, or the /64 of IPv6.</summary>
    public static IPAddress NetworkOf(IPAddress source)
    {
        IPAddress address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Count
    {
        public long Value;
    }
}
