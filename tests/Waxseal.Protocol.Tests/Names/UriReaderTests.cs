using System.Text;
using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Names;

public class UriReaderTests
{
    [Theory, Rfc(3986, "3")]
    [InlineData("mailto:a@example.com")]
    [InlineData("mailto:")]
    [InlineData("urn:example:a,b;c=1")]
    [InlineData("https://example.com")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com?q/?")]
    [InlineData("https://example.com#f/?")]
    [InlineData("https://example.com:")]
    [InlineData("https://example.com:8443/a/../b//c;d=1?x=y&z=%20#top")]
    [InlineData("https://u:p%40@example.com/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://[2001:db8::1]:443/")]
    [InlineData("https://a_b.example/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("a+b-c.1:x")]
    public void A_URI_is_read_to_its_end(string text) => Assert.True(TryRead(text, out _));

    [Theory, Rfc(3986, "3")]
    [InlineData("", 0)]
    [InlineData("1a:x", 0)]
    [InlineData("example.com/x", 11)]
    [InlineData("//example.com/x", 0)]
    [InlineData(":x", 0)]
    [InlineData("mailto:a b", 8)]
    [InlineData("mailto:a%2", 8)]
    [InlineData("mailto:a%zz", 8)]
    [InlineData("mailto:%", 7)]
    [InlineData("mailto:\"a\"", 7)]
    [InlineData("https://a@b@c/", 11)]
    [InlineData("https://ex[ample/", 10)]
    [InlineData("https://[2001:db8::1/", 8)]
    [InlineData("https://[::1]x/", 13)]
    [InlineData("https://example.com:8a/", 21)]
    [InlineData("https://example.com/#a#b", 22)]
    [InlineData("https://example.com/\u00fc", 20)]
    [InlineData("https://example.com/\\", 20)]
    public void What_does_not_fit_is_found(string text, int offset)
    {
        Assert.False(TryRead(text, out int fault));
        Assert.Equal(offset, fault);
    }

    [Fact, Rfc(3986, "3")]
    public void The_parts_of_a_URI_are_told_apart()
    {
        Assert.True(UriReader.TryRead("HTTPS://me@r.example.com:8443/in/x?d=1#f"u8, out UriParts parts, out _));

        Assert.True(parts.HasScheme("https"u8));
        Assert.True(parts.HasAuthority);
        Assert.True(parts.HasUserInfo);
        Assert.Equal("r.example.com", Encoding.ASCII.GetString(parts.Host));
        Assert.Equal("8443", Encoding.ASCII.GetString(parts.Port));
        Assert.Equal("/in/x", Encoding.ASCII.GetString(parts.Path));
        Assert.True(parts.HasQuery);
    }

    [Theory, Rfc(3986, "3.2.2")]
    [InlineData("::", true)]
    [InlineData("::1", true)]
    [InlineData("1::", true)]
    [InlineData("1:2:3:4:5:6:7:8", true)]
    [InlineData("1:2:3:4:5:6:7::", true)]
    [InlineData("::2:3:4:5:6:7:8", true)]
    [InlineData("1:2:3::5:6:7:8", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("1:2:3:4:5:6:192.0.2.1", true)]
    [InlineData("v1.a:b", true)]
    [InlineData("vF.x", true)]
    [InlineData("", false)]
    [InlineData(":", false)]
    [InlineData(":::", false)]
    [InlineData(":1", false)]
    [InlineData("1:", false)]
    [InlineData("1::2::3", false)]
    [InlineData("1:2:3:4:5:6:7", false)]
    [InlineData("1:2:3:4:5:6:7:8:9", false)]
    [InlineData("1:2:3:4:5:6:7:8::", false)]
    [InlineData("1:2:3:4:5:6:7:192.0.2.1", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::192.0.2.1:1", false)]
    [InlineData("::12345", false)]
    [InlineData("::g", false)]
    [InlineData("::192.0.2.256", false)]
    [InlineData("::192.0.2.01", false)]
    [InlineData("::192.0.2", false)]
    [InlineData("::192.0.2.1.1", false)]
    [InlineData("fe80::1%25eth0", false)]
    [InlineData("v.x", false)]
    [InlineData("v1.", false)]
    [InlineData("v1.a/b", false)]
    public void An_address_in_brackets_is_of_version_6_or_later(string text, bool expected) =>
        Assert.Equal(expected, IpLiteral.IsValid(Encoding.ASCII.GetBytes(text)));

    private static bool TryRead(string text, out int fault) =>
        UriReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out fault);
}
