using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;

namespace Waxseal.Tests.Dashboard.Oidc;

/// <summary>A provider of OpenID Connect on loopback that does as it should, unless a test has it do otherwise.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "waxseal";
    public const string Secret = "s3cret:/+ %";
    public const string RedirectUri = "http://127.0.0.1:8480/login/oidc/callback";

    private readonly WebListener _listener = new("test", ["127.0.0.1:0"], null, new Systemd(_ => null), NullLoggerFactory.Instance);
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _codes = [];

    /// <summary>Who it says everybody is.</summary>
    public JsonObject Person { get; } = new() { ["sub"] = "248289761001", ["preferred_username"] = "alice", ["email"] = "alice@example.test", ["email_verified"] = true };

    /// <summary>What it tells at the UserInfo endpoint; null for the same.</summary>
    public JsonObject? UserInfo { get; set; }

    /// <summary>The key it signs with.</summary>
    public TestKey Key { get; set; } = TestKey.New("RS256", "first");

    /// <summary>The keys it shows; null for the one it signs with.</summary>
    public JsonArray? Shown { get; set; }

    /// <summary>Changes what it says of itself.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Changes the claims of an ID token.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Makes the ID token of claims, in place of its key.</summary>
    public Func<JsonObject, string?>? Token { get; set; }

    /// <summary>Answers in its place; false where it does not.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>What it was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What it was sent to exchange a code.</summary>
    public ConcurrentQueue<(Dictionary<string, string> Form, string? Authorization)> Exchanges { get; } = [];

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string Issuer => _listener.Addresses.Single();

    /// <summary>The section of the configuration that leads here.</summary>
    public string Settings(string more = "", bool withSecret = true) => $"""
        [dashboard.oidc]
        issuer = "{Issuer}"
        clientId = "{ClientId}"
        {(withSecret ? $"clientSecret = \"{Secret}\"" : "")}
        redirectUri = "{RedirectUri}"
        allowAddresses = "127.0.0.1"
        {more}
        """;

    public static async Task<TestProvider> StartAsync()
    {
        TestProvider provider = new();
        await provider._listener.StartAsync(app => app.Run(provider.AnswerAsync), TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>Lets the person in who stands before a browser, and gives the address by which the browser goes back.</summary>
    public string LetIn(string location, params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string> asked = Fields(new Uri(location).Query);
        Assert.Equal(("code", ClientId, RedirectUri, "S256"), (asked["response_type"], asked["client_id"], asked["redirect_uri"], asked["code_challenge_method"]));
        Assert.Contains("openid", asked["scope"].Split(' '));
        string code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = asked;
        Dictionary<string, string?> answer = new() { ["code"] = code, ["state"] = asked["state"], ["iss"] = Issuer };
        foreach ((string name, string? value) in changes)
            answer[name] = value;
        return $"{new Uri(RedirectUri).AbsolutePath}?{string.Join('&', answer.Where(field => field.Value is not null).Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!)}"))}";
    }

    public ValueTask DisposeAsync() => new(_listener.StopAsync(CancellationToken.None));

    private static Dictionary<string, string> Fields(string text) => HttpUtility.ParseQueryString(text) is var fields ? fields.AllKeys.ToDictionary(key => key!, key => fields[key]!) : [];

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path;
        Asked.Enqueue(path);
        if (await Instead(context))
            return;
        JsonNode? answer = path switch
        {
            "/.well-known/openid-configuration" => OfItself(),
            "/keys" => new JsonObject { ["keys"] = (Shown ?? [Key.Shown]).DeepClone() },
            "/token" => await ExchangedAsync(context),
            "/userinfo" when context.Request.Headers.Authorization == "Bearer access-1" => (UserInfo ?? Person).DeepClone(),
            _ => null,
        };
        context.Response.StatusCode = answer is null ? 404 : answer["error"] is null ? 200 : 400;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer?.ToJsonString() ?? "", context.RequestAborted);
    }

    private JsonObject OfItself()
    {
        JsonObject metadata = new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize?prompt=login",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["authorization_response_iss_parameter_supported"] = true,
        };
        Metadata(metadata);
        return metadata;
    }

    private async Task<JsonObject> ExchangedAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        Dictionary<string, string> form = Fields(await reader.ReadToEndAsync(context.RequestAborted));
        string? authorization = context.Request.Headers.Authorization;
        Exchanges.Enqueue((form, authorization));
        if (authorization is not null && authorization != $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{WebUtility.UrlEncode(Secret)}"))}")
            return new() { ["error"] = "invalid_client" };
        if (!_codes.TryRemove(form["code"], out Dictionary<string, string>? asked) || form["redirect_uri"] != asked["redirect_uri"] || form["grant_type"] != "authorization_code"
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))) != asked["code_challenge"])
        {
            return new() { ["error"] = "invalid_grant", ["error_description"] = "no such code" };
        }

        return new() { ["access_token"] = "access-1", ["token_type"] = "Bearer", ["id_token"] = TokenOf(asked["nonce"]) };
    }

    private string? TokenOf(string nonce)
    {
        long now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = (JsonObject)Person.DeepClone();
        (claims["iss"], claims["aud"], claims["nonce"], claims["iat"], claims["exp"]) = (Issuer, ClientId, nonce, now, now + 300);
        Claims(claims);
        return Token is null ? Key.Sign(claims) : Token(claims);
    }
}
