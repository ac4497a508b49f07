using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Net.Probing.Facts;

/// <summary>Takes addresses out of look-ups.</summary>
internal static class Addresses
{
    public static IEnumerable<IPAddress> In(IEnumerable<DnsLookup> lookups) => lookups.OfType<DnsLookup.Found>()
        .SelectMany(found => found.Records)
        .Where(record => record.Data.Length is 4 or 16)
        .Select(record => new IPAddress(record.Data.Span));
}
