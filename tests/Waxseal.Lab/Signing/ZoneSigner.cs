using System.Buffers.Binary;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>
/// Signs a laboratory zone, and writes the proofs of what it does not have. It shares no code with what is tested.
/// </summary>
internal sealed class ZoneSigner(SignedZone zone)
{
    private readonly List<DnsRecord> _records = [.. zone.Records];

    /// <summary>Whether a record is a signature over a type.</summary>
    public static bool Covers(DnsRecord record, DnsType covered) =>
        record.Type == DnsType.Rrsig && BinaryPrimitives.ReadUInt16BigEndian(record.Data.Span) == (ushort)covered;

    /// <summary>All records of the signed zone.</summary>
    public List<DnsRecord> Sign()
    {
        foreach (LabKey key in (LabKey[])[zone.EntryKey, zone.SigningKey, .. zone.OtherKeys])
            _records.Add(new DnsRecord(zone.Name, DnsType.Dnskey, 300, key.Data));
        _records.AddRange(zone.Denial == LabDenial.Nsec ? new NsecChain(_records).Records() : new Nsec3Chain(zone, _records).Records());

        var sets = _records.GroupBy(record => (record.Owner, record.Type)).Where(set => !IsDelegation(set.Key)).ToList();
        foreach (var set in sets)
            _records.Add(Signature([.. set], set.Key.Type == DnsType.Dnskey ? zone.EntryKey : zone.SigningKey));
        return _records;
    }

    /// <summary>A signature over a set of records, as this zone would make it.</summary>
    public DnsRecord Signature(IReadOnlyList<DnsRecord> set, LabKey key) => Signature(set, key, zone.Name);

    public DnsRecord Signature(IReadOnlyList<DnsRecord> set, LabKey key, DnsName signer)
    {
        DnsName owner = set[0].Owner;
        byte[] head = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)set[0].Type);
        head[2] = key.Algorithm;
        head[3] = (byte)(owner.LabelCount - (owner.ToString().StartsWith("*.", StringComparison.Ordinal) ? 1 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), set[0].Ttl);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), (uint)zone.Expiration.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), (uint)zone.Inception.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), key.Tag);

        byte[] signed = [.. head, .. signer.Wire];
        foreach (byte[] data in set.Select(Canonical).OrderBy(Convert.ToHexString, StringComparer.Ordinal))
            signed = [.. signed, .. owner.Wire, .. Fixed(set[0], data.Length), .. data];
        return new DnsRecord(owner, DnsType.Rrsig, set[0].Ttl, (byte[])[.. head, .. signer.Wire, .. key.Sign(signed)]);
    }

    // What is at a zone cut belongs to the zone below, but for DS records and the proofs.
    private bool IsDelegation((DnsName Owner, DnsType Type) set) =>
        set.Type == DnsType.Ns && !set.Owner.Equals(zone.Name);

    private static byte[] Canonical(DnsRecord record) => record.Type switch
    {
        DnsType.Ns or DnsType.Cname or DnsType.Dname or DnsType.Ptr => LowerFrom(record.Data.ToArray(), 0),
        DnsType.Mx => LowerFrom(record.Data.ToArray(), 2),
        _ => record.Data.ToArray(),
    };

    private static byte[] LowerFrom(byte[] data, int start) =>
        [.. data.Select((octet, i) => i >= start && octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet + 32) : octet)];

    private static byte[] Fixed(DnsRecord record, int length)
    {
        byte[] head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)record.Type);
        head[3] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), record.Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)length);
        return head;
    }
}
