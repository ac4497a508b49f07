using System.IO.Compression;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Packing;

namespace Waxseal.Evidence;

/// <summary>The bytes of a stored report.</summary>
internal static class StoredBody
{
    /// <summary>What lies in the gzip that is stored: the report as it came. What came packed may be broken; then the gzip itself.</summary>
    public static byte[] Plain(byte[] body)
    {
        using MemoryStream plain = new();
        try
        {
            using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
            byte[] octets = new byte[81_920];
            for (int count; plain.Length <= ReportLimits.UnpackedBytes && (count = gzip.Read(octets)) > 0;)
                plain.Write(octets, 0, count);
        }
        catch (InvalidDataException)
        {
            return body;
        }

        return plain.Length > ReportLimits.UnpackedBytes ? body : plain.ToArray();
    }

    /// <summary>What the reader of today makes of it; null when there is no JSON in it.</summary>
    public static ReportReading? Read(byte[] body) =>
        ReportUnpacking.Unpack(body) is UnpackingResult.Unpacked { Reports: [var packed, ..] } ? ReportReader.Read(packed.Json.Span) : null;
}
