using System.Buffers.Binary;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Passes over the header of a gzip member (RFC 1952 §2.3). Its name and times mean nothing here.</summary>
internal static class GzipHeader
{
    private const int FixedBytes = 10;
    private const int MethodAt = 2;
    private const int FlagsAt = 3;
    private const byte Deflate = 8;

    // RFC 1952 §2.3.1: FLG
    private const byte HasHeaderCrc = 0x02;
    private const byte HasExtra = 0x04;
    private const byte HasName = 0x08;
    private const byte HasComment = 0x10;
    private const byte Reserved = 0xE0;

    /// <summary>The bytes of the header, or -1 when it is cut off or not one.</summary>
    public static int LengthOf(ReadOnlySpan<byte> member)
    {
        if (member.Length < FixedBytes || member[MethodAt] != Deflate || (member[FlagsAt] & Reserved) != 0)
            return -1;

        byte flags = member[FlagsAt];
        ReadOnlySpan<byte> rest = member[FixedBytes..];
        bool isWhole = ((flags & HasExtra) == 0 || TryPassExtra(ref rest))
            && ((flags & HasName) == 0 || TryPassText(ref rest))
            && ((flags & HasComment) == 0 || TryPassText(ref rest))
            && ((flags & HasHeaderCrc) == 0 || TryPass(ref rest, 2));
        return isWhole ? member.Length - rest.Length : -1;
    }

    private static bool TryPassExtra(ref ReadOnlySpan<byte> rest) =>
        rest.Length >= 2 && TryPass(ref rest, 2 + BinaryPrimitives.ReadUInt16LittleEndian(rest));

    private static bool TryPassText(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)0);
        return end >= 0 && TryPass(ref rest, end + 1);
    }

    private static bool TryPass(ref ReadOnlySpan<byte> rest, int count)
    {
        if (count > rest.Length)
            return false;

        rest = rest[count..];
        return true;
    }
}
