using System.Net;
using System.Text;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Access;
using Waxseal.Tests.Monitor;

namespace Waxseal.Tests.Dashboard;

public class SecretsTests
{
    private static readonly byte[] RfcSecret = Encoding.ASCII.GetBytes("12345678901234567890");

    // The vectors have eight digits, of which ours are the last six.
    [Theory, Rfc(6238, "B")]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code[2..], Totp.CodeOf(RfcSecret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory, Rfc(6238, "5.2")]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void A_code_holds_one_step_to_either_side(int seconds, bool holds)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        string code = Totp.CodeOf(RfcSecret, Totp.StepAt(now.AddSeconds(seconds)));

        Assert.Equal(holds, Totp.StepOf(RfcSecret, $"{code[..3]} {code[3..]}", now) is not null);
        Assert.Null(Totp.StepOf(RfcSecret, "", now));
    }

    [Theory, Rfc(4648, "10")]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string plain, string text)
    {
        Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.Equal(Encoding.ASCII.GetBytes(plain), Base32.Decode(text.ToLowerInvariant()));
        Assert.Null(Base32.Decode("1"));
    }

    [Fact]
    public async Task A_password_is_known_again_by_its_digest_alone()
    {
        using Passwords passwords = new();
        string digest = Passwords.Digest("correct horse battery", rounds: 1000);

        Assert.True(await passwords.VerifyAsync("correct horse battery", digest, TestContext.Current.CancellationToken));
        Assert.False(await passwords.VerifyAsync("Correct horse battery", digest, TestContext.Current.CancellationToken));
        Assert.False(await passwords.VerifyAsync("correct horse battery", null, TestContext.Current.CancellationToken));
        Assert.False(await passwords.VerifyAsync("correct horse battery", "nonsense$1$2", TestContext.Current.CancellationToken));
        Assert.NotEqual(digest, Passwords.Digest("correct horse battery", rounds: 1000));
        Assert.True(Passwords.IsOld(digest));
        Assert.False(Passwords.IsOld(digest.Replace("$1000$", $"${Passwords.Rounds}$", StringComparison.Ordinal)));
    }

    [Fact]
    public void Passwords_are_neither_short_nor_endless()
    {
        Assert.NotNull(Passwords.ProblemOf(new('a', 11)));
        Assert.Null(Passwords.ProblemOf(new('a', 12)));
        Assert.NotNull(Passwords.ProblemOf(new('a', 1025)));
        Assert.InRange(Passwords.Rounds, 600_000, int.MaxValue);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(14, 512)]
    [InlineData(15, 900)]
    [InlineData(int.MaxValue, 900)]
    public void Each_failure_after_the_fifth_doubles_the_wait(int failures, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Delays.After(failures));

    [Fact]
    public void An_address_waits_whatever_the_account_and_its_network_with_it()
    {
        MovedClock clock = new(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
        SourceDelays delays = new(clock);
        IPAddress one = IPAddress.Parse("2001:db8::1"), neighbour = IPAddress.Parse("2001:db8::ffff:2"), stranger = IPAddress.Parse("2001:db8:0:1::1");

        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(delays.Begin(one)));
        Assert.Equal(TimeSpan.FromSeconds(1), delays.Begin(neighbour));
        Assert.Null(delays.Begin(stranger));
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.Null(delays.Begin(one));
        Assert.Equal(TimeSpan.FromSeconds(2), delays.Begin(one));
        delays.End(one);
        Assert.Null(delays.Begin(one));
    }

    [Theory]
    [InlineData("/domains/a.test?days=14", "/domains/a.test?days=14")]
    [InlineData("//evil.test/", "/")]
    [InlineData("/\\evil.test/", "/")]
    [InlineData("https://evil.test/", "/")]
    [InlineData("/a\r\nSet-Cookie: b", "/")]
    [InlineData(null, "/")]
    public void A_login_leads_to_this_site_alone(string? text, string path) => Assert.Equal(path, ReturnPath.Of(text));
}
