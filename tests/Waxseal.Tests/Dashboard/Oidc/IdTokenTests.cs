using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Waxseal.Tests.Dashboard.Oidc;

public class IdTokenTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task A_token_is_taken_by_any_public_key(string algorithm)
    {
        await using OidcLab lab = await OidcLab.StartAsync(with: provider => provider.Key = TestKey.New(algorithm, "first"));
        using Browser browser = lab.NewBrowser();

        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        Assert.True(await OidcLab.IsInAsync(browser));
    }

    public static TheoryData<string, Action<JsonObject>> Claims => new()
    {
        { "sent an ID token that is of another login (nonce)", claims => claims["nonce"] = "another" },
        { "sent an ID token that is of another login (nonce)", claims => claims.Remove("nonce") },
        { "sent an ID token that is of another issuer (iss)", claims => claims["iss"] = $"{claims["iss"]}/" },
        { "sent an ID token that is of another issuer (iss)", claims => claims.Remove("iss") },
        { "sent an ID token that is for another client (aud)", claims => claims["aud"] = "another" },
        { "sent an ID token that is for another client (aud)", claims => claims["aud"] = "waxseal/" },
        { "sent an ID token that is for another client (aud)", claims => claims.Remove("aud") },
        { "sent an ID token that is for another client (azp)", claims => claims["aud"] = new JsonArray("waxseal", "another") },
        { "sent an ID token that is for another client (azp)", claims => claims["azp"] = "another" },
        { "sent an ID token that has expired, or does not hold yet (exp, nbf); are the clocks right?", claims => claims["exp"] = (long)claims["iat"]! - 61 },
        { "sent an ID token that has expired, or does not hold yet (exp, nbf); are the clocks right?", claims => claims.Remove("exp") },
        { "sent an ID token that has expired, or does not hold yet (exp, nbf); are the clocks right?", claims => claims["nbf"] = (long)claims["iat"]! + 61 },
        { "sent an ID token that does not say when it was made (iat)", claims => claims.Remove("iat") },
        { "sent an ID token that is not made yet (iat); the clocks are apart", claims => claims["iat"] = (long)claims["iat"]! + 61 },
        { "sent an ID token that does not say who it is of (sub)", claims => claims.Remove("sub") },
        { "sent an ID token that does not say who it is of (sub)", claims => claims["sub"] = new string('x', 256) },
    };

    [Theory, MemberData(nameof(Claims))]
    public async Task A_token_whose_claims_do_not_fit_lets_nobody_in(string reason, Action<JsonObject> change)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Claims = change;

        await AssertDenied(lab, reason);
    }

    public static TheoryData<string, Func<TestKey, JsonObject, string?>> Tokens => new()
    {
        { "sent no ID token that is signed in a way that is taken", (_, _) => null },
        { "sent no ID token that is signed in a way that is taken", (_, _) => "a.b.c" },
        { "sent no ID token that is signed in a way that is taken", (_, _) => "" },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Signing("none", _ => []).Sign(claims) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Signing("None", _ => []).Sign(claims) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Signing("HS256", text => HMACSHA256.HashData(Encoding.ASCII.GetBytes((string)key.Shown["n"]!), text)).Sign(claims) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Signing("HS256", text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(TestProvider.Secret), text)).Sign(claims) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Sign(claims) + ".x.y" },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Sign(claims, header => (header["crit"], header["b64"]) = (new JsonArray("b64"), false)) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.SignText(claims.ToJsonString().Replace("{", "{\"nonce\":\"x\",", StringComparison.Ordinal)) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.SignText("[]") },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.SignText("no json") },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.SignText(new string('[', 10_000)) },
        { "sent no ID token that is signed in a way that is taken", (key, claims) => key.Sign(With(claims, "x", new string('x', 60_000))) },
        { "sent an ID token that has a signature that does not hold", (key, claims) => key.Signing(key.Algorithm, _ => []).Sign(claims) },
        { "sent an ID token that has a signature that does not hold", (key, claims) => TestKey.New("RS256", key.Id).Sign(claims) },
        { "sent an ID token that has a signature that does not hold", (key, claims) => key.Sign(claims) is var text ? $"{text.Split('.')[0]}.{key.Sign(With(claims, "preferred_username", "root")).Split('.')[1]}.{text.Split('.')[2]}" : null },
        { "sent an ID token that has a signature that does not hold", (key, claims) => key.Signing("RS384", text => TestKeySignature(key, text)).Sign(claims) },
        { "sent an ID token signed by a key that it does not show", (_, claims) => TestKey.New("RS256", "unknown").Sign(claims) },
        { "sent an ID token signed by a key that it does not show", (_, claims) => TestKey.New("ES256", "first").Sign(claims) },
        {
            "sent an ID token signed by a key that it does not show",
            (_, claims) => TestKey.New("RS256", "own") is var own ? own.Sign(claims, header => header["jwk"] = own.Shown.DeepClone()) : null
        },
    };

    [Theory, Rfc(7515, "4.1.11"), Rfc(7518, "3.1"), MemberData(nameof(Tokens))]
    public async Task A_token_that_the_provider_did_not_sign_lets_nobody_in(string reason, Func<TestKey, JsonObject, string?> make)
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Token = claims => make(lab.Provider.Key, claims);

        await AssertDenied(lab, reason);
    }

    [Fact]
    public async Task Clocks_may_be_apart_by_a_minute()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Claims = claims => (claims["exp"], claims["nbf"], claims["azp"], claims["aud"]) = ((long)claims["iat"]! - 59, (long)claims["iat"]! + 59, "waxseal", new JsonArray("another", "waxseal"));
        using Browser browser = lab.NewBrowser();

        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
    }

    [Fact]
    public async Task A_token_need_not_name_the_only_key()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        lab.Provider.Token = claims => lab.Provider.Key.Sign(claims, header => header.Remove("kid"));
        using Browser browser = lab.NewBrowser();

        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        lab.Provider.Shown = [lab.Provider.Key.Shown.DeepClone(), TestKey.New("RS256", "second").Shown];
        lab.Dashboard.Clock.Move(TimeSpan.FromHours(1));
        await AssertDenied(lab, "sent an ID token signed by a key that it does not show");
    }

    [Fact]
    public async Task A_new_key_is_looked_for_now_and_then()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        lab.Provider.Key = TestKey.New("ES256", "second");
        browser.Cookies.Clear();

        for (int i = 0; i < 3; i++)
            Assert.Equal(403, (await lab.LogInAsync(browser)).Status);
        Assert.Equal(1, lab.Provider.Asked.Count(path => path == "/keys"));

        lab.Dashboard.Clock.Move(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        Assert.Equal((2, 1), (lab.Provider.Asked.Count(path => path == "/keys"), lab.Provider.Asked.Count(path => path == "/.well-known/openid-configuration")));
    }

    [Fact]
    public async Task A_key_that_is_shown_no_more_holds_no_longer_than_an_hour()
    {
        await using OidcLab lab = await OidcLab.StartAsync();
        using Browser browser = lab.NewBrowser();
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        lab.Provider.Shown = [TestKey.New("RS256", "second").Shown];
        lab.Dashboard.Clock.Move(TimeSpan.FromHours(1));

        await AssertDenied(lab, "sent an ID token signed by a key that it does not show");
    }

    private static async Task AssertDenied(OidcLab lab, string reason)
    {
        using Browser browser = lab.NewBrowser();
        Answer answer = await lab.LogInAsync(browser);
        Assert.Equal((403, $"{new Uri(lab.Provider.Issuer).Host} {reason}."), (answer.Status, OidcLab.ProblemIn(answer)));
        Assert.Contains($"Login failed account=(unknown) source=127.0.0.1 reason=the provider {reason}", lab.Dashboard.Logged);
        Assert.DoesNotContain("waxseal", browser.Cookies.Keys);
        Assert.False(await OidcLab.IsInAsync(browser));
    }

    private static JsonObject With(JsonObject claims, string name, string value)
    {
        var changed = (JsonObject)claims.DeepClone();
        changed[name] = value;
        return changed;
    }

    // A signature by RS256 under a header that says RS384.
    private static byte[] TestKeySignature(TestKey key, byte[] text) => System.Buffers.Text.Base64Url.DecodeFromChars(key.SignText(Encoding.ASCII.GetString(text)).Split('.')[2]);
}
