using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Waxseal.Hosting.Sending;

namespace Waxseal.Dashboard.Oidc;

/// <summary>Exchanges the code of a browser for what the provider says of who they are, and judges that.</summary>
internal sealed class CodeExchange(OidcOptions options, Provider provider, ProviderClient client, TimeProvider clock) : IDisposable
{
    private const int MostToken = 128 * 1024;
    private const int MostUserInfo = 64 * 1024;
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    public void Dispose() => _places.Dispose();

    /// <summary>Asks the provider who somebody is.</summary>
    public async Task<ProviderAnswer> AskAsync(string code, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
            return new ProviderAnswer.TooBusy();
        try
        {
            (ProviderMetadata? metadata, string? problem) = await provider.MetadataAsync(cancellationToken);
            return metadata is null ? new ProviderAnswer.Unusable(problem!) : await ExchangeAsync(metadata, code, attempt, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ProviderAnswer> ExchangeAsync(ProviderMetadata metadata, string code, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        (JsonElement? json, string? problem) = await client.AskAsync(TokenRequest(metadata, code, attempt), cancellationToken);

        // RFC 6749 §5.2
        if (problem is not null && json is { } failure && TextOf(failure, "error") == "invalid_grant")
            return new ProviderAnswer.Denied("does not take the code any more that your browser brought");
        if (problem is not null)
            return new ProviderAnswer.Unusable(problem);
        if (TextOf(json!.Value, "id_token") is not { } text || IdToken.Read(text) is not { } token)
            return new ProviderAnswer.Denied("sent no ID token that is signed in a way that is taken");

        (JsonWebKey? key, string? unusable) = await provider.KeyAsync(token.KeyId, token.Algorithm, cancellationToken);
        if (unusable is not null)
            return new ProviderAnswer.Unusable(unusable);
        if (key is null)
            return new ProviderAnswer.Denied("sent an ID token signed by a key that it does not show");
        if (await token.FindProblemAsync(key, options.Issuer, options.ClientId, attempt.Nonce, clock.GetUtcNow()) is { } fault)
            return new ProviderAnswer.Denied($"sent an ID token that {fault}");
        return await NameAsync(metadata, token, TextOf(json.Value, "access_token"), cancellationToken);
    }

    // OpenID Connect Core 1.0 §5.4: many providers tell the name and the address at the UserInfo endpoint alone.
    private async Task<ProviderAnswer> NameAsync(ProviderMetadata metadata, IdToken token, string? accessToken, CancellationToken cancellationToken)
    {
        (string? name, string? problem) = AccountClaim.Find(token.Claims, options.AccountClaim);
        if (name is null && metadata.UserInfoEndpoint is { } place && accessToken is not null && IsBearer(accessToken))
        {
            (JsonElement? json, string? unusable) = await client.AskAsync(
                new(HttpMethod.Get, place) { MostAnswer = MostUserInfo, Header = [("Authorization", $"Bearer {accessToken}")] }, cancellationToken);
            if (unusable is not null)
                return new ProviderAnswer.Unusable(unusable);

            // OpenID Connect Core 1.0 §5.3.2: what is said of another counts for nothing.
            if (TextOf(json!.Value, "sub") != token.Subject)
                return new ProviderAnswer.Denied("tells of somebody else than the ID token (sub)");
            (name, problem) = AccountClaim.Find(json.Value, options.AccountClaim);
        }

        return name is null ? new ProviderAnswer.Denied(problem!) : new ProviderAnswer.Named(name);
    }

    // RFC 6749 §4.1.3, RFC 7636 §4.5
    private SendRequest TokenRequest(ProviderMetadata metadata, string code, LoginAttempt attempt)
    {
        List<(string Name, string Value)> fields =
        [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", options.RedirectUri), ("client_id", options.ClientId), ("code_verifier", attempt.Verifier),
        ];
        string? secret = options.ClientSecret?.Reveal();
        if (secret is not null && metadata.TakesSecretInBody)
            fields.Add(("client_secret", secret));
        return new(HttpMethod.Post, metadata.TokenEndpoint)
        {
            Body = Encoding.ASCII.GetBytes(Form(fields)),
            Type = "application/x-www-form-urlencoded",
            Header = secret is null || metadata.TakesSecretInBody ? [] : [("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encoded(options.ClientId)}:{Encoded(secret)}"))}")],
            MostAnswer = MostToken,
        };
    }

    /// <summary>Fields as a form has them.</summary>
    public static string Form(IEnumerable<(string Name, string Value)> fields) => string.Join('&', fields.Select(field => $"{field.Name}={Encoded(field.Value)}"));

    // RFC 6749 §2.3.1: so also before it stands in the header.
    private static string Encoded(string text) => WebUtility.UrlEncode(text);

    // RFC 6750 §2.1: b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
    private static bool IsBearer(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._~+/=".Contains(letter, StringComparison.Ordinal));

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
