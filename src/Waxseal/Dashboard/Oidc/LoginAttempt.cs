using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Access;

namespace Waxseal.Dashboard.Oidc;

/// <summary>
/// A login with a provider that has begun. The browser keeps a secret, and what binds the provider's answer to this browser is made of it:
/// so nothing has to be kept here, and any process can end what another began.
/// </summary>
/// <param name="Secret">The secret.</param>
/// <param name="BegunAt">When it began, to the second.</param>
/// <param name="To">Where they go then.</param>
internal sealed record LoginAttempt(string Secret, DateTimeOffset BegunAt, string To)
{
    private const int SecretLength = 43;
    private const int MostTo = 1024;

    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Comes back with the answer, so that no other browser can be given it (RFC 6749 §10.12).</summary>
    public string State => Derived("state");

    /// <summary>Comes back in the ID token, so that none of another login is taken (OpenID Connect Core 1.0, §15.5.2).</summary>
    public string Nonce => Derived("nonce");

    /// <summary>Shows that who exchanges the code is who asked for it (RFC 7636 §4.1).</summary>
    public string Verifier => Derived("verifier");

    /// <summary>The same, before it may be known (RFC 7636 §4.2, S256).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Begins one.</summary>
    public static LoginAttempt Begin(string to, DateTimeOffset now) =>
        new(RandomSecret.New(), DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), to.Length <= MostTo ? to : "/");

    /// <summary>What the browser keeps.</summary>
    public string ToCookie() => string.Create(CultureInfo.InvariantCulture, $"{Secret}.{BegunAt.ToUnixTimeSeconds()}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(To))}");

    /// <summary>Reads what a browser kept; null when it is none, or too old.</summary>
    public static LoginAttempt? Read(string cookie, DateTimeOffset now)
    {
        if (cookie.Split('.') is not [{ Length: SecretLength } secret, { Length: <= 11 } seconds, var path]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long begun) || !Base64Url.IsValid(path))
        {
            return null;
        }

        LoginAttempt attempt = new(secret, DateTimeOffset.FromUnixTimeSeconds(begun), ReturnPath.Of(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(path))));
        return attempt.BegunAt <= now && now - attempt.BegunAt < Longest ? attempt : null;
    }

    // One secret, and of each thing made of it nothing can be told of another.
    private string Derived(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(
        Encoding.ASCII.GetBytes(Secret), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{purpose} {BegunAt.ToUnixTimeSeconds()} {To}"))));
}
