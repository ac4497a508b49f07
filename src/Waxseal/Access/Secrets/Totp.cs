using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Access.Secrets;

/// <summary>One-time codes of six digits that an app makes from the time and a secret (RFC 6238).</summary>
internal static class Totp
{
    private const int Digits = 6;
    private const int Power = 1_000_000;
    private const int SecondsPerStep = 30;
    private const int MostDrift = 1;

    // RFC 4226 §4: the shared secret has 128 bits at least; 160 are recommended.
    private const int SecretOctets = 20;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretOctets);

    // RFC 6238 §4.2: T = (Current Unix time - T0) / X, with T0 = 0 and X = 30 seconds.
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / SecondsPerStep;

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 section 1.2: HMAC-SHA-1 is what apps know; as a MAC it holds.")]
    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, digest);

        // RFC 4226 §5.3: the low four bits of the last octet say where the 31 bits lie of which the code is made.
        uint bits = BinaryPrimitives.ReadUInt32BigEndian(digest[(digest[^1] & 15)..]) & int.MaxValue;
        return (bits % Power).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>The step whose code was given; null when it is that of none near now.</summary>
    // RFC 6238 §5.2: one step of drift to either side is let pass.
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now)
    {
        byte[] given = Encoding.UTF8.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        long? found = null;
        for (long step = StepAt(now) - MostDrift; step <= StepAt(now) + MostDrift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(CodeOf(secret, step))))
                found = step;
        }

        return found;
    }

    /// <summary>What apps read: the key URI of authenticator apps.</summary>
    public static string UriOf(string account, byte[] secret) =>
        $"otpauth://totp/Waxseal:{Uri.EscapeDataString(account)}?secret={Base32.Encode(secret)}&issuer=Waxseal";
}
