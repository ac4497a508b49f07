using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>The NSEC3 records of a laboratory zone, and which of them prove what.</summary>
internal sealed class Nsec3Chain
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    private readonly SignedZone _zone;
    private readonly DnsRecord[] _records;
    private readonly (string Hash, DnsName Owner)[] _chain;

    public Nsec3Chain(SignedZone zone, IEnumerable<DnsRecord> records)
    {
        _zone = zone;
        _records = [.. records];
        _chain =
        [
            .. _records.Select(record => record.Owner).Where(IsCovered).SelectMany(WithNamesAbove).Distinct()
                .Select(owner => (Hash: Label(HashOf(owner)), owner)).OrderBy(link => link.Hash, StringComparer.Ordinal),
        ];
    }

    public IEnumerable<DnsRecord> Records()
    {
        for (int i = 0; i < _chain.Length; i++)
        {
            byte flags = (byte)(_zone.Denial == LabDenial.Nsec3OptOut ? 1 : 0);
            byte[] data =
            [
                1, flags, (byte)(_zone.Rounds >> 8), (byte)_zone.Rounds, (byte)_zone.Salt.Length, .. _zone.Salt,
                20, .. HashOf(_chain[(i + 1) % _chain.Length].Owner), .. Types(_chain[i].Owner),
            ];
            yield return new DnsRecord(SignedZone.NameOf(_zone.Name.LabelCount == 0 ? _chain[i].Hash : $"{_chain[i].Hash}.{_zone.Name}"), DnsType.Nsec3, 300, data);
        }
    }

    /// <summary>The owner of the record that matches or covers a name.</summary>
    public DnsName OwnerFor(DnsName name)
    {
        string hash = Label(HashOf(name));
        string owner = _chain.LastOrDefault(link => string.CompareOrdinal(link.Hash, hash) <= 0).Hash ?? _chain[^1].Hash;
        return SignedZone.NameOf(_zone.Name.LabelCount == 0 ? owner : $"{owner}.{_zone.Name}");
    }

    [SuppressMessage("Security", "CA5350", Justification = "NSEC3 knows no other.")]
    private byte[] HashOf(DnsName name)
    {
        byte[] hash = SHA1.HashData([.. name.Wire, .. _zone.Salt]);
        for (int i = 0; i < _zone.Rounds; i++)
            hash = SHA1.HashData([.. hash, .. _zone.Salt]);
        return hash;
    }

    private byte[] Types(DnsName owner)
    {
        bool hasSignatures = _records.Any(record => record.Owner.Equals(owner) && record.Type != DnsType.Ns) || owner.Equals(_zone.Name);
        return NsecChain.TypeBits(_records, owner, hasSignatures ? [DnsType.Rrsig] : []);
    }

    // With opt-out, delegations without DS records are left out.
    private bool IsCovered(DnsName owner) =>
        _zone.Denial != LabDenial.Nsec3OptOut
        || _records.Any(record => record.Owner.Equals(owner) && record.Type != DnsType.Ns);

    private IEnumerable<DnsName> WithNamesAbove(DnsName owner)
    {
        for (DnsName name = owner; name.LabelCount > _zone.Name.LabelCount; name = name.Parent)
            yield return name;
        yield return _zone.Name;
    }

    private static string Label(byte[] hash)
    {
        string bits = string.Concat(hash.Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
        return string.Concat(Enumerable.Range(0, bits.Length / 5).Select(i => Digits[Convert.ToInt32(bits.Substring(i * 5, 5), 2)]));
    }
}
