using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>The data of a DNSKEY record: a public key of a zone (RFC 4034 §2.1).</summary>
/// <param name="Flags">What the key is for.</param>
/// <param name="Protocol">A number that has to be 3.</param>
/// <param name="Algorithm">The algorithm of the key.</param>
/// <param name="Data">All the data, as the key tag and the digest are made over it.</param>
internal sealed record ZoneKey(ushort Flags, byte Protocol, byte Algorithm, ReadOnlyMemory<byte> Data)
{
    private const int HeadLength = 4;
    private const ushort ZoneFlag = 0x0100;
    private const ushort RevokedFlag = 0x0080;
    private const byte DnssecProtocol = 3;

    /// <summary>A number that most often tells the keys of a zone apart.</summary>
    public ushort Tag { get; } = TagOf(Data.Span);

    /// <summary>The key itself, in the form of its algorithm.</summary>
    public ReadOnlyMemory<byte> PublicKey => Data[HeadLength..];

    // RFC 4034 §2.1.1: a key without the zone bit must not verify signatures.
    // RFC 4034 §2.1.2: a key of another protocol is invalid.
    // RFC 5011 §2.1: a revoked key must not be used.
    public bool IsUsable =>
        (Flags & (ZoneFlag | RevokedFlag)) == ZoneFlag && Protocol == DnssecProtocol;

    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out ZoneKey? key)
    {
        ReadOnlySpan<byte> octets = data.Span;
        key = octets.Length <= HeadLength
            ? null
            : new ZoneKey(BinaryPrimitives.ReadUInt16BigEndian(octets), octets[2], octets[3], data);
        return key is not null;
    }

    // RFC 4034 appendix B: the sum of all pairs of octets, with what is carried out of 16 bits added once.
    private static ushort TagOf(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        for (int i = 0; i < data.Length; i++)
            sum += (i & 1) == 0 ? (uint)data[i] << 8 : data[i];
        return (ushort)(sum + (sum >> 16));
    }
}
