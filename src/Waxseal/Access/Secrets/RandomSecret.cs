using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Access.Secrets;

/// <summary>Secrets that nobody chose and nobody can guess; a digest is enough to know them again.</summary>
internal static class RandomSecret
{
    private const int Octets = 32;

    /// <summary>A new one, 256 bits in letters, digits, - and _.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>The digest that is kept of it.</summary>
    public static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether two are the same, in a time that says nothing of how much of it was right.</summary>
    public static bool AreSame(string? one, string? other) =>
        one is not null && other is not null && CryptographicOperations.FixedTimeEquals(DigestOf(one), DigestOf(other));
}
