using Waxseal.Net.Dns;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns;

public class RecordPresentationTests
{
    [Theory, Rfc(1035, "5.1")]
    [InlineData("A", "C6120001", "198.18.0.1")]
    [InlineData("AAAA", "20010002000000000000000000000001", "2001:2::1")]
    [InlineData("MX", "000A026D780474657374" + "00", "10 mx.test")]
    [InlineData("CNAME", "0161047465737400", "a.test")]
    [InlineData("TXT", "0361226202073B", "\"a\\\"b\" \"\\007;\"")]
    [InlineData("TLSA", "030101" + "00", "3 1 1 00")]
    [InlineData("CAA", "0005697373756563612E74657374", "0 issue \"ca.test\"")]
    public void Data_reads_as_in_a_zone_file(string type, string octets, string expected)
    {
        string text = RecordPresentation.Of(type, Convert.FromHexString(octets));

        Assert.Equal(expected, text);
    }

    [Theory, Rfc(3597, "5")]
    [InlineData("MX", "000A02")]
    [InlineData("MX", "")]
    [InlineData("CNAME", "0161")]
    [InlineData("CNAME", "C00C")]
    [InlineData("CNAME", "0161047465737400FF")]
    [InlineData("TXT", "05616263")]
    [InlineData("CAA", "00FF61")]
    [InlineData("A", "0A0000")]
    [InlineData("SOA", "00")]
    public void What_does_not_fit_its_type_is_written_as_octets(string type, string octets) =>
        Assert.Equal($"\\# {octets.Length / 2} {octets}", RecordPresentation.Of(type, Convert.FromHexString(octets)));
}
