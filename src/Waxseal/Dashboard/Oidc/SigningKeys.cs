using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace Waxseal.Dashboard.Oidc;

/// <summary>The keys with which a provider signs (RFC 7517).</summary>
internal sealed class SigningKeys
{
    private const int Most = 100;

    // RFC 7518 §3.3, §3.5
    private const int LeastRsaBits = 2048;

    // RFC 7518 §3.1. Neither "none" nor anything with a secret that both sides know: a public key would be such a secret.
    private static readonly FrozenDictionary<string, (string Type, string? Curve)> Known = new Dictionary<string, (string, string?)>
    {
        ["RS256"] = ("RSA", null),
        ["RS384"] = ("RSA", null),
        ["RS512"] = ("RSA", null),
        ["PS256"] = ("RSA", null),
        ["PS384"] = ("RSA", null),
        ["PS512"] = ("RSA", null),
        ["ES256"] = ("EC", "P-256"),
        ["ES384"] = ("EC", "P-384"),
        ["ES512"] = ("EC", "P-521"),
    }.ToFrozenDictionary();

    private readonly ImmutableArray<JsonWebKey> _keys;

    private SigningKeys(ImmutableArray<JsonWebKey> keys) => _keys = keys;

    /// <summary>The algorithms that are taken.</summary>
    public static ImmutableArray<string> Algorithms { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a set of keys; those of no use are left out.</summary>
    /// <returns>The keys, or why there are none.</returns>
    public static (SigningKeys? Keys, string? Problem) Read(string json)
    {
        try
        {
            ImmutableArray<JsonWebKey> keys = [.. new JsonWebKeySet(json).Keys.Take(Most).Where(IsOfUse)];
            return keys.IsEmpty ? (null, "it shows no key with which it could sign") : (new(keys), null);
        }
        catch (Exception fault) when (fault is ArgumentException or System.Text.Json.JsonException)
        {
            return (null, "what it shows is no set of keys");
        }
    }

    /// <summary>The key by which a token is signed; null when it is none of these.</summary>
    /// <param name="id">What the token calls it; null when it does not say.</param>
    /// <param name="algorithm">How the token is signed.</param>
    public JsonWebKey? Find(string? id, string algorithm)
    {
        if (!Known.TryGetValue(algorithm, out (string Type, string? Curve) kind))
            return null;

        // RFC 7517 §4.4: a key with an algorithm is for that alone.
        ImmutableArray<JsonWebKey> fitting = [.. _keys.Where(key => key.Kty == kind.Type && (kind.Curve is null || key.Crv == kind.Curve) && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm))];

        // OpenID Connect Core 1.0 §10.1: a token says by which key, where there are several.
        return string.IsNullOrEmpty(id) ? (fitting is [var only] ? only : null) : fitting.FirstOrDefault(key => key.Kid == id);
    }

    // RFC 7517 §4.2, §4.3
    private static bool IsOfUse(JsonWebKey key) =>
        (string.IsNullOrEmpty(key.Use) || key.Use == "sig") && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && (key.Kty == "EC" || (key.Kty == "RSA" && BitsOf(key) >= LeastRsaBits));

    private static int BitsOf(JsonWebKey key)
    {
        try
        {
            return key.KeySize;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return 0;
        }
    }
}
