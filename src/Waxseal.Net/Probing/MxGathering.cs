using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Probing;

/// <summary>Looks the MX hosts up, with their addresses and TLSA records, and visits them.</summary>
internal sealed class MxGathering(Gathering gathering, Func<DomainName, IPAddress, CancellationToken, Task<MxAddressFacts>>? visit)
{
    // Hostile or careless policy domains name any number of hosts.
    private const int MaxHosts = 16;
    private const int MaxAddresses = 8;

    private readonly Lock _guard = new();
    private readonly SortedDictionary<(int Preference, string Name), MxHostFacts> _hosts = [];

    /// <summary>The MX hosts found so far, in order of preference.</summary>
    public ImmutableArray<MxHostFacts> Hosts
    {
        get
        {
            lock (_guard)
                return [.. _hosts.Values];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DnsLookup lookup = await gathering.Book.AskAsync(gathering.Name, DnsType.Mx, cancellationToken).ConfigureAwait(false);
        ImmutableArray<MxHostFacts> hosts = HostsIn(lookup);
        foreach (MxHostFacts host in hosts)
            Put(host);
        await Task.WhenAll(hosts.Select(host => GatherAsync(host, cancellationToken))).ConfigureAwait(false);

        // TLSA records at the policy domain are of use to nobody where other hosts take the mail.
        if (hosts.Length > 0 && hosts.All(host => host.Name != gathering.PolicyDomain.Value)
            && gathering.Name.TryBelow("_25._tcp", out DnsName? misplaced))
        {
            await gathering.Book.AskAsync(misplaced, DnsType.Tlsa, cancellationToken).ConfigureAwait(false);
        }
    }

    private ImmutableArray<MxHostFacts> HostsIn(DnsLookup lookup) => lookup switch
    {
        DnsLookup.Found found =>
        [
            .. found.Records.Select(HostIn).OfType<MxHostFacts>().DistinctBy(host => host.Name)
                .OrderBy(host => host.Preference).ThenBy(host => host.Name, StringComparer.Ordinal).Take(MaxHosts),
        ],

        // RFC 5321 §5.1: without MX records the domain is its own MX host.
        DnsLookup.Absent { NameExists: true } => [new(gathering.PolicyDomain.Value, 0, []) { IsImplicit = true }],
        _ => [],
    };

    // RFC 7505 §3: the root stands for "takes no mail"; it is no host.
    private static MxHostFacts? HostIn(DnsRecord record)
    {
        DnsName name = DnsName.FromWire(record.Data.Span[2..]);
        return name.Equals(DnsName.Root) ? null : new(name.ToString(), BinaryPrimitives.ReadUInt16BigEndian(record.Data.Span), []);
    }

    private async Task GatherAsync(MxHostFacts host, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse(host.Name, out DnsName? name))
            return;

        Task<DnsLookup> ipv6 = gathering.Book.AskAsync(name, DnsType.Aaaa, cancellationToken);
        DnsLookup ipv4 = await gathering.Book.AskAsync(name, DnsType.A, cancellationToken).ConfigureAwait(false);
        DnsLookup[] lookups = [ipv4, await ipv6.ConfigureAwait(false)];
        ImmutableArray<IPAddress> addresses = [.. Addresses.In(lookups).Where(gathering.Options.Uses).Distinct().Take(MaxAddresses)];
        Put(host with { IsAlias = !ipv4.Aliases.IsEmpty });
        await Task.WhenAll(
            TlsaAsync(name, ipv4, cancellationToken),
            VisitAsync(host with { IsAlias = !ipv4.Aliases.IsEmpty }, addresses, cancellationToken)).ConfigureAwait(false);
    }

    // RFC 7672 §2.2.3: the TLSA base domain is the end of the aliases, or else the name of the MX record.
    private async Task TlsaAsync(DnsName mxHost, DnsLookup address, CancellationToken cancellationToken)
    {
        foreach (DnsName name in address.Aliases.TakeLast(1).Append(mxHost))
        {
            if (!name.TryBelow("_25._tcp", out DnsName? owner) || !name.TryBelow("_tcp", out DnsName? between))
                continue;

            // The name between must exist where records stand below it (RFC 8020 §2); some servers deny it.
            DnsLookup lookup = await gathering.AskEverywhereAsync(owner, DnsType.Tlsa, cancellationToken).ConfigureAwait(false);
            if (lookup is DnsLookup.Found)
                await gathering.AskEverywhereAsync(between, DnsType.Tlsa, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task VisitAsync(MxHostFacts host, ImmutableArray<IPAddress> addresses, CancellationToken cancellationToken)
    {
        if (visit is null || !DomainName.TryParse(host.Name, out DomainName? name, out _))
            return;

        await Task.WhenAll(addresses.Select(async address =>
        {
            MxAddressFacts facts = await visit(name, address, cancellationToken).ConfigureAwait(false);
            Add(host, facts);
            gathering.Watch.Tell(at => new ProbeEvent.VisitedMxHost(at, host.Name, facts));
        })).ConfigureAwait(false);
    }

    private void Put(MxHostFacts host)
    {
        lock (_guard)
            _hosts[(host.Preference, host.Name)] = host;
    }

    private void Add(MxHostFacts host, MxAddressFacts address)
    {
        lock (_guard)
        {
            MxHostFacts known = _hosts[(host.Preference, host.Name)];
            _hosts[(host.Preference, host.Name)] = known with
            {
                Addresses = [.. known.Addresses.Append(address).OrderBy(facts => facts.IsIpv6).ThenBy(facts => facts.Address, StringComparer.Ordinal)],
            };
        }
    }
}
