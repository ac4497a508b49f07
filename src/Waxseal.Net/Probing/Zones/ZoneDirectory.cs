using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Zones;

/// <summary>Finds the zones of names and the name servers of zones; what many policy domains share is found once.</summary>
internal sealed class ZoneDirectory(
    StubResolver resolver, NameServerClient client, AddressRules rules, ProbeOptions options, TimeProvider clock)
{
    // Hostile or careless zones name any number of servers.
    private const int MaxServers = 8;
    private const int MaxAddressesOfServer = 4;

    private const int MaxKept = 500;

    private static readonly DnsQueryOptions EvenIfBogus = DnsQueryOptions.ToResolver with { ChecksItself = true };

    private readonly FoundOnce<DnsName, DnsName> _apexes = new(MaxKept);
    private readonly FoundOnce<DnsName, Zone> _zones = new(MaxKept);
    private readonly FoundOnce<DnsName, ImmutableArray<NameServer>> _parents = new(MaxKept);
    private readonly FoundOnce<DnsName, ImmutableArray<IPAddress>> _addresses = new(MaxKept);
    private readonly ZoneProbe _probe = new(client, clock);

    /// <summary>The name of the zone that a name lies in.</summary>
    public Task<DnsName> ApexOfAsync(DnsName name, CancellationToken cancellationToken) =>
        _apexes.GetAsync(name, () => FindApexAsync(name, cancellationToken), cancellationToken);

    /// <summary>The zone of a name that begins a zone.</summary>
    public Task<Zone> ZoneAsync(DnsName apex, CancellationToken cancellationToken) =>
        _zones.GetAsync(apex, () => FindZoneAsync(apex, cancellationToken), cancellationToken);

    // RFC 2308 §3: a denial carries the SOA record of the zone it comes from. An alias never begins a zone (RFC 1034 §3.6.2).
    private async Task<DnsName> FindApexAsync(DnsName name, CancellationToken cancellationToken)
    {
        if (name.Equals(DnsName.Root))
            return name;

        DnsLookup lookup = await resolver.LookUpAsync(new(name, DnsType.Soa), EvenIfBogus, cancellationToken).ConfigureAwait(false);
        return lookup switch
        {
            DnsLookup.Found { Aliases.IsEmpty: true } => name,
            DnsLookup.Absent { Aliases.IsEmpty: true, Zone: { } zone } when name.IsAtOrBelow(zone) => zone,
            _ => await ApexOfAsync(name.Parent, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<Zone> FindZoneAsync(DnsName apex, CancellationToken cancellationToken)
    {
        Task<ImmutableArray<DnsName>> delegating = DelegatedAsync(apex, cancellationToken);
        Task<DnsLookup> signing = resolver.LookUpAsync(new(apex, DnsType.Ds), EvenIfBogus, cancellationToken);
        DnsLookup naming = await resolver.LookUpAsync(new(apex, DnsType.Ns), EvenIfBogus, cancellationToken).ConfigureAwait(false);
        ImmutableArray<DnsName> named = NamesIn(naming is DnsLookup.Found found ? found.Records : []);
        ImmutableArray<DnsName> delegated = await delegating.ConfigureAwait(false);
        ImmutableArray<NameServer> servers = await ServersAsync([.. named.Union(delegated)], cancellationToken).ConfigureAwait(false);
        ZoneFacts facts = await _probe.ProbeAsync(apex, delegated, named, servers, cancellationToken).ConfigureAwait(false);
        return new(apex, servers, facts with
        {
            IsSigned = await signing.ConfigureAwait(false) switch
            {
                DnsLookup.Found => true,
                DnsLookup.Absent => false,
                _ => null,
            },
        });
    }

    // The name servers by the word of the parent zone: a referral, so they stand in the authority section (RFC 1034 §4.3.2).
    private async Task<ImmutableArray<DnsName>> DelegatedAsync(DnsName apex, CancellationToken cancellationToken)
    {
        if (apex.Equals(DnsName.Root))
            return [];

        DnsName parent = await ApexOfAsync(apex.Parent, cancellationToken).ConfigureAwait(false);
        foreach (NameServer server in await _parents.GetAsync(parent, () => ServersOfParentAsync(parent, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            if (server.EndPoint is not { } endPoint
                || await client.AskAsync(endPoint, new(apex, DnsType.Ns), cancellationToken).ConfigureAwait(false)
                    is not ExchangeResult.Answered { Message: { Rcode: DnsRcode.NoError } message })
            {
                continue;
            }

            // A server of both zones answers for the lower one and tells nothing of the delegation.
            return message.Bits.HasFlag(DnsHeaderBits.Authoritative)
                ? []
                : NamesIn(message.Authority.Where(record => record.Type == DnsType.Ns && record.Owner.Equals(apex)));
        }

        return [];
    }

    private async Task<ImmutableArray<NameServer>> ServersOfParentAsync(DnsName parent, CancellationToken cancellationToken)
    {
        DnsLookup naming = await resolver.LookUpAsync(new(parent, DnsType.Ns), EvenIfBogus, cancellationToken).ConfigureAwait(false);
        return await ServersAsync(NamesIn(naming is DnsLookup.Found found ? found.Records : []), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<NameServer>> ServersAsync(ImmutableArray<DnsName> names, CancellationToken cancellationToken)
    {
        NameServer[][] servers = await Task.WhenAll(names.Take(MaxServers).Select(async name =>
        {
            ImmutableArray<IPAddress> addresses = await _addresses.GetAsync(name, () => AddressesAsync(name, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            IPAddress[] allowed = [.. addresses.Where(address => rules.Refusal(address) is null)];
            return allowed.Length == 0
                ? [new NameServer(name, null, addresses.IsEmpty ? null : rules.Refusal(addresses[0]))]
                : allowed.Select(address => new NameServer(name, new IPEndPoint(address, options.DnsPort))).ToArray();
        })).ConfigureAwait(false);
        return [.. servers.SelectMany(server => server)];
    }

    private async Task<ImmutableArray<IPAddress>> AddressesAsync(DnsName name, CancellationToken cancellationToken)
    {
        DnsLookup[] lookups = await Task.WhenAll(
            resolver.LookUpAsync(new(name, DnsType.A), EvenIfBogus, cancellationToken),
            resolver.LookUpAsync(new(name, DnsType.Aaaa), EvenIfBogus, cancellationToken)).ConfigureAwait(false);
        return
        [
            .. Addresses.In(lookups)
                .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
                .Take(MaxAddressesOfServer),
        ];
    }

    private static ImmutableArray<DnsName> NamesIn(IEnumerable<DnsRecord> records) =>
    [
        .. records.Select(record => DnsName.FromWire(record.Data.Span)).Distinct().OrderBy(name => name.ToString(), StringComparer.Ordinal),
    ];
}
