using System.Buffers.Binary;
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

    /// <summary>A look-up that found TXT records (RFC 1035 §3.3.14).</summary>
    public static LookupFacts Txt(string name, string text)
    {
        byte[] letters = Encoding.ASCII.GetBytes(text);
        return Found(name, "TXT", [[(byte)letters.Length, .. letters]]);
    }

    /// <summary>A look-up of MX records, by preference (RFC 1035 §3.3.9).</summary>
    public static LookupFacts Mx(string name, ImmutableArray<string> mxHosts) => Found(name, "MX", [.. mxHosts.Select((host, i) => MxOf(host, (ushort)(10 * (i + 1))))]);

    /// <summary>A look-up of addresses; without one, the name is there and has none.</summary>
    public static LookupFacts Addresses(string name, string type, string? address) =>
        address is null ? new(name, type, new(DnsOutcome.NoRecords, ElapsedMs) { Ttl = Ttl }) : Found(name, type, [IPAddress.Parse(address).GetAddressBytes()]);

    private static LookupFacts Found(string name, string type, ImmutableArray<byte[]> records) => new(name, type, new(DnsOutcome.Found, ElapsedMs)
    {
        Records = [.. records.Select(data => new DnsRecordFacts(name, Ttl, data))],
        Ttl = Ttl,
    });

    private static byte[] MxOf(string host, ushort preference)
    {
        byte[] data = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(data, preference);
        return [.. data, .. host.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
    }
}
