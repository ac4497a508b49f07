using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Waxseal.Access.Secrets;

namespace Waxseal.Dashboard.Oidc;

/// <summary>What a provider signs of who somebody is (OpenID Connect Core 1.0, §2).</summary>
internal sealed class IdToken
{
    /// <summary>How far the clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const int MostLength = 64 * 1024;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MostLength, MapInboundClaims = false };

    private readonly JsonWebToken _token;

    private IdToken(JsonWebToken token, JsonElement claims) => (_token, Claims) = (token, claims);

    /// <summary>What it says. It counts for nothing before <see cref="FindProblemAsync"/> has looked.</summary>
    public JsonElement Claims { get; }

    /// <summary>What it calls the key it is signed by; null when it does not say.</summary>
    public string? KeyId => string.IsNullOrEmpty(_token.Kid) ? null : _token.Kid;

    /// <summary>How it is signed.</summary>
    public string Algorithm => _token.Alg;

    /// <summary>Who it is of, for the provider.</summary>
    public string Subject => _token.Subject;

    /// <summary>Reads one; null when it is none, or nothing signs it in a way that is taken.</summary>
    public static IdToken? Read(string text)
    {
        try
        {
            // RFC 7519 §7.2: three parts; one that is encrypted has five.
            if (text.Length > MostLength || text.Count(letter => letter == '.') != 2)
                return null;
            JsonWebToken token = new(text);

            // RFC 7515 §4.1.11: what must be understood is not; there is no extension that is.
            if (!SigningKeys.Algorithms.Contains(token.Alg) || ObjectIn(token.EncodedHeader) is not { } header || header.TryGetProperty("crit", out _))
                return null;
            return ObjectIn(token.EncodedPayload) is { } claims ? new(token, claims) : null;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Why it does not hold, as the rest of a sentence that begins with the token; null when it does.</summary>
    /// <param name="key">The key of the provider.</param>
    /// <param name="issuer">The provider.</param>
    /// <param name="clientId">What the provider knows this site as.</param>
    /// <param name="nonce">What was sent along with the browser.</param>
    /// <param name="now">Now.</param>
    public async Task<string?> FindProblemAsync(JsonWebKey key, string issuer, string clientId, string nonce, DateTimeOffset now)
    {
        TokenValidationResult result = await Handler.ValidateTokenAsync(_token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = SigningKeys.Algorithms,
            ValidIssuer = issuer,
            ValidAudience = clientId,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            LifetimeValidator = (notBefore, expires, _, _) => expires is { } end && end > (now - Skew).UtcDateTime && (notBefore is not { } begin || begin <= (now + Skew).UtcDateTime),
            CryptoProviderFactory = new() { CacheSignatureProviders = false },
        });
        return result.IsValid ? ProblemOfClaims(clientId, nonce, now) : WordsOf(result.Exception);
    }

    // RFC 7519 §4, RFC 7515 §4: no name stands there twice.
    private static JsonElement? ObjectIn(string part)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new() { MaxDepth = 16, AllowDuplicateProperties = false });
        return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
    }

    private string? ProblemOfClaims(string clientId, string nonce, DateTimeOffset now)
    {
        // OpenID Connect Core 1.0 §3.1.3.7, rules 4 and 5: among several, azp names whom it is for.
        string? party = _token.TryGetPayloadValue("azp", out string text) ? text : null;
        if (party is null ? _token.Audiences.Take(2).Count() > 1 : party != clientId)
            return "is for another client (azp)";

        // Rule 10.
        if (!_token.TryGetPayloadValue("iat", out long issued) || issued <= 0)
            return "does not say when it was made (iat)";
        if (issued > (now + Skew).ToUnixTimeSeconds())
            return "is not made yet (iat); the clocks are apart";

        // Rule 11.
        if (!_token.TryGetPayloadValue("nonce", out string word) || !RandomSecret.AreSame(word, nonce))
            return "is of another login (nonce)";

        // OpenID Connect Core 1.0 §2: sub is required, with at most 255 letters.
        return _token.Subject is { Length: > 0 and <= 255 } ? null : "does not say who it is of (sub)";
    }

    // OpenID Connect Core 1.0 §3.1.3.7, rules 2, 3, 6 and 9.
    private static string WordsOf(Exception? fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => "is of another issuer (iss)",
        SecurityTokenInvalidAudienceException => "is for another client (aud)",
        SecurityTokenInvalidLifetimeException => "has expired, or does not hold yet (exp, nbf); are the clocks right?",
        _ => "has a signature that does not hold",
    };
}
