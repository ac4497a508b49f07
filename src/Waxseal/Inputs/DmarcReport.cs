using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Waxseal.Inputs;

/// <summary>Knows a DMARC aggregate report, which arrives in much the same mails and is often handed in by mistake.</summary>
internal static class DmarcReport
{
    public const string Reason = "is a DMARC aggregate report, which speaks of SPF and DKIM, not a TLS report";

    private const int EnoughBytes = 1024;

    /// <summary>Whether the bytes, or what is packed in them, begin like one (RFC 7489 appendix C).</summary>
    public static bool IsLikely(ReadOnlyMemory<byte> packed) => ContentKinds.Of(packed.Span[..Math.Min(16, packed.Length)]) switch
    {
        ContentKind.Gzip => IsXml(StartOf(new GZipStream(StreamOf(packed), CompressionMode.Decompress))),
        ContentKind.Zip => IsXml(StartOfFirstEntry(packed)),
        _ => IsXml(packed.Span[..Math.Min(EnoughBytes, packed.Length)]),
    };

    private static bool IsXml(ReadOnlySpan<byte> start) => start.IndexOf("<feedback"u8) >= 0;

    // APPNOTE.TXT §4.3.7: the local header of the first entry, 30 bytes, its name and extra field, then its content.
    private static byte[] StartOfFirstEntry(ReadOnlyMemory<byte> packed)
    {
        const int headerLength = 30;
        if (packed.Length < headerLength)
            return [];

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(packed.Span[26..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(packed.Span[28..]);
        int start = Math.Min(packed.Length, headerLength + nameLength + extraLength);
        return StartOf(new DeflateStream(StreamOf(packed[start..]), CompressionMode.Decompress));
    }

    private static byte[] StartOf(Stream stream)
    {
        using (stream)
        {
            byte[] start = new byte[EnoughBytes];
            try
            {
                int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
                return start[..count];
            }
            catch (InvalidDataException)
            {
                // Damaged: the unpacker says so, and where.
                return [];
            }
        }
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray());
}
