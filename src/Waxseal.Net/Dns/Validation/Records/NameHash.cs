using System.Security.Cryptography;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>Hashes names for NSEC3 (RFC 5155 §5).</summary>
internal static class NameHash
{
    /// <summary>The only algorithm there is (RFC 5155 §11).</summary>
    public const byte Sha1 = 1;

    // RFC 5155 §5: IH(salt, x, 0) = H(x || salt), IH(salt, x, k) = H(IH(salt, x, k-1) || salt)
    public static byte[] Of(DnsName name, ReadOnlySpan<byte> salt, int rounds)
    {
        byte[] hash = Once([.. name.Wire, .. salt]);
        for (int i = 0; i < rounds; i++)
            hash = Once([.. hash, .. salt]);
        return hash;
    }

    // Nothing rests on SHA-1 here but that names are told apart; the records that use it are signed.
#pragma warning disable CA5350
    private static byte[] Once(ReadOnlySpan<byte> text) => SHA1.HashData(text);
#pragma warning restore CA5350
}
