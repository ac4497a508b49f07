using System.Text;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>
/// A zone with its keys. It is signed when it is first asked for <see cref="Published"/>, whose records a test may then
/// take away, change or add to.
/// </summary>
internal sealed class SignedZone
{
    private const uint Ttl = 300;

    private readonly List<DnsRecord> _own = [];
    private readonly List<SignedZone> _children = [];
    private List<DnsRecord>? _published;
    private Func<DnsName, DnsName>? _proofs;
    private IReadOnlyList<byte[]>? _signers;

    public SignedZone(string name)
    {
        Name = NameOf(name);
        Add(name, DnsType.Soa, DnsReply.Soa(300));
        Add(name, DnsType.Ns, DnsReply.Name("ns.example"));
    }

    /// <summary>A zone with the records of one that is not signed.</summary>
    public SignedZone(LabZone zone)
    {
        Name = zone.Name;
        _own.AddRange([.. zone.Find(Name, DnsType.Soa), .. zone.Find(Name, DnsType.Ns), .. zone.Records]);
    }

    public DnsName Name { get; }

    /// <summary>The records before they are signed.</summary>
    public IReadOnlyList<DnsRecord> Records => [.. _own, .. _children.SelectMany(Delegation)];

    /// <summary>The key that DS records name.</summary>
    public LabKey EntryKey { get; set; } = LabKey.P256(LabKey.EntryKey);

    /// <summary>The key that signs all but the keys.</summary>
    public LabKey SigningKey { get; set; } = LabKey.P256();

    /// <summary>Keys that are published and sign nothing.</summary>
    public List<LabKey> OtherKeys { get; } = [];

    public bool IsSigned { get; set; } = true;

    /// <summary>The data of the DS records that the zone above has; unless said otherwise, one for <see cref="EntryKey"/>.</summary>
    public IReadOnlyList<byte[]> Signers
    {
        get => _signers ?? (IsSigned ? [EntryKey.Ds(Name)] : []);
        set => _signers = value;
    }

    public DateTimeOffset Inception { get; set; } = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Expiration { get; set; } = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public LabDenial Denial { get; set; }

    public ushort Rounds { get; set; }

    public byte[] Salt { get; set; } = [];

    /// <summary>The records that are served.</summary>
    public List<DnsRecord> Published => _published ??= IsSigned ? new ZoneSigner(this).Sign() : [.. Records];

    /// <summary>The owner of the NSEC or NSEC3 record that matches or covers a name.</summary>
    public DnsName OwnerOfProof(DnsName name) => (_proofs ??= Proofs())(name);

    public static DnsName NameOf(string text) =>
        DnsName.TryParse(text, out DnsName? name) ? name : throw new ArgumentException(text);

    public SignedZone Add(string owner, DnsType type, byte[] data)
    {
        _own.Add(new DnsRecord(NameOf(owner), type, Ttl, data));
        return this;
    }

    public SignedZone Alias(string owner, string target) => Add(owner, DnsType.Cname, DnsReply.Name(target));

    public SignedZone Text(string owner, string text) => Add(owner, DnsType.Txt, [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>Delegates to zones.</summary>
    public SignedZone Delegate(params SignedZone[] children)
    {
        _children.AddRange(children);
        return this;
    }

    /// <summary>Takes published records away.</summary>
    public void Withdraw(string owner, DnsType type) =>
        Published.RemoveAll(record => record.Owner.Equals(NameOf(owner)) && record.Type == type);

    /// <summary>Takes the published signatures over a type away.</summary>
    public void WithdrawSignature(string owner, DnsType covered) =>
        Published.RemoveAll(record => record.Owner.Equals(NameOf(owner)) && ZoneSigner.Covers(record, covered));

    /// <summary>Changes the data of published records.</summary>
    public void Change(Func<DnsRecord, bool> which, Func<byte[], byte[]> how)
    {
        for (int i = 0; i < Published.Count; i++)
        {
            if (which(Published[i]))
                Published[i] = Published[i] with { Data = how(Published[i].Data.ToArray()) };
        }
    }

    private Func<DnsName, DnsName> Proofs()
    {
        IEnumerable<DnsRecord> unsigned = Records.Append(new DnsRecord(Name, DnsType.Dnskey, Ttl, default));
        return Denial == LabDenial.Nsec ? new NsecChain(unsigned).OwnerFor : new Nsec3Chain(this, unsigned).OwnerFor;
    }

    private static IEnumerable<DnsRecord> Delegation(SignedZone child) =>
    [
        .. child._own.Where(record => record.Type == DnsType.Ns && record.Owner.Equals(child.Name)),
        .. child.Signers.Select(signer => new DnsRecord(child.Name, DnsType.Ds, Ttl, signer)),
    ];
}
