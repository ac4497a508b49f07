using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls.Hello;

/// <summary>Writes the message that begins a handshake (RFC 5246 §7.4.1.2), as clients without TLS 1.3 send it.</summary>
internal sealed class ClientHello
{
    // RFC 5246 §6.2.1, RFC 8446 §5.1.
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const ushort Tls10 = 0x0301;

    // RFC 7685 §3; with the rest it makes more than one packet of 1,500 octets.
    private const ushort Padding = 21;
    private const int PaddingLength = 1600;

    // Those of OpenSSL's default for TLS 1.2, in its order, without the rarest.
    private static readonly ushort[] Tls12Suites =
    [
        0xC02C, 0xC030, 0x009F, 0xCCA9, 0xCCA8, 0xCCAA, 0xC02B, 0xC02F, 0x009E, 0xC024, 0xC028, 0x006B, 0xC023, 0xC027, 0x0067,
        0xC00A, 0xC014, 0x0039, 0xC009, 0xC013, 0x0033, 0x009D, 0x009C, 0x003D, 0x003C, 0x0035, 0x002F,
    ];

    // RFC 8446 §4.2.7: x25519, secp256r1, x448, secp384r1, secp521r1, ffdhe2048.
    private static readonly ushort[] Groups = [0x001D, 0x0017, 0x001E, 0x0018, 0x0019, 0x0100];

    // RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1.
    private static readonly ushort[] SignatureAlgorithms =
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080A, 0x080B, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0303, 0x0301,
    ];

    private readonly List<byte> _octets = [];

    private ClientHello()
    {
    }

    /// <summary>The record with the message of a variant; it offers TLS 1.2 alone.</summary>
    /// <param name="variant"><see cref="HandshakeVariant.Tls12"/>, <see cref="HandshakeVariant.WithoutName"/> or <see cref="HandshakeVariant.LargeHello"/>.</param>
    /// <param name="hostName">The name of the host.</param>
    public static byte[] Write(HandshakeVariant variant, string hostName)
    {
        ClientHello hello = new();
        bool isLarge = variant == HandshakeVariant.LargeHello;
        hello.Number(HandshakeRecord, 1).Number(Tls10, 2).Block(2, record =>
            record.Number(ClientHelloMessage, 1).Block(3, message =>
            {
                message.Number(ServerFlight.Tls12, 2).Random(32).Block(1, sessionId => sessionId.Random(32));
                message.Block(2, suites => suites.Numbers(Tls12Suites));
                message.Block(1, compression => compression.Number(0, 1));
                message.Block(2, extensions => extensions.Extensions(variant == HandshakeVariant.WithoutName ? null : hostName, isLarge));
            }));
        return [.. hello._octets];
    }

    private void Extensions(string? hostName, bool isLarge)
    {
        // RFC 6066 §3.
        if (hostName is not null)
            Extension(0, body => body.Block(2, names => names.Number(0, 1).Block(2, name => name._octets.AddRange(Encoding.ASCII.GetBytes(hostName)))));
        Extension(11, body => body.Block(1, formats => formats.Number(0, 1))); // RFC 8422 §5.1.2: uncompressed points
        Extension(10, body => body.Block(2, groups => groups.Numbers(Groups)));
        Extension(35, _ => { }); // RFC 5077 §3.2: tickets are known, none is at hand
        Extension(16, body => body.Block(2, names => names.Block(1, name => name._octets.AddRange("http/1.1"u8)))); // RFC 7301 §3.1
        Extension(23, _ => { }); // RFC 7627 §5.1
        Extension(0xFF01, body => body.Block(1, _ => { })); // RFC 5746 §3.2
        Extension(13, body => body.Block(2, algorithms => algorithms.Numbers(SignatureAlgorithms)));
        if (isLarge)
            Extension(Padding, body => body._octets.AddRange(new byte[PaddingLength]));
    }

    private void Extension(ushort type, Action<ClientHello> body) => Number(type, 2).Block(2, body);

    private ClientHello Number(int value, int octets)
    {
        for (int octet = octets - 1; octet >= 0; octet--)
            _octets.Add((byte)(value >> (8 * octet)));
        return this;
    }

    private void Numbers(ReadOnlySpan<ushort> values)
    {
        foreach (ushort value in values)
            Number(value, 2);
    }

    private ClientHello Random(int octets)
    {
        _octets.AddRange(RandomNumberGenerator.GetBytes(octets));
        return this;
    }

    // A length of so many octets stands before what the body writes.
    private void Block(int octets, Action<ClientHello> body)
    {
        int start = _octets.Count;
        Number(0, octets);
        body(this);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, _octets.Count - start - octets);
        for (int octet = 0; octet < octets; octet++)
            _octets[start + octet] = length[sizeof(int) - octets + octet];
    }
}
