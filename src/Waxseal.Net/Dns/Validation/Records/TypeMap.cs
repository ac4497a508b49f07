namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>Which types of records a name has (RFC 4034 §4.1.2).</summary>
internal sealed class TypeMap
{
    private const int MaxBlockLength = 32;

    private readonly ReadOnlyMemory<byte> _blocks;

    private TypeMap(ReadOnlyMemory<byte> blocks) => _blocks = blocks;

    /// <summary>RFC 4034 §4.1.2: whether the name belongs to the zone above a zone cut, and only delegates.</summary>
    public bool IsDelegation => Contains(DnsType.Ns) && !Contains(DnsType.Soa);

    /// <summary>The map, or null when it is malformed.</summary>
    // RFC 4034 §4.1.2: ( Window Block # | Bitmap Length | Bitmap )+, in increasing order
    public static TypeMap? Read(ReadOnlyMemory<byte> blocks)
    {
        ReadOnlySpan<byte> rest = blocks.Span;
        for (int last = -1; !rest.IsEmpty;)
        {
            if (rest.Length < 2 || rest[0] <= last || rest[1] is 0 or > MaxBlockLength || rest.Length < rest[1] + 2)
                return null;
            last = rest[0];
            rest = rest[(rest[1] + 2)..];
        }

        return new TypeMap(blocks);
    }

    public bool Contains(DnsType type)
    {
        int window = (ushort)type >> 8;
        int octet = ((ushort)type & 0xFF) >> 3;
        for (ReadOnlySpan<byte> rest = _blocks.Span; !rest.IsEmpty; rest = rest[(rest[1] + 2)..])
        {
            if (rest[0] == window)
                return octet < rest[1] && (rest[octet + 2] & (0x80 >> ((ushort)type & 7))) != 0;
        }

        return false;
    }
}
