using System.Security.Cryptography;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>What a resolver still holds although the name servers say something else (layers C and L).</summary>
internal static class CacheFaults
{
    private const string Host = LabWorld.Host;

    public static IEnumerable<LabFault> All =>
    [
        new("C01", "a resolver that holds that there is no policy host", world => world.Remember(zone => zone.Remove(Host))),
        new("C01", "a resolver that holds that the policy host has no address", world => world.Remember(zone => zone.Remove(Host).Txt(Host, "nothing"))),
        new("C03", "a resolver that holds that there is no TXT record", world => world.Remember(zone => zone.Remove("_mta-sts.example.test"))),
        new("C04", "a resolver that holds that the TXT question failed", world => Fail(world, "_mta-sts.example.test")),
        new("C04", "a resolver that holds that the questions for the addresses failed", world => Fail(world, Host)),
        new("C10", "a resolver that holds an address where nothing listens", world => world.Remember(zone => zone.Remove(Host).Address(Host, world.At(11)))),
        new("C10", "a resolver that holds the address of a host that no longer serves the policy", world =>
        {
            world.AddWeb(world.At(11)).Answer = _ => LabWebServer.Response(404, "moved");
            world.Remember(zone => zone.Remove(Host).Address(Host, world.At(11)));
        }),
        new("L16", "a resolver that holds the TLSA record of the key before", world =>
        {
            DaneFaults.Publish(world, DaneFaults.Right());
            world.Remember(zone => zone.Remove(DaneFaults.Name).Add(DaneFaults.Name, DnsType.Tlsa, [3, 1, 1, .. SHA256.HashData([1])]));
        }),
    ];

    // RFC 8914 §4.14: Cached Error.
    private static void Fail(LabWorld world, string name) => world.Resolver.Fault = query =>
        query.Question.Name.ToString() == name ? [new DnsReply(query) { Rcode = DnsRcode.ServFail }.Edns(0, 15, 0, 2, 0, 13).ToBytes()] : null;
}
