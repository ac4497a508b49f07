using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>A zone of the laboratory: its records, and the addresses of the name servers that hold it.</summary>
internal sealed class LabZone(string name)
{
    private readonly List<DnsRecord> _records = [];

    public DnsName Name { get; } = Parse(name);

    public uint Serial { get; set; } = 2026010101;

    public uint Minimum { get; set; } = 300;

    /// <summary>Whether the parent holds a DS record and the resolver vouches for what the zone says.</summary>
    public bool IsSigned { get; set; }

    /// <summary>When the signature that its name servers send with the SOA record begins and ends; null for none. It is no real one.</summary>
    public (DateTimeOffset Begins, DateTimeOffset Ends)? SoaSignature { get; set; }

    /// <summary>The names of its name servers by the word of the zone.</summary>
    public List<string> NameServers { get; } = [];

    /// <summary>The names of its name servers by the word of the parent; those of the zone unless said otherwise.</summary>
    public List<string>? Delegation { get; set; }

    public IEnumerable<DnsRecord> Records => _records;

    public LabZone Add(string owner, DnsType type, byte[] data, uint ttl = 3600)
    {
        _records.Add(new(Parse(owner), type, ttl, data));
        return this;
    }

    public LabZone Txt(string owner, string text, uint ttl = 3600) => Add(owner, DnsType.Txt, DnsReply.Txt(text), ttl);

    public LabZone Address(string owner, IPAddress address, uint ttl = 3600) =>
        Add(owner, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa, address.GetAddressBytes(), ttl);

    public LabZone Alias(string owner, string target, uint ttl = 3600) => Add(owner, DnsType.Cname, DnsReply.Name(target), ttl);

    public LabZone Mx(string owner, byte preference, string host) => Add(owner, DnsType.Mx, DnsReply.Mx(preference, host));

    /// <summary>Takes records away: all of an owner, or those of one type.</summary>
    public LabZone Remove(string owner, DnsType? type = null)
    {
        _records.RemoveAll(record => record.Owner.Equals(Parse(owner)) && (type is null || record.Type == type));
        return this;
    }

    /// <summary>A copy to be changed, such as that of a name server that was forgotten.</summary>
    public LabZone Copy()
    {
        LabZone copy = new(Name.ToString()) { Serial = Serial, Minimum = Minimum, IsSigned = IsSigned, Delegation = Delegation };
        copy.NameServers.AddRange(NameServers);
        copy._records.AddRange(_records);
        return copy;
    }

    public byte[] Soa()
    {
        byte[] numbers = new byte[20];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(numbers, Serial);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), Minimum);
        return [.. DnsReply.Name($"ns.{Tail}"), .. DnsReply.Name($"hostmaster.{Tail}"), .. numbers];
    }

    /// <summary>The records of a name and type, those of the apex included.</summary>
    public IEnumerable<DnsRecord> Find(DnsName owner, DnsType type) => owner.Equals(Name) && type is DnsType.Soa or DnsType.Ns && owner.Equals(Name)
        ? type == DnsType.Soa
            ? [new(Name, DnsType.Soa, 3600, Soa())]
            : NameServers.Select(server => new DnsRecord(Name, DnsType.Ns, 3600, DnsReply.Name(server)))
        : _records.Where(record => record.Type == type && (record.Owner.Equals(owner) || IsWildcardFor(record.Owner, owner)));

    /// <summary>Whether the name, or one below it, has records.</summary>
    public bool Has(DnsName owner) =>
        owner.Equals(Name) || _records.Exists(record => record.Owner.IsAtOrBelow(owner) || IsWildcardFor(record.Owner, owner));

    private bool IsWildcardFor(DnsName owner, DnsName name) =>
        owner.ToString().StartsWith("*.", StringComparison.Ordinal) && name.IsAtOrBelow(owner.Parent) && !name.Equals(owner.Parent)
        && !_records.Exists(record => record.Owner.Equals(name));

    private string Tail => Name.Equals(DnsName.Root) ? "root.test" : Name.ToString();

    private static DnsName Parse(string text) => DnsName.TryParse(text, out DnsName? name) ? name : throw new ArgumentException(text);
}
