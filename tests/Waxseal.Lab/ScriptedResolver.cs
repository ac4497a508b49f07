using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>A resolver that knows the addresses of one host, or fails.</summary>
internal sealed class ScriptedResolver(DnsFault? fault, params IPAddress[] addresses) : IDnsResolver
{
    public ScriptedResolver(params IPAddress[] addresses)
        : this(null, addresses)
    {
    }

    public Task<DnsLookup> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken) => Task.FromResult(Answer(question));

    private DnsLookup Answer(DnsQuestion question)
    {
        if (fault is { } found)
            return new DnsLookup.Failed(question, found, "scripted");

        DnsRecord[] records =
        [
            .. addresses
                .Select(address => address.GetAddressBytes())
                .Where(octets => octets.Length == (question.Type == DnsType.A ? 4 : 16))
                .Select(octets => new DnsRecord(question.Name, question.Type, 60, octets)),
        ];
        return records.Length > 0 ? new DnsLookup.Found(question, [.. records], 60) : new DnsLookup.Absent(question, addresses.Length > 0, 60);
    }
}
