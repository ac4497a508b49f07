using System.Text.Json;
using System.Text.Json.Nodes;
using Waxseal.Dashboard.Oidc;

namespace Waxseal.Tests.Dashboard.Oidc;

public class AccountClaimTests
{
    [Theory]
    [InlineData("preferred_username", """{"preferred_username":"Alice"}""", "alice", null)]
    [InlineData("preferred_username", """{"sub":"1"}""", null, "does not say who you are: preferred_username is missing")]
    [InlineData("preferred_username", """{"preferred_username":["alice"]}""", null, "does not say who you are: preferred_username is missing")]
    [InlineData("preferred_username", """{"preferred_username":""}""", null, "does not say who you are: preferred_username is missing")]
    [InlineData("preferred_username", """{"preferred_username":"аlice"}""", null, "calls you аlice, which can be no name of an account")]
    [InlineData("preferred_username", """{"preferred_username":"a b"}""", null, "calls you a b, which can be no name of an account")]
    [InlineData("email", """{"email":"Alice+x@Example.test","email_verified":true}""", "alice+x@example.test", null)]
    [InlineData("email", """{"email":"a@b.test","email_verified":"true"}""", "a@b.test", null)]
    [InlineData("email", """{"email":"a@b.test","email_verified":false}""", null, "has not verified your address of mail")]
    [InlineData("email", """{"email":"a@b.test","email_verified":"True"}""", null, "has not verified your address of mail")]
    [InlineData("email", """{"email":"a@b.test","email_verified":1}""", null, "has not verified your address of mail")]
    [InlineData("email", """{"email":"a@b.test"}""", null, "has not verified your address of mail")]
    [InlineData("sub", """{"sub":"248289761001"}""", "248289761001", null)]
    [InlineData("sub", """{"sub":"AbC"}""", null, "calls you AbC, with capitals, by which accounts are not told apart; another accountClaim is needed")]
    [InlineData("oid", """{"oid":"5d7c3a1e-0000-4000-8000-000000000001"}""", "5d7c3a1e-0000-4000-8000-000000000001", null)]
    public void The_claim_names_the_account(string claim, string claims, string? name, string? problem) =>
        Assert.Equal((name, problem), AccountClaim.Find(JsonDocument.Parse(claims).RootElement, claim));

    [Fact]
    public async Task What_the_token_does_not_tell_the_provider_is_asked_for()
    {
        await using OidcLab lab = await OidcLab.StartAsync(more: "accountClaim = \"email\"");
        await lab.Dashboard.AddAccountWithoutPasswordAsync("alice@example.test");
        using Browser browser = lab.NewBrowser();
        Assert.Equal(200, (await lab.LogInAsync(browser)).Status);
        Assert.DoesNotContain("/userinfo", lab.Provider.Asked);

        lab.Provider.Claims = claims => claims.Remove("email");
        Assert.Equal(200, (await lab.LogInAsync(lab.NewBrowser())).Status);
        Assert.Contains("/userinfo", lab.Provider.Asked);
    }

    [Theory]
    [InlineData("""{"sub":"another","email":"alice@example.test","email_verified":true}""", "tells of somebody else than the ID token (sub).")]
    [InlineData("""{"email":"alice@example.test","email_verified":true}""", "tells of somebody else than the ID token (sub).")]
    [InlineData("""{"sub":"248289761001","email":"alice@example.test","email_verified":false}""", "has not verified your address of mail.")]
    [InlineData("""{"sub":"248289761001"}""", "does not say who you are: email is missing.")]
    public async Task What_is_told_of_another_or_not_verified_counts_for_nothing(string told, string words)
    {
        await using OidcLab lab = await OidcLab.StartAsync(more: "accountClaim = \"email\"");
        await lab.Dashboard.AddAccountWithoutPasswordAsync("alice@example.test");
        lab.Provider.Claims = claims => claims.Remove("email_verified");
        lab.Provider.UserInfo = (JsonObject)JsonNode.Parse(told)!;
        using Browser browser = lab.NewBrowser();

        Answer answer = await lab.LogInAsync(browser);

        Assert.Equal((403, $"127.0.0.1 {words}"), (answer.Status, OidcLab.ProblemIn(answer)));
        Assert.False(await OidcLab.IsInAsync(browser));
    }
}
