using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns.Validation;

/// <summary>The data of a DS record: which key of a zone its parent vouches for (RFC 4034 §5.1).</summary>
/// <param name="KeyTag">The tag of the key.</param>
/// <param name="Algorithm">The algorithm of the key.</param>
/// <param name="DigestType">How the digest is made.</param>
/// <param name="Digest">The digest of the zone's name and the key.</param>
public sealed record DelegationSigner(ushort KeyTag, byte Algorithm, byte DigestType, ReadOnlyMemory<byte> Digest)
{
    private const int HeadLength = 4;

    /// <summary>Reads the data of a record.</summary>
    /// <param name="data">The octets.</param>
    /// <param name="signer">What they say, or null.</param>
    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out DelegationSigner? signer)
    {
        ReadOnlySpan<byte> octets = data.Span;
        signer = octets.Length <= HeadLength
            ? null
            : new DelegationSigner(BinaryPrimitives.ReadUInt16BigEndian(octets), octets[2], octets[3], data[HeadLength..]);
        return signer is not null;
    }
}
