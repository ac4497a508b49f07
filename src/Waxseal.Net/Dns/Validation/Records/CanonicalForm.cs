using Waxseal.Net.Dns.Wire;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>The data of records as it is signed: the names in it in lower case (RFC 4034 §6.2).</summary>
internal static class CanonicalForm
{
    private const DnsType Rp = (DnsType)17;
    private const DnsType Afsdb = (DnsType)18;
    private const DnsType Srv = (DnsType)33;
    private const DnsType Kx = (DnsType)36;

    /// <summary>The data; as it is when it cannot be read, for then no signature fits it.</summary>
    // RFC 4034 §6.2, as RFC 6840 §5.1 corrects it: the types whose names are in lower case. Types that nobody has asked
    // for in decades are left out.
    public static byte[] Of(DnsType type, ReadOnlySpan<byte> data) => type switch
    {
        DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname => WithNames(data, before: 0, names: 1),
        DnsType.Mx or Afsdb or Kx => WithNames(data, before: 2, names: 1),
        DnsType.Soa or Rp => WithNames(data, before: 0, names: 2),
        Srv => WithNames(data, before: 6, names: 1),
        _ => data.ToArray(),
    };

    private static byte[] WithNames(ReadOnlySpan<byte> data, int before, int names)
    {
        byte[] canonical = data.ToArray();
        if (data.Length < before)
            return canonical;

        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        WireCursor cursor = new(data, before);
        for (int i = 0; i < names; i++)
        {
            int start = cursor.Offset;
            if (!cursor.TryReadName(wire, out int length) || cursor.Offset - start != length)
                return canonical;
            DnsName.FromWire(wire[..length]).Wire.CopyTo(canonical.AsSpan(start));
        }

        return canonical;
    }
}
