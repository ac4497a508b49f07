using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>
/// Inflates deflated data (RFC 1951 §3) in two passes: the first keeps nothing and says how much there is, so that a bomb
/// never takes memory and a report takes exactly its size.
/// </summary>
internal static class Inflation
{
    private const int StepBytes = 512;
    private const int BufferBytes = 16 * 1024;

    /// <summary>Inflates without keeping anything.</summary>
    /// <param name="deflated">Data that begins with deflated data; what follows is not looked at.</param>
    /// <param name="limit">Bytes after which to stop.</param>
    public static InflatedSize Measure(ReadOnlyMemory<byte> deflated, long limit)
    {
        using SteppedStream stream = Open(deflated);
        using var inflater = new DeflateStream(stream, CompressionMode.Decompress);
        Span<byte> buffer = stackalloc byte[BufferBytes];
        long length = 0;
        try
        {
            for (int read; length <= limit && (read = inflater.Read(buffer)) > 0;)
                length += read;
            return new InflatedSize(length, (int)stream.Position, IsDamaged: false);
        }
        catch (InvalidDataException)
        {
            // The framework has no Try form of inflating.
            return new InflatedSize(length, (int)stream.Position, IsDamaged: true);
        }
    }

    /// <summary>Inflates data that was measured before.</summary>
    public static Inflated Fill(ReadOnlyMemory<byte> deflated, InflatedSize size)
    {
        byte[] bytes = new byte[size.Length];
        using SteppedStream stream = Open(deflated, fineFrom: size.Taken - StepBytes);
        using var inflater = new DeflateStream(stream, CompressionMode.Decompress);
        inflater.ReadExactly(bytes);

        // The mark of the end may lie behind the last byte that was needed.
        inflater.ReadByte();
        return new Inflated(bytes, Crc32.Of(bytes), (int)stream.Position);
    }

    private static SteppedStream Open(ReadOnlyMemory<byte> deflated, int fineFrom = int.MaxValue) =>
        MemoryMarshal.TryGetArray(deflated, out ArraySegment<byte> segment)
            ? new SteppedStream(segment, fineFrom)
            : new SteppedStream(deflated.ToArray(), fineFrom);

    /// <summary>
    /// Hands out a few bytes at a time, in the end one by one, so that its position tells where the inflater stopped.
    /// </summary>
    private sealed class SteppedStream(ArraySegment<byte> bytes, int fineFrom)
        : MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
    {
        // Reading into a span ends here too.
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, (int)Math.Clamp(fineFrom - Position, 1, StepBytes)));
    }
}

/// <summary>What measuring deflated data gave.</summary>
/// <param name="Length">Bytes inflated, a little more than the limit when that was passed.</param>
/// <param name="Taken">Bytes of deflated data taken in; its end lies less than one step before.</param>
/// <param name="IsDamaged">Whether it broke the format.</param>
internal readonly record struct InflatedSize(long Length, int Taken, bool IsDamaged);

/// <summary>What inflating gave.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Crc">Their CRC-32.</param>
/// <param name="Taken">How long the deflated data was, to the byte.</param>
internal sealed record Inflated(byte[] Bytes, uint Crc, int Taken);
