namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Unpacks all entries of a zip archive (PKWARE APPNOTE 6.3.10).</summary>
internal static class ZipFile
{
    private const int EndBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;

    // APPNOTE §4.3.7, §4.3.16
    public static ReadOnlySpan<byte> EntryMagic => "PK\u0003\u0004"u8;

    public static ReadOnlySpan<byte> EndMagic => "PK\u0005\u0006"u8;

    public static void Unpack(Layer layer, Unpacker unpacker)
    {
        ReadOnlySpan<byte> file = layer.Bytes.Span;
        int end = FindEnd(file);
        if (end < 0)
        {
            unpacker.Fail(UnpackingFault.Truncated, file.Length, "The zip archive ends before its directory.");
            return;
        }

        // APPNOTE §4.3.16: total number of entries, offset of the directory; all ones stand for a larger archive.
        int entries = ZipEntry.UInt16(file, end + 10);
        long position = ZipEntry.UInt32(file, end + 16);
        if (entries > ReportLimits.ArchiveEntries)
        {
            unpacker.Fail(UnpackingFault.TooManyParts, end,
                $"The zip archive has more than {ReportLimits.ArchiveEntries} entries.");
            return;
        }

        for (int i = 0; i < entries; i++)
        {
            if (!ZipEntry.TryRead(file, ref position, out ZipEntry? entry))
            {
                unpacker.Fail(UnpackingFault.Damaged, Math.Min(position, file.Length),
                    "The directory of the zip archive is damaged here.");
                return;
            }

            if (!entry.IsFolder)
                Unpack(entry, layer, unpacker);
        }
    }

    // APPNOTE §4.3.16: the record stands at the end, before a comment. The last one that fits counts.
    private static int FindEnd(ReadOnlySpan<byte> file)
    {
        int lowest = Math.Max(0, file.Length - EndBytes - MaxCommentBytes);
        for (ReadOnlySpan<byte> tail = file[lowest..]; ;)
        {
            int found = tail.LastIndexOf(EndMagic);
            if (found < 0 || lowest + found + EndBytes <= file.Length)
                return found < 0 ? -1 : lowest + found;
            tail = tail[..found];
        }
    }

    private static void Unpack(ZipEntry entry, Layer layer, Unpacker unpacker)
    {
        if (entry.IsEncrypted || entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated))
        {
            unpacker.Fail(UnpackingFault.NotSupported, entry.Offset,
                "The entry of the zip archive is encrypted or compressed by other than deflate.");
        }
        else if (!entry.TryFindBytes(layer.Bytes, out ReadOnlyMemory<byte> packed))
        {
            unpacker.Fail(UnpackingFault.Truncated, entry.Offset, "The entry of the zip archive is cut off or damaged.");
        }
        else if (TryUnpack(entry, packed, unpacker, out ReadOnlyMemory<byte> bytes))
        {
            unpacker.Add(layer, bytes, entry.Name);
        }
    }

    private static bool TryUnpack(
        ZipEntry entry, ReadOnlyMemory<byte> packed, Unpacker unpacker, out ReadOnlyMemory<byte> bytes)
    {
        bytes = packed;
        if (entry.Method == ZipEntry.Stored)
            return unpacker.TrySpend(packed.Length, entry.Offset) && HasCrc(entry, Crc32.Of(packed.Span), unpacker);

        InflatedSize size = Inflation.Measure(packed, unpacker.BytesLeft);
        if (!unpacker.TrySpend(size.Length, entry.Offset))
            return false;
        if (size.IsDamaged)
            return unpacker.Fail(UnpackingFault.Damaged, entry.Offset, "The entry of the zip archive is damaged.");

        Inflated inflated = Inflation.Fill(packed, size);
        bytes = inflated.Bytes;
        return HasCrc(entry, inflated.Crc, unpacker);
    }

    private static bool HasCrc(ZipEntry entry, uint crc, Unpacker unpacker) =>
        entry.Crc == crc
        || unpacker.Fail(UnpackingFault.Damaged, entry.Offset, "The checksum of the entry of the zip archive is wrong.");
}
