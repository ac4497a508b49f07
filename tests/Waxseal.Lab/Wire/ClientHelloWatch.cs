using System.Buffers.Binary;

namespace Waxseal.Lab.Wire;

/// <summary>Keeps the ClientHello, for servers that choose by what it offers.</summary>
internal sealed class ClientHelloWatch(Stream inner) : PassThroughStream(inner)
{
    // RFC 5246 §7.4.1.2: record header, message header, version and random stand before the session id.
    private const int SessionIdAt = 5 + 4 + 2 + 32;

    private readonly List<byte> _hello = [];

    /// <summary>Whether the client takes ECDSA certificates: it offers a suite for them, or TLS 1.3, where suites say nothing of them.</summary>
    public bool TakesEcdsa => Suites().Any(suite => suite is 0xC02B or 0xC02C or 0xCCA9 || suite >> 8 == 0x13);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int length = await base.ReadAsync(buffer, cancellationToken);
        if (_hello.Count < 4096)
            _hello.AddRange(buffer[..length].ToArray());
        return length;
    }

    private IEnumerable<ushort> Suites()
    {
        byte[] hello = [.. _hello];
        int at = SessionIdAt + 1 + hello[SessionIdAt];
        int length = BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at));
        return Enumerable.Range(0, length / 2).Select(i => BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at + 2 + (2 * i))));
    }
}
