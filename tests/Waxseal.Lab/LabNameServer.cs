using System.Buffers.Binary;
using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>An authoritative name server of the laboratory.</summary>
/// <param name="name">Its name.</param>
/// <param name="address">Its address.</param>
internal sealed class LabNameServer(string name, IPAddress address)
{
    public string Name { get; } = name;

    public IPAddress Address { get; } = address;

    /// <summary>The zones it holds; copies of its own where it was forgotten in a transfer.</summary>
    public LabZones Zones { get; } = [];

    /// <summary>What it does in place of the right answer; null for the right answer, no messages for silence.</summary>
    public Func<ReceivedQuery, IEnumerable<byte[]>?> Fault { get; set; } = _ => null;

    public IEnumerable<byte[]> Answer(ReceivedQuery query, LabZones below) => Fault(query) ?? [Right(query, below)];

    // RFC 1034 §4.3.2: a referral where the name lies in a zone below, else the records, else a denial with the SOA.
    private byte[] Right(ReceivedQuery query, LabZones all)
    {
        DnsQuestion question = query.Question;
        if (Zones.Of(question.Name) is not { } zone)
            return new DnsReply(query) { Bits = DnsHeaderBits.Response, Rcode = DnsRcode.Refused }.ToBytes();

        if (all.FirstBelow(zone, question.Name) is { } delegated && question.Type != DnsType.Ds)
            return Referral(query, delegated);

        DnsReply reply = new(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Authoritative, Rcode = zone.Has(question.Name) ? DnsRcode.NoError : DnsRcode.NxDomain };
        DnsRecord[] records = [.. zone.Find(question.Name, question.Type)];
        DnsRecord[] aliases = records.Length > 0 ? [] : [.. zone.Find(question.Name, DnsType.Cname)];
        foreach (DnsRecord record in records.Concat(aliases))
            reply.Answer(question.Name.ToString(), record.Type, record.Ttl, record.Data.ToArray());
        if (question.Type == DnsType.Soa && records.Length > 0 && zone.SoaSignature is { } time)
            reply.Answer(question.Name.ToString(), DnsType.Rrsig, 3600, Signature(zone, time.Begins, time.Ends));
        if (records.Length + aliases.Length == 0)
            reply.Authority(zone.Name.ToString(), DnsType.Soa, 3600, zone.Soa());
        return reply.Edns().ToBytes();
    }

    // RFC 4034 §3.1: of SOA, by ECDSA P-256; nothing but its time is right.
    private static byte[] Signature(LabZone zone, DateTimeOffset begins, DateTimeOffset ends)
    {
        byte[] head = new byte[18];
        (head[1], head[2], head[3]) = ((byte)DnsType.Soa, 13, (byte)zone.Name.LabelCount);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), (uint)ends.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), (uint)begins.ToUnixTimeSeconds());
        return [.. head, .. DnsReply.Name(zone.Name.ToString()), .. new byte[64]];
    }

    private static byte[] Referral(ReceivedQuery query, LabZone delegated)
    {
        DnsReply reply = new(query) { Bits = DnsHeaderBits.Response };
        foreach (string server in delegated.Delegation ?? delegated.NameServers)
            reply.Authority(delegated.Name.ToString(), DnsType.Ns, 3600, DnsReply.Name(server));
        return reply.Edns().ToBytes();
    }
}
