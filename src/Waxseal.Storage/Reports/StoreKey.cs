using System.Buffers.Binary;

namespace Waxseal.Storage.Reports;

/// <summary>What a report is known by, as a value to compare.</summary>
internal readonly record struct StoreKey(string PolicyDomain, UInt128 Identity, UInt128 Content)
{
    public static StoreKey Of(string policyDomain, ReadOnlySpan<byte> key) =>
        new(policyDomain, BinaryPrimitives.ReadUInt128BigEndian(key), BinaryPrimitives.ReadUInt128BigEndian(key[16..]));

    /// <summary>What all contents of the report share.</summary>
    public (string, UInt128) Group => (PolicyDomain, Identity);

    /// <summary>The least key of the identity, and the greatest.</summary>
    public (byte[] First, byte[] Last) Range => (Octets(UInt128.MinValue), Octets(UInt128.MaxValue));

    private byte[] Octets(UInt128 content)
    {
        byte[] key = new byte[32];
        BinaryPrimitives.WriteUInt128BigEndian(key, Identity);
        BinaryPrimitives.WriteUInt128BigEndian(key.AsSpan(16), content);
        return key;
    }
}
