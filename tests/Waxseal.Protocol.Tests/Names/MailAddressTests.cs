using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Names;

public class MailAddressTests
{
    [Theory, Rfc(5321, "4.1.2")]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData("First.Last+tag@EXAMPLE.com", "First.Last+tag@example.com")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("\"a@b\"@example.com", "\"a@b\"@example.com")]
    [InlineData("\"a\\\"\\\\\"@example.com", "\"a\\\"\\\\\"@example.com")]
    [InlineData("a@bücher.example", "a@xn--bcher-kva.example")]
    public void An_address_keeps_its_local_part_and_folds_its_domain(string text, string expected)
    {
        Assert.True(MailAddress.TryParse(text, out MailAddress? address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory, Rfc(5321, "4.1.2")]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a,b@example.com")]
    [InlineData("ä@example.com")]
    [InlineData("\"a@example.com")]
    [InlineData("\"a\"b\"@example.com")]
    [InlineData("\"a\\\"@example.com")]
    [InlineData("\"a\r\nb\"@example.com")]
    [InlineData("<a@example.com>")]
    public void What_SMTP_cannot_carry_is_no_address(string text) => Assert.False(MailAddress.TryParse(text, out _));

    [Fact, Rfc(5321, "4.5.3.1.1")]
    public void A_local_part_has_64_characters_at_most()
    {
        Assert.True(MailAddress.TryParse(new string('a', 64) + "@example.com", out _));
        Assert.False(MailAddress.TryParse(new string('a', 65) + "@example.com", out _));
        Assert.False(MailAddress.TryParse(new string(' ', 63) + "@example.com", quoteIfNeeded: true, out _));
    }
}
