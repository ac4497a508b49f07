using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Hosting;

namespace Waxseal.Dashboard.Oidc;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0, §3).</summary>
/// <param name="AuthorizationEndpoint">Where browsers go.</param>
/// <param name="TokenEndpoint">Where a code is exchanged.</param>
/// <param name="JwksUri">Where its keys are.</param>
internal sealed record ProviderMetadata(Uri AuthorizationEndpoint, Uri TokenEndpoint, Uri JwksUri)
{
    private const string Basic = "client_secret_basic";
    private const string Post = "client_secret_post";

    /// <summary>What follows the issuer in the address at which a provider tells of itself (OpenID Connect Discovery 1.0, §4).</summary>
    public const string WellKnown = "/.well-known/openid-configuration";

    /// <summary>Where it tells more of somebody; null when it does not.</summary>
    public Uri? UserInfoEndpoint { get; init; }

    /// <summary>Whether it writes its name into its answers (RFC 9207 §3).</summary>
    public bool NamesItself { get; init; }

    /// <summary>Whether the secret of a client stands in the body, and not in the header.</summary>
    public bool TakesSecretInBody { get; init; }

    /// <summary>Where a provider says it.</summary>
    // OpenID Connect Discovery 1.0 §4.1: a / at the end is removed first.
    public static Uri PlaceOf(string issuer) => new(issuer.TrimEnd('/') + WellKnown);

    /// <summary>Reads it.</summary>
    /// <param name="json">What the provider said.</param>
    /// <param name="issuer">The provider of the configuration.</param>
    /// <returns>The metadata, or why it is not to be used.</returns>
    public static (ProviderMetadata? Metadata, string? Problem) Read(JsonElement json, string issuer)
    {
        // OpenID Connect Discovery 1.0 §4.3: exactly the same.
        if (TextOf(json, "issuer") is not { } name || name != issuer)
            return (null, $"it calls itself {TextOf(json, "issuer") ?? "nothing"}, and dashboard.oidc.issuer is {issuer}; both have to be written the same");

        bool isHere = new Uri(issuer) is { Scheme: "http" };
        Uri? authorization = EndpointOf(json, "authorization_endpoint", isHere), token = EndpointOf(json, "token_endpoint", isHere), keys = EndpointOf(json, "jwks_uri", isHere);
        if (authorization is null || token is null || keys is null)
            return (null, $"its {(authorization is null ? "authorization_endpoint" : token is null ? "token_endpoint" : "jwks_uri")} is missing, or no URL of https");

        // OpenID Connect Discovery 1.0 §3: without a word on it, it is client_secret_basic.
        ImmutableArray<string> methods = TextsOf(json, "token_endpoint_auth_methods_supported") ?? [Basic];
        return (new(authorization, token, keys)
        {
            UserInfoEndpoint = EndpointOf(json, "userinfo_endpoint", isHere),
            NamesItself = json.TryGetProperty("authorization_response_iss_parameter_supported", out JsonElement names) && names.ValueKind == JsonValueKind.True,
            TakesSecretInBody = !methods.Contains(Basic) && methods.Contains(Post),
        }, null);
    }

    // RFC 6749 §3.1, §3.2: endpoints have no fragment.
    private static Uri? EndpointOf(JsonElement json, string name, bool isHere) =>
        Uri.TryCreate(TextOf(json, name), UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length + uri.Fragment.Length == 0
            && (uri.Scheme == "https" || (isHere && uri.Scheme == "http" && ThisMachine.Is(uri.Host)))
            ? uri
            : null;

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string>? TextsOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : null;
}
