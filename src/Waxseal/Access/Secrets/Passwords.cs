using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Access.Secrets;

/// <summary>Keeps and compares passwords. A few at a time, so that a flood of logins cannot take the processor.</summary>
internal sealed class Passwords : IDisposable
{
    public const int LeastLength = 12;
    public const int MostLength = 1024;

    /// <summary>How often the digest is iterated now.</summary>
    public const int Rounds = 600_000;

    /// <summary>What is kept for an account that has none: nobody gives a password that it is the digest of.</summary>
    public const string None = Storage.Access.Account.NoPassword;

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltOctets = 16;
    private const int DigestOctets = 64;
    private const int AtOnce = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What is compared for an account that is not there, so that it takes as long.
    private static readonly string OfNobody = TextOf(Rounds, RandomNumberGenerator.GetBytes(SaltOctets), RandomNumberGenerator.GetBytes(DigestOctets));

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    public void Dispose() => _places.Dispose();

    /// <summary>What is wrong with a new password, as a sentence; null when nothing is.</summary>
    public static string? ProblemOf(string password) => password.Length switch
    {
        < LeastLength => $"A password has {LeastLength} characters or more.",
        > MostLength => $"A password has {MostLength} characters or fewer.",
        _ => null,
    };

    /// <summary>The text that is kept of a password: a salted digest with its parameters.</summary>
    public static string Digest(string password, int rounds = Rounds)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltOctets);
        return TextOf(rounds, salt, DigestOf(password, salt, rounds, DigestOctets));
    }

    /// <summary>Whether the text was made with weaker parameters than those of now.</summary>
    public static bool IsOld(string digest) => Read(digest) is not { } kept || kept.Rounds < Rounds;

    /// <summary>Whether a password is the one that a text was made of; null when too many ask at once.</summary>
    /// <param name="password">What was given.</param>
    /// <param name="digest">The text that is kept; null for an account that is not there.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    public async Task<bool?> VerifyAsync(string password, string? digest, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(Patience, cancellationToken))
            return null;
        try
        {
            return await Task.Run(() => IsRight(password, digest is null or None ? OfNobody : digest), cancellationToken) && digest is not (null or None);
        }
        finally
        {
            _places.Release();
        }
    }

    private static bool IsRight(string password, string digest) =>
        password.Length <= MostLength && Read(digest) is { } kept
        && CryptographicOperations.FixedTimeEquals(DigestOf(password, kept.Salt, kept.Rounds, kept.Digest.Length), kept.Digest);

    private static byte[] DigestOf(string password, byte[] salt, int rounds, int octets) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA512, octets);

    private static string TextOf(int rounds, byte[] salt, byte[] digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(digest)}");

    private static (int Rounds, byte[] Salt, byte[] Digest)? Read(string text)
    {
        if (text.Split('$') is not [Scheme, var number, var salt, var digest] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) || rounds == 0)
            return null;
        try
        {
            return (rounds, Convert.FromBase64String(salt), Convert.FromBase64String(digest)) is { Item3.Length: > 0 } kept ? kept : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
