using Waxseal.Protocol.TlsRpt.Forms;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Forms;

public class FormsTests
{
    [Theory, Rfc(8460, "4.4")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1")]
    [InlineData("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("::", "::")]
    public void An_address_has_one_form(string text, string expected)
    {
        Assert.True(AddressText.TryNormalize(text, out string? normal));
        Assert.Equal(expected, normal);
    }

    [Theory, Rfc(8460, "4.4")]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData("256.0.0.1")]
    [InlineData("01.2.3.4")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("1.2.3.4 ")]
    [InlineData("+1.2.3.4")]
    [InlineData("\u0661.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("::1/64")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:192.0.2.01")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("cafe")]
    public void What_is_no_address_is_refused(string text) => Assert.False(AddressText.TryNormalize(text, out _));

    [Theory, Rfc(5322, "3.4.1")]
    [InlineData("tls@sender.example", true)]
    [InlineData("a.b+c=d@Sender.Example", true)]
    [InlineData("\"two words\"@sender.example", true)]
    [InlineData("\"a@b\"@sender.example", true)]
    [InlineData("\"a\\\"b\"@sender.example", true)]
    [InlineData("\"a\"b\"@sender.example", false)]
    [InlineData("\"a\\\"@sender.example", false)]
    [InlineData("\"@sender.example", false)]
    [InlineData("@sender.example", false)]
    [InlineData("tls@", false)]
    [InlineData("tls", false)]
    [InlineData("a..b@sender.example", false)]
    [InlineData(".a@sender.example", false)]
    [InlineData("tls@sender.example.", false)]
    [InlineData("tls@[192.0.2.1]", false)]
    [InlineData(" tls@sender.example", false)]
    [InlineData("mailto:tls@sender.example", false)]
    [InlineData("t\u00FCv@sender.example", false)]
    public void A_contact_is_an_addr_spec(string text, bool expected) => Assert.Equal(expected, ContactText.IsAddrSpec(text));

    [Theory, Rfc(3986, "3")]
    [InlineData("https://sender.example/a?b=%2C#c", true)]
    [InlineData("urn:uuid:1", true)]
    [InlineData("x+y-z.1:a", true)]
    [InlineData("https:", false)]
    [InlineData("//sender.example/", false)]
    [InlineData("1a:b", false)]
    [InlineData(":b", false)]
    [InlineData("https://a b/", false)]
    [InlineData("https://a/\"", false)]
    [InlineData("https://a/%2", false)]
    [InlineData("https://a/%zz", false)]
    [InlineData("https://a/\u00FC", false)]
    public void A_URI_has_a_scheme_and_only_its_own_characters(string text, bool expected) =>
        Assert.Equal(expected, UriText.IsUri(text));

    [Theory, Rfc(5321, "4.1.1.1")]
    [InlineData("250-mx.example\r\n250 SIZE", "mx.example")]
    [InlineData("250-mx.example Hello\n250 SIZE", "mx.example")]
    [InlineData("250 mx.example", "mx.example")]
    [InlineData("220 mx.example ESMTP", "mx.example")]
    [InlineData("mx.example\r\nPIPELINING", "mx.example")]
    [InlineData("mx.example", null)]
    [InlineData("mx.example ESMTP", null)]
    [InlineData("250", null)]
    [InlineData("250 ", null)]
    [InlineData("\r\n", null)]
    [InlineData("2505 x", null)]
    public void The_host_name_is_taken_out_of_a_reply(string text, string? expected) =>
        Assert.Equal(expected, HeloText.TryReduce(text, out string? name) ? name : null);

    [Theory, Rfc(3339, "5.6")]
    [InlineData("2026-03-04T05:06:07Z", "2026-03-04T05:06:07.0000000")]
    [InlineData("2026-03-04t05:06:07z", "2026-03-04T05:06:07.0000000")]
    [InlineData("2026-03-04T05:06:07.5Z", "2026-03-04T05:06:07.5000000")]
    [InlineData("2026-03-04T05:06:07.123456789Z", "2026-03-04T05:06:07.1234567")]
    [InlineData("2026-03-04T05:06:07+05:30", "2026-03-03T23:36:07.0000000")]
    [InlineData("2026-03-04T05:06:07-00:00", "2026-03-04T05:06:07.0000000")]
    [InlineData("2026-12-31T23:59:60Z", "2026-12-31T23:59:59.0000000")]
    [InlineData("2024-02-29T00:00:00-23:59", "2024-02-29T23:59:00.0000000")]
    public void A_date_time_is_read_in_UTC(string text, string expected)
    {
        Assert.True(DateTimeText.TryParse(text, out DateTimeOffset utc, out bool hasZone));
        Assert.True(hasZone);
        Assert.Equal(expected, $"{utc.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}");
    }

    [Fact, Rfc(3339, "5.6")]
    public void A_missing_zone_is_told()
    {
        Assert.True(DateTimeText.TryParse("2026-03-04T05:06:07", out _, out bool hasZone));
        Assert.False(hasZone);
    }
}
