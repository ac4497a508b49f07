using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of delegation, DNSSEC and addresses of the policy host (layers B and C).</summary>
internal static class DnsFaults
{
    private const string Host = LabWorld.Host;

    public static IEnumerable<LabFault> All =>
    [
        new("B01", "no name", world => world.Zone.Remove(Host)),
        new("B01", "a name without address", world => world.Zone.Remove(Host).Txt(Host, "nothing")),
        new("A11", "a record, and no policy host at all", world => world.Zone.Remove(Host)),
        new("C02", "the record before the policy host", world => world.Zone.Remove(Host)),
        new("C15", "the policy host taken away before the record", world => world.Zone.Remove(Host)),
        new("B02", "one name server refuses", world => world.Second.Fault = query => [Rcode(query, DnsRcode.Refused)]),
        new("B02", "one name server fails", world => world.Second.Fault = query => [Rcode(query, DnsRcode.ServFail)]),
        new("B02", "one name server is silent", world => world.Second.Fault = _ => []),
        new("B02", "one name server speaks without authority", world => world.Second.Fault = query => [new DnsReply(query) { Bits = DnsHeaderBits.Response }.ToBytes()]),
        new("B03", "the parent names an old server", OldDelegation),
        new("B03", "the zone names a server that the parent does not", world => world.Zone.Delegation = ["ns1.example.test"]),
        new("B04", "all of the zone is bogus", world => world.Resolver.IsBogus = question => question.Name.ToString().EndsWith(LabWorld.Domain, StringComparison.Ordinal)),
        new("B05", "the AAAA question fails", world => Fails(world, DnsType.Aaaa)),
        new("B05", "the AAAA answer is bogus", world => world.Resolver.IsBogus = question => question.Type == DnsType.Aaaa && question.Name.ToString() == Host),
        new("B06", "NXDOMAIN for AAAA where there is an A", WrongDenial),
        new("B07", "a name server drops TCP", world => world.Second.Fault = query => query.Transport == DnsTransport.Tcp ? [] : null),
        new("B07", "a name server drops EDNS", world => world.Second.Fault = query => query.Message.Edns is not null ? [] : null),
        new("B07", "a name server folds the case of letters", world => world.Second.Fault = query => FoldCase(world, query)),
        new("B08", "aliases in a circle", world => world.Zone.Remove(Host).Alias(Host, "a.example.test").Alias("a.example.test", Host)),
        new("B08", "ten aliases", world => LongChain(world, 10)),
        new("B09", "an alias to a name that is gone", world => world.Zone.Remove(Host).Alias(Host, "gone.hosting.test")),
        new("B10", "an inner address outside", world => world.Zone.Remove(Host).Address(Host, IPAddress.Parse("192.168.7.7"))),
        new("B13", "a zone of its own without server", OwnZone),
        new("B14", "a TTL of a minute", world => world.Zone.Remove(Host).Address(Host, world.At(10), 60)),
        new("B15", "the domain is gone", Gone),
        new("B16", "no name server answers for the zone", world => world.First.Fault = world.Second.Fault = query => [Rcode(query, DnsRcode.Refused)]),
        new("D04", "IPv6 addresses alone", world => world.Zone.Remove(Host, DnsType.A)),
    ];

    private static byte[] Rcode(ReceivedQuery query, DnsRcode rcode) => new DnsReply(query) { Bits = DnsHeaderBits.Response, Rcode = rcode }.ToBytes();

    private static void OldDelegation(LabWorld world)
    {
        world.Zone.Delegation = ["ns1.example.test", "ns.old.test"];
        world.Test.Address("ns.old.test", world.At(4));
        world.AddNameServer(new LabNameServer("ns.old.test", world.At(4)));
    }

    private static void Fails(LabWorld world, DnsType type)
    {
        world.Resolver.Fault = query => query.Question.Type == type && query.Question.Name.ToString() == Host
            ? [new DnsReply(query) { Rcode = DnsRcode.ServFail }.ToBytes()]
            : null;
    }

    private static void WrongDenial(LabWorld world)
    {
        world.Zone.Remove(Host, DnsType.Aaaa);
        world.Second.Fault = query => query.Question.Type == DnsType.Aaaa && query.Question.Name.ToString() == Host
            ? [new DnsReply(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Authoritative, Rcode = DnsRcode.NxDomain }.Edns().ToBytes()]
            : null;
    }

    private static IEnumerable<byte[]>? FoldCase(LabWorld world, ReceivedQuery query)
    {
        byte[] lower = [.. query.Question.Name.Wire, .. query.QuestionBytes[^4..]];
        return query.Transport == DnsTransport.Tcp
            ? null
            : [new DnsReply(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Authoritative, Question = lower }.Answer(query.Question.Name.ToString(), DnsType.Soa, 3600, world.Zone.Soa()).Edns().ToBytes()];
    }

    private static void LongChain(LabWorld world, int length)
    {
        world.Zone.Remove(Host).Alias(Host, "a1.example.test");
        for (int i = 1; i < length; i++)
            world.Zone.Alias($"a{i}.example.test", $"a{i + 1}.example.test");
        world.Zone.Address($"a{length}.example.test", world.At(10));
    }

    private static void OwnZone(LabWorld world)
    {
        LabZone own = new(Host);
        own.NameServers.Add("ns.hoster.test");
        world.Zones.Add(own);
        world.Test.Address("ns.hoster.test", world.At(5));
        LabNameServer server = new("ns.hoster.test", world.At(5));
        world.AddNameServer(server);
        world.Resolver.Fault = query => query.Question.Name.ToString() == Host && query.Question.Type is DnsType.A or DnsType.Aaaa && query.Question.Name.ToString() == Host
            ? [new DnsReply(query) { Rcode = DnsRcode.ServFail }.ToBytes()]
            : null;
    }

    private static void Gone(LabWorld world)
    {
        world.Zones.Remove(world.Zone);
        world.First.Zones.Clear();
        world.Second.Zones.Clear();
    }
}
