using System.Collections.Immutable;
using System.Net;
using System.Text;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Demo;

/// <summary>Look-ups of the story: the records as they would stand on the wire.</summary>
internal static class DnsWire
{
    private const uint Ttl = 3600;
    private const double ElapsedMs = 12;

    /// <summary>A look-up that found a TXT record (RFC 1035 §3.3.14).</summary>
    public static LookupFacts Txt(string name, string text) => Found(name, "TXT", [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>A look-up that found an MX record with the preference 10 (RFC 1035 §3.3.9).</summary>
    public static LookupFacts Mx(string name, string mxHost) =>
        Found(name, "MX", [0, 10, .. mxHost.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0]);

    /// <summary>A look-up that found a TLSA record 3 1 1 (RFC 6698 §2.1).</summary>
    public static LookupFacts Tlsa(string mxHost, string digest) => Found($"_25._tcp.{mxHost}", "TLSA", [3, 1, 1, .. Convert.FromHexString(digest)]);

    /// <summary>The look-ups of the addresses of a host.</summary>
    public static ImmutableArray<LookupFacts> Addresses(string host, string address, string? ipv6 = null) =>
    [
        Found(host, "A", IPAddress.Parse(address).GetAddressBytes()),
        ipv6 is null ? None(host, "AAAA") : Found(host, "AAAA", IPAddress.Parse(ipv6).GetAddressBytes()),
    ];

    /// <summary>A look-up of a name that is there without records of the type.</summary>
    public static LookupFacts None(string name, string type) => new(name, type, new(DnsOutcome.NoRecords, ElapsedMs) { Ttl = Ttl });

    private static LookupFacts Found(string name, string type, byte[] data) => new(name, type, new(DnsOutcome.Found, ElapsedMs)
    {
        Records = [new DnsRecordFacts(name, Ttl, data)],
        Ttl = Ttl,
        IsSecure = true,
    });
}
