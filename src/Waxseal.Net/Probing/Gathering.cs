using Waxseal.Net.Dns;
using Waxseal.Net.Probing.Zones;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Probing;

/// <summary>What all parts of gathering about one policy domain share.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Lookups">Looks names up.</param>
/// <param name="Zones">Finds zones.</param>
/// <param name="Options">How to look.</param>
/// <param name="Watch">Is told what was found meanwhile.</param>
internal sealed record Gathering(
    DomainName PolicyDomain, SharedLookups Lookups, ZoneDirectory Zones, ProbeOptions Options, ProbeWatch Watch)
{
    /// <summary>The policy domain as a name of DNS.</summary>
    public DnsName Name { get; } = DnsName.Of(PolicyDomain);

    /// <summary>The look-ups made for it.</summary>
    public LookupBook Book { get; } = new(Lookups, DnsName.Of(PolicyDomain), Watch);

    /// <summary>Asks the resolver, and then each name server of the zone that the name lies in.</summary>
    public async Task<DnsLookup> AskEverywhereAsync(DnsName name, DnsType type, CancellationToken cancellationToken)
    {
        DnsLookup lookup = await Book.AskAsync(name, type, cancellationToken).ConfigureAwait(false);
        DnsName apex = await Zones.ApexOfAsync(name, cancellationToken).ConfigureAwait(false);
        Zone zone = await Zones.ZoneAsync(apex, cancellationToken).ConfigureAwait(false);
        DnsQuestion question = new(name, type);
        Book.AddServers(question, await Lookups.AskEachAsync(zone, question, Name, cancellationToken).ConfigureAwait(false));
        return lookup;
    }
}
