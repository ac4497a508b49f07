using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>The NSEC records of a laboratory zone, and which of them prove what.</summary>
internal sealed class NsecChain(IEnumerable<DnsRecord> records)
{
    private readonly DnsName[] _owners = [.. records.Select(record => record.Owner).Distinct().OrderBy(SortKey, StringComparer.Ordinal)];

    public IEnumerable<DnsRecord> Records() =>
        _owners.Select((owner, i) => new DnsRecord(
            owner,
            DnsType.Nsec,
            300,
            (byte[])[.. _owners[(i + 1) % _owners.Length].Wire, .. TypeBits(records, owner, [DnsType.Rrsig, DnsType.Nsec])]));

    /// <summary>The owner of the record that matches or covers a name.</summary>
    public DnsName OwnerFor(DnsName name) =>
        _owners.Last(owner => string.CompareOrdinal(SortKey(owner), SortKey(name)) <= 0);

    /// <summary>A type map: what the owner has, and some types more.</summary>
    public static byte[] TypeBits(IEnumerable<DnsRecord> records, DnsName owner, IEnumerable<DnsType> more)
    {
        byte[] bits = [];
        var types = records.Where(record => record.Owner.Equals(owner)).Select(record => record.Type).Concat(more).Distinct();
        foreach (var window in types.GroupBy(type => (ushort)type >> 8).OrderBy(window => window.Key))
        {
            byte[] block = new byte[(window.Max(type => (byte)type) / 8) + 1];
            foreach (DnsType type in window)
                block[(byte)type / 8] |= (byte)(0x80 >> ((byte)type % 8));
            bits = [.. bits, (byte)window.Key, (byte)block.Length, .. block];
        }

        return bits;
    }

    // Labels from the right, with what sorts before all octets of a host name between them.
    private static string SortKey(DnsName name) => string.Join('\0', name.ToString().Split('.').Reverse());
}
