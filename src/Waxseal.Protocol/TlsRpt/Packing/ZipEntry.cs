using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>One entry of the directory of a zip archive (PKWARE APPNOTE §4.3.12).</summary>
internal sealed class ZipEntry
{
    // APPNOTE §4.4.5
    public const int Stored = 0;
    public const int Deflated = 8;

    private const int DirectoryEntryBytes = 46;
    private const int LocalHeaderBytes = 30;
    private const int EncryptedFlag = 1;
    private const int MaxNameBytes = 255;

    public required string Name { get; init; }

    public required int Method { get; init; }

    public required uint Crc { get; init; }

    /// <summary>Where the entry itself begins in the archive.</summary>
    public required uint Offset { get; init; }

    public required bool IsEncrypted { get; init; }

    private uint PackedBytes { get; init; }

    public bool IsFolder => Name.EndsWith('/');

    private static ReadOnlySpan<byte> DirectoryMagic => "PK\u0001\u0002"u8;

    /// <summary>Reads the directory entry at a position and moves past it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, ref long position, [NotNullWhen(true)] out ZipEntry? entry)
    {
        entry = null;
        if (position > file.Length - DirectoryEntryBytes)
            return false;

        ReadOnlySpan<byte> record = file[(int)position..];
        int nameBytes = record.StartsWith(DirectoryMagic) ? UInt16(record, 28) : int.MaxValue;
        if (nameBytes > record.Length - DirectoryEntryBytes)
            return false;

        entry = new ZipEntry
        {
            IsEncrypted = (UInt16(record, 8) & EncryptedFlag) != 0,
            Method = UInt16(record, 10),
            Crc = UInt32(record, 16),
            PackedBytes = UInt32(record, 20),
            Offset = UInt32(record, 42),
            Name = NameOf(record.Slice(DirectoryEntryBytes, nameBytes)),
        };
        position += DirectoryEntryBytes + nameBytes + UInt16(record, 30) + UInt16(record, 32);
        return true;
    }

    /// <summary>Finds the packed bytes behind the local header (APPNOTE §4.3.7), whose sizes may be missing.</summary>
    public bool TryFindBytes(ReadOnlyMemory<byte> file, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (Offset > file.Length - LocalHeaderBytes || !file.Span[(int)Offset..].StartsWith(ZipFile.EntryMagic))
            return false;

        ReadOnlySpan<byte> header = file.Span[(int)Offset..];
        long start = Offset + LocalHeaderBytes + UInt16(header, 26) + UInt16(header, 28);
        if (start + PackedBytes > file.Length)
            return false;

        bytes = file.Slice((int)start, (int)PackedBytes);
        return true;
    }

    // The name is for display alone, so a long one is cut; what marks a folder stands at its end and is kept.
    private static string NameOf(ReadOnlySpan<byte> name) => name.Length <= MaxNameBytes
        ? Encoding.UTF8.GetString(name)
        : $"{Encoding.UTF8.GetString(name[..MaxNameBytes])}{(name[^1] == '/' ? "/" : "")}";

    public static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
