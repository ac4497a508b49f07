using System.Text.Json.Nodes;
using Waxseal.Dashboard.Oidc;

namespace Waxseal.Tests.Dashboard.Oidc;

public class SigningKeysTests
{
    private const string None = "it shows no key with which it could sign";
    private const string NoSet = "what it shows is no set of keys";

    [Fact]
    public void A_key_is_found_by_its_name_and_kind()
    {
        TestKey rsa = TestKey.New("RS256", "a"), curve = TestKey.New("ES256", "b"), only = TestKey.New("RS256", "c");
        only.Shown["alg"] = "PS256";
        SigningKeys keys = Read(rsa, curve, only).Keys!;

        Assert.Equal("a", keys.Find("a", "RS256")?.Kid);
        Assert.Equal("b", keys.Find("b", "ES256")?.Kid);
        Assert.Equal("b", keys.Find(null, "ES256")?.Kid);
        Assert.Equal("c", keys.Find("c", "PS256")?.Kid);
        Assert.Equal("a", keys.Find(null, "RS256")?.Kid);
        Assert.Null(keys.Find(null, "PS256"));
        Assert.Null(keys.Find("c", "RS256"));
        Assert.Null(keys.Find("a", "ES256"));
        Assert.Null(keys.Find("b", "ES384"));
        Assert.Null(keys.Find("A", "RS256"));
        Assert.Null(keys.Find("a", "none"));
        Assert.Null(keys.Find("a", "HS256"));
    }

    [Fact, Rfc(7517, "4.2"), Rfc(7517, "4.3"), Rfc(7518, "3.3")]
    public void Keys_for_something_else_and_weak_ones_are_left_out()
    {
        TestKey encrypts = TestKey.New("RS256", "a"), weak = TestKey.New("RS256", "b", bits: 1024), signs = TestKey.New("RS256", "c");
        encrypts.Shown["use"] = "enc";
        signs.Shown["key_ops"] = new JsonArray("sign");
        JsonObject secret = new() { ["kty"] = "oct", ["kid"] = "d", ["k"] = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0" };

        Assert.Equal(None, SigningKeys.Read(Set(encrypts.Shown, weak.Shown, signs.Shown, secret)).Problem);
    }

    [Theory]
    [InlineData("{}", None)]
    [InlineData("""{"keys":[]}""", None)]
    [InlineData("""{"keys":[{}]}""", None)]
    [InlineData("""{"keys":[{"kty":"RSA"}]}""", None)]
    [InlineData("""{"keys":[{"kty":"RSA","n":"!!","e":"AQAB"}]}""", None)]
    [InlineData("""{"keys":5}""", NoSet)]
    [InlineData("""{"keys":[5]}""", None)]
    [InlineData("", NoSet)]
    public void What_is_no_set_of_keys_is_told_in_words(string json, string problem) => Assert.Equal(problem, SigningKeys.Read(json).Problem);

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","kid":"first","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","kid":"first","x":"!!","y":"!!"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","kid":"first"}""")]
    public async Task By_a_key_that_is_none_no_signature_holds(string broken)
    {
        await using OidcLab lab = await OidcLab.StartAsync(with: provider => (provider.Key, provider.Shown) = (TestKey.New("ES256", "first"), [JsonNode.Parse(broken)]));
        using Browser browser = lab.NewBrowser();

        Answer answer = await lab.LogInAsync(browser);

        Assert.Equal((403, "127.0.0.1 sent an ID token that has a signature that does not hold."), (answer.Status, OidcLab.ProblemIn(answer)));
    }

    [Fact]
    public void One_key_that_is_none_does_not_spoil_the_others()
    {
        JsonObject broken = new() { ["kty"] = "RSA", ["kid"] = "a", ["n"] = "!!", ["e"] = "AQAB" };

        Assert.NotNull(SigningKeys.Read(Set(broken, TestKey.New("RS256", "b").Shown)).Keys!.Find("b", "RS256"));
    }

    private static (SigningKeys? Keys, string? Problem) Read(params TestKey[] keys) => SigningKeys.Read(Set([.. keys.Select(key => key.Shown)]));

    private static string Set(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.DeepClone())]) }.ToJsonString();
}
