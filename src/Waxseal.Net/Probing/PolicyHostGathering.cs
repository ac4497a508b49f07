using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Net.Https;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Probing;

/// <summary>Looks the policy host up, and visits it at each of its addresses.</summary>
internal sealed class PolicyHostGathering(Gathering gathering, PolicyHostProbe probe)
{
    // A name may have any number of addresses.
    private const int MaxAddresses = 8;

    private readonly ConcurrentDictionary<IPAddress, PolicyHostAddressFacts> _addresses = [];

    /// <summary>The addresses visited so far, IPv4 first.</summary>
    public ImmutableArray<PolicyHostAddressFacts> Addresses =>
        [.. _addresses.Values.OrderBy(address => address.IsIpv6).ThenBy(address => address.Address, StringComparer.Ordinal)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (PolicyHost.NameFor(gathering.PolicyDomain) is not { } policyHost)
            return;

        DnsName name = DnsName.Of(policyHost);
        DnsLookup[] lookups = await Task.WhenAll(
            gathering.Book.AskAsync(name, DnsType.A, cancellationToken),
            gathering.Book.AskAsync(name, DnsType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IEnumerable<IPAddress> addresses = Facts.Addresses.In(lookups).Where(gathering.Options.Uses).Distinct().Take(MaxAddresses);
        await Task.WhenAll(
            gathering.AskEverywhereAsync(name, DnsType.A, cancellationToken),
            gathering.AskEverywhereAsync(name, DnsType.Aaaa, cancellationToken),
            IssuersAsync(name, lookups, cancellationToken),
            VisitAsync(policyHost, [.. addresses], cancellationToken)).ConfigureAwait(false);
    }

    private async Task VisitAsync(DomainName policyHost, ImmutableArray<IPAddress> addresses, CancellationToken cancellationToken)
    {
        await Task.WhenAll(addresses.Select(async address =>
        {
            PolicyHostAddressFacts facts = _addresses[address] = await probe.ProbeAsync(policyHost, address, cancellationToken).ConfigureAwait(false);
            gathering.Watch.Tell(at => new ProbeEvent.VisitedPolicyHost(at, facts));
        })).ConfigureAwait(false);

        IPAddress? good = addresses.FirstOrDefault(address => _addresses[address].Handshake(HandshakeVariant.Usual) is { Fault: null });
        if (good is not null)
            _addresses[good] = await probe.TryWithoutNameAsync(policyHost, _addresses[good], cancellationToken).ConfigureAwait(false);
    }

    // RFC 8659 §3: who may issue is said at the name, or at the nearest name above it that says anything.
    private async Task IssuersAsync(DnsName policyHost, DnsLookup[] lookups, CancellationToken cancellationToken)
    {
        if (lookups.All(lookup => lookup is not DnsLookup.Found))
            return;

        for (DnsName name = policyHost; name.LabelCount > 1; name = name.Parent)
        {
            if (await gathering.Book.AskAsync(name, DnsType.Caa, cancellationToken).ConfigureAwait(false) is not DnsLookup.Absent)
                return;
        }
    }
}
