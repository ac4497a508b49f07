using Waxseal.Protocol.TlsRpt.Records;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Records;

public class RuaTests
{
    [Theory, Rfc(6068, "2"), Rfc(8460, "3")]
    [InlineData("mailto:a@example.com", "a@example.com")]
    [InlineData("MAILTO:a@Example.COM", "a@example.com")]
    [InlineData("mailto:tls+rpt@example.com", "tls+rpt@example.com")]
    [InlineData("mailto:a%21b@example.com", "a!b@example.com")]
    [InlineData("mailto:a%2Cb@example.com", "\"a,b\"@example.com")]
    [InlineData("mailto:%22not%40me%22@example.com", "\"not@me\"@example.com")]
    [InlineData("mailto:not%40me@example.com", "\"not@me\"@example.com")]
    [InlineData("mailto:a%40example.com", "a@example.com")]
    [InlineData("mailto:a@b%C3%BCcher.example", "a@xn--bcher-kva.example")]
    [InlineData("mailto:a@example.com?bcc=x@y.example", "a@example.com")]
    [InlineData("mailto:a@example.com#x", "a@example.com")]
    public void A_mail_destination_is_decoded_to_one_address(string text, string address)
    {
        Assert.True(Rua.TryParse(text, out Rua? rua));

        var mailto = Assert.IsType<Rua.Mailto>(rua);
        Assert.Equal(address, mailto.Address.ToString());
        Assert.Equal(text, mailto.Text);
        Assert.True(mailto.IsUsable);
    }

    [Theory]
    [InlineData("mailto:a%0D%0Ab@example.com")]
    [InlineData("mailto:a%00@example.com")]
    [InlineData("mailto:%FF@example.com")]
    [InlineData("mailto:%C3%A4@example.com")]
    [InlineData("mailto:a@exam%0Aple.com")]
    [InlineData("mailto:a@%5B192.0.2.1%5D")]
    [InlineData("mailto:")]
    [InlineData("mailto:?to=a@example.com")]
    [InlineData("mailto://a@example.com")]
    [InlineData("https:r.example.com")]
    [InlineData("https:///x")]
    [InlineData("https://:443/x")]
    [InlineData("https://r.example.com:0/x")]
    [InlineData("https://r.example.com:65536/x")]
    [InlineData("http://r.example.com/x")]
    [InlineData("ftp://r.example.com/x")]
    public void A_URI_no_report_can_go_to_is_listed_as_unusable(string text)
    {
        Assert.True(Rua.TryParse(text, out Rua? rua));

        Assert.IsType<Rua.Unusable>(rua);
        Assert.Equal(text, rua.Text);
        Assert.False(rua.IsUsable);
    }

    [Theory, Rfc(8460, "3")]
    [InlineData("https://r.example.com")]
    [InlineData("HTTPS://R.Example.com:8443/in?d=example.com&k=1#f")]
    [InlineData("https://[2001:db8::1]:/tlsrpt")]
    [InlineData("https://me:pw@r.example.com/")]
    public void An_https_destination_is_kept_as_published(string text)
    {
        Assert.True(Rua.TryParse(text, out Rua? rua));

        Assert.IsType<Rua.Https>(rua);
        Assert.Equal(text, rua.ToString());
    }

    [Theory, Rfc(8460, "3")]
    [InlineData("")]
    [InlineData("a@example.com")]
    [InlineData("mailto:a@example.com!10m")]
    [InlineData("https://r.example.com/a!b")]
    [InlineData("<mailto:a@example.com>")]
    [InlineData("https://r.example.com/a b")]
    [InlineData("https://r.example.com/%zz")]
    [InlineData("mailto:a,b@example.com")]
    [InlineData("https://r.example.com/a;b")]
    public void What_a_record_may_not_hold_is_no_destination(string text) => Assert.False(Rua.TryParse(text, out _));
}
