using System.Buffers.Binary;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>The checksum of gzip and zip (RFC 1952 §8), eight bytes at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint register = uint.MaxValue;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ register;
            register = Tables[7][(byte)eight]
                ^ Tables[6][(byte)(eight >> 8)]
                ^ Tables[5][(byte)(eight >> 16)]
                ^ Tables[4][(byte)(eight >> 24)]
                ^ Tables[3][(byte)(eight >> 32)]
                ^ Tables[2][(byte)(eight >> 40)]
                ^ Tables[1][(byte)(eight >> 48)]
                ^ Tables[0][(byte)(eight >> 56)];
        }

        foreach (byte one in bytes)
            register = Tables[0][(byte)(register ^ one)] ^ (register >> 8);
        return ~register;
    }

    // Table n gives the effect of a byte that n further bytes follow.
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Slices).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint register = value;
            for (int bit = 0; bit < 8; bit++)
                register = (register >> 1) ^ ((register & 1) * Polynomial);
            tables[0][value] = register;
        }

        for (int slice = 1; slice < Slices; slice++)
        {
            for (int value = 0; value < 256; value++)
                tables[slice][value] = tables[0][(byte)tables[slice - 1][value]] ^ (tables[slice - 1][value] >> 8);
        }

        return tables;
    }
}
