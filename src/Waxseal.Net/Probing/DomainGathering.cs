using System.Collections.Concurrent;
using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>Gathers the facts about one policy domain, all parts side by side; what is there when time is up counts.</summary>
internal sealed class DomainGathering(Gathering gathering, PolicyHostGathering policyHost, MxGathering mx, ChainValidator validator)
{
    // One zone that is bogus shows in many names; the few that mail rests on tell why.
    private const int MostValidations = 6;

    private readonly RecordGathering _records = new(gathering);
    private readonly ConcurrentDictionary<DnsName, ZoneFacts> _zones = [];

    /// <summary>The look-ups.</summary>
    public ImmutableArray<LookupFacts> Lookups => gathering.Book.Facts;

    /// <summary>The zones, that of the policy domain first.</summary>
    public ImmutableArray<ZoneFacts> Zones =>
        [.. _zones.OrderByDescending(zone => gathering.Name.IsAtOrBelow(zone.Key)).ThenBy(zone => zone.Key.ToString(), StringComparer.Ordinal).Select(zone => zone.Value)];

    /// <summary>What our own validation finds of what the resolver refused as bogus, and of what ought to be signed.</summary>
    public ImmutableArray<ValidationFacts> Validations { get; private set; } = [];

    /// <summary>The policy host.</summary>
    public ImmutableArray<PolicyHostAddressFacts> PolicyHost => policyHost.Addresses;

    /// <summary>The MX hosts.</summary>
    public ImmutableArray<MxHostFacts> MxHosts => mx.Hosts;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            ZoneOfAsync(gathering.Name, cancellationToken),
            _records.RunAsync(cancellationToken),
            policyHost.RunAsync(cancellationToken),
            mx.RunAsync(cancellationToken)).ConfigureAwait(false);

        // The zones of the policy host and of the MX hosts are known by now; asking for them again costs nothing.
        IEnumerable<string> hosts = MxHosts.Select(host => host.Name).Append($"mta-sts.{gathering.PolicyDomain}");
        await Task.WhenAll(hosts.Select(host => DnsName.TryParse(host, out DnsName? name)
            ? ZoneOfAsync(name, cancellationToken)
            : Task.CompletedTask)).ConfigureAwait(false);
        if (!gathering.Book.Bogus.IsEmpty)
            await KeysAsync(cancellationToken).ConfigureAwait(false);
        Validations =
        [
            .. await Task.WhenAll(gathering.Book.Bogus.OrderBy(Rank).Take(MostValidations).Union(ToBeSigned().Take(MostValidations))
                .Select(question => validator.ValidateAsync(question, cancellationToken))).ConfigureAwait(false),
        ];
    }

    // RFC 7672 §2.2: DANE rests on the MX records, the addresses of the MX hosts and the TLSA records.
    private IEnumerable<DnsQuestion> ToBeSigned() =>
        from lookup in gathering.Book.Facts
        where lookup.Answer.Outcome == DnsOutcome.Found
            && (lookup.Type is "MX" or "TLSA" || (lookup.Type == "A" && MxHosts.Any(host => host.Name == lookup.Name)))
            && DnsName.TryParse(lookup.Name, out _)
        let name = DnsName.TryParse(lookup.Name, out DnsName? parsed) ? parsed : DnsName.Root
        where _zones.Where(zone => name.IsAtOrBelow(zone.Key)).MaxBy(zone => zone.Key.LabelCount).Value is { IsSigned: true }
        orderby lookup.Type == "MX" descending, lookup.Type == "TLSA" descending
        select new DnsQuestion(name, lookup.Type switch
        {
            "MX" => DnsType.Mx,
            "TLSA" => DnsType.Tlsa,
            _ => DnsType.A,
        });

    // Keys that some name server does not give make a zone bogus as well.
    private async Task KeysAsync(CancellationToken cancellationToken) => await Task.WhenAll(
        _zones.Where(zone => zone.Value.IsSigned != false && zone.Key.LabelCount > 1)
            .Select(zone => gathering.AskEverywhereAsync(zone.Key, DnsType.Dnskey, cancellationToken))).ConfigureAwait(false);

    // What nothing goes without comes first, and what each layer of the checks asks for is among the first.
    private static int Rank(DnsQuestion question) => question.Type switch
    {
        DnsType.Mx => 0,
        DnsType.Tlsa => 1,
        DnsType.A => 2,
        DnsType.Aaaa => 3,
        _ => 4,
    };

    private async Task ZoneOfAsync(DnsName name, CancellationToken cancellationToken)
    {
        DnsName apex = await gathering.Zones.ApexOfAsync(name, cancellationToken).ConfigureAwait(false);
        ZoneFacts zone = (await gathering.Zones.ZoneAsync(apex, cancellationToken).ConfigureAwait(false)).Facts;
        if (_zones.TryAdd(apex, zone))
            gathering.Watch.Tell(at => new ProbeEvent.FoundZone(at, zone));
    }
}
