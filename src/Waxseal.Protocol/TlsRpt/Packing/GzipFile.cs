using System.Buffers.Binary;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Unpacks gzip (RFC 1952 §2): all members together make one text.</summary>
internal static class GzipFile
{
    private const int TrailerBytes = 8;

    // RFC 1952 §2.3.1: ID1, ID2
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    // RFC 1952 §2.2: a gzip file is a series of members.
    public static void Unpack(Layer layer, Unpacker unpacker)
    {
        ReadOnlyMemory<byte> file = layer.Bytes;
        var members = new List<byte[]>();
        int position = 0;
        do
        {
            if (members.Count == ReportLimits.GzipMembers)
            {
                unpacker.Fail(UnpackingFault.TooManyParts, position,
                    $"The gzip file has more than {ReportLimits.GzipMembers} members.");
                return;
            }

            if (!TryUnpackMember(file, ref position, members, unpacker))
                return;
        }
        while (file.Span[position..].StartsWith(Magic));

        if (position < file.Length)
            unpacker.Note(PackingDefects.GzipTrailing, position);
        unpacker.Add(layer, members.Count == 1 ? members[0] : Join(members));
    }

    private static byte[] Join(List<byte[]> members)
    {
        byte[] text = new byte[members.Sum(member => member.Length)];
        int filled = 0;
        foreach (byte[] member in members)
        {
            member.CopyTo(text, filled);
            filled += member.Length;
        }

        return text;
    }

    // RFC 1952 §2.3: member = header, compressed blocks, CRC32, ISIZE
    private static bool TryUnpackMember(
        ReadOnlyMemory<byte> file, ref int position, List<byte[]> members, Unpacker unpacker)
    {
        int header = GzipHeader.LengthOf(file.Span[position..]);
        if (header < 0)
            return unpacker.Fail(UnpackingFault.Damaged, position, "The gzip header is cut off or damaged.");

        int start = position + header;
        InflatedSize size = Inflation.Measure(file[start..], unpacker.BytesLeft);
        if (!unpacker.TrySpend(size.Length, start + size.Taken))
            return false;
        if (size.IsDamaged)
            return unpacker.Fail(UnpackingFault.Damaged, start + size.Taken, "The compressed data is damaged here.");

        Inflated inflated = Inflation.Fill(file[start..], size);
        members.Add(inflated.Bytes);
        int end = start + inflated.Taken;
        position = end + TrailerBytes;
        if (position > file.Length)
            return unpacker.Fail(UnpackingFault.Truncated, file.Length, "The gzip data ends too early.");

        return IsTrailer(file.Span[end..], inflated)
            || unpacker.Fail(UnpackingFault.Damaged, end, "The checksum of the gzip data is wrong.");
    }

    // RFC 1952 §2.3.1: CRC32 of the bytes and their number modulo 2^32, least significant byte first
    private static bool IsTrailer(ReadOnlySpan<byte> trailer, Inflated inflated) =>
        BinaryPrimitives.ReadUInt32LittleEndian(trailer) == inflated.Crc
        && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)inflated.Bytes.Length;
}
