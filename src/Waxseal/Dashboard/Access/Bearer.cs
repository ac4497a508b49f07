using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Waxseal.Access;
using Waxseal.Access.Secrets;
using Waxseal.Storage;

namespace Waxseal.Dashboard.Access;

/// <summary>Tokens with which programs ask: <c>Authorization: Bearer wxs_ID_SECRET</c> (RFC 6750 §2.1).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer";

    private static readonly TimeSpan UseNoted = TimeSpan.FromHours(1);

    /// <summary>The token that a request bears; null when it bears none.</summary>
    public static string? Of(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().Split(' ', 2) is [var scheme, .. var rest] && scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) ? string.Concat(rest).Trim() : null;

    /// <summary>Who bears a token; null when it does not hold.</summary>
    public static async Task<Viewer?> FindAsync(Store store, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (NewToken.PartsOf(text) is not var (id, secret) || await store.StoredAccess.TokenAsync(id, cancellationToken) is not { } token)
            return null;
        if (!CryptographicOperations.FixedTimeEquals(RandomSecret.DigestOf(secret), token.SecretDigest) || token.ExpiresAt <= now)
            return null;
        if (token.UsedAt is not { } used || now - used >= UseNoted)
            await store.Access.UseTokenAsync(id, now, cancellationToken);
        return (await Viewer.OfAsync(store.StoredAccess, token.Name, token.Role, token.Tenant, cancellationToken)) with { Way = ViewerWay.Token, TokenId = id };
    }
}
