using System.Security.Cryptography;
using System.Text;
using Waxseal.Dashboard.Oidc;

namespace Waxseal.Tests.Dashboard.Oidc;

public class LoginAttemptTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_browser_keeps_is_read_again_by_any_process()
    {
        LoginAttempt begun = LoginAttempt.Begin("/reports?domain=a.test&x=%20", Now.AddMilliseconds(400));

        LoginAttempt read = LoginAttempt.Read(begun.ToCookie(), Now.AddMinutes(9))!;

        Assert.Equal(begun, read);
        Assert.Equal((begun.State, begun.Nonce, begun.Verifier), (read.State, read.Nonce, read.Verifier));
    }

    [Fact]
    public void None_of_what_is_made_of_the_secret_tells_of_another()
    {
        LoginAttempt attempt = LoginAttempt.Begin("/", Now);

        Assert.Equal(5, new[] { attempt.Secret, attempt.State, attempt.Nonce, attempt.Verifier, attempt.Challenge }.Distinct().Count());
        Assert.NotEqual(attempt.State, (attempt with { To = "/a" }).State);
        Assert.NotEqual(attempt.State, (attempt with { BegunAt = Now.AddSeconds(1) }).State);
        Assert.NotEqual(attempt.State, LoginAttempt.Begin("/", Now).State);
    }

    [Fact, Rfc(7636, "4.1"), Rfc(7636, "4.2")]
    public void The_challenge_is_the_digest_of_a_verifier_of_43_letters()
    {
        LoginAttempt attempt = LoginAttempt.Begin("/", Now);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", attempt.Verifier);
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_'), attempt.Challenge);
    }

    [Fact]
    public void A_path_that_is_too_long_or_of_another_site_is_forgotten()
    {
        Assert.Equal("/", LoginAttempt.Begin($"/{new string('x', 1024)}", Now).To);
        Assert.Equal("/", LoginAttempt.Read((LoginAttempt.Begin("/", Now) with { To = "//evil.test" }).ToCookie(), Now)!.To);
        Assert.True(LoginAttempt.Begin($"/{new string('x', 1023)}", Now).ToCookie().Length < 2048);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(600)]
    public void One_from_the_future_or_too_old_is_none(int seconds) =>
        Assert.Null(LoginAttempt.Read(LoginAttempt.Begin("/", Now).ToCookie(), Now.AddSeconds(seconds)));
}
