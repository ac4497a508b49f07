using System.Net;
using Microsoft.Extensions.Primitives;
using Waxseal.Hosting.Listening;

namespace Waxseal.Tests.Hosting;

public class ForwardedSourceTests
{
    [Theory]
    [InlineData("198.51.100.9", "203.0.113.5", "198.51.100.9")] // a stranger's word counts for nothing
    [InlineData("192.0.2.1", null, "192.0.2.1")]
    [InlineData("192.0.2.1", "203.0.113.5", "203.0.113.5")]
    [InlineData("192.0.2.1", "1.1.1.1, 203.0.113.5", "203.0.113.5")] // what is to the left may be made up
    [InlineData("192.0.2.1", "1.1.1.1, 203.0.113.5, 10.1.2.3", "203.0.113.5")]
    [InlineData("192.0.2.1", "10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:192.0.2.1", "203.0.113.5", "203.0.113.5")]
    [InlineData("192.0.2.1", "::ffff:203.0.113.5", "203.0.113.5")]
    [InlineData("192.0.2.1", "[2001:db8::5]:4711", "2001:db8::5")]
    [InlineData("192.0.2.1", "2001:db8::5", "2001:db8::5")]
    [InlineData("192.0.2.1", "203.0.113.5:4711", "203.0.113.5")]
    [InlineData("192.0.2.1", "203.0.113.5, unknown", "192.0.2.1")]
    [InlineData("192.0.2.1", "fe80::1%eth0", "192.0.2.1")]
    [InlineData("192.0.2.1", "", "192.0.2.1")]
    [InlineData("192.0.2.1", ",,,", "192.0.2.1")]
    public void The_right_most_address_that_is_none_of_ours_is_the_source(string peer, string? header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Of(peer, header, ForwardedSource.ForwardedFor));

    [Theory, Rfc(7239, "4")]
    [InlineData("for=203.0.113.5", "203.0.113.5")]
    [InlineData("for=1.1.1.1, for=203.0.113.5;proto=https;by=192.0.2.1", "203.0.113.5")]
    [InlineData("proto=https;For=\"[2001:db8::5]:4711\"", "2001:db8::5")]
    [InlineData("for=_hidden", "192.0.2.1")]
    [InlineData("by=203.0.113.5", "192.0.2.1")]
    public void Forwarded_is_read_where_it_is_chosen(string header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Of("192.0.2.1", header, ForwardedSource.Forwarded));

    [Fact]
    public void The_other_field_is_not_read() =>
        Assert.Equal(IPAddress.Parse("192.0.2.1"), new ForwardedSource(["192.0.2.1"], ForwardedSource.Forwarded)
            .Of(IPAddress.Parse("192.0.2.1"), new Dictionary<string, StringValues> { [ForwardedSource.ForwardedFor] = "203.0.113.5" }));

    [Fact]
    public void A_unix_socket_is_trusted_only_by_name()
    {
        Dictionary<string, StringValues> fields = new() { [ForwardedSource.ForwardedFor] = "203.0.113.5" };

        Assert.Equal(IPAddress.None, new ForwardedSource(["192.0.2.1"], ForwardedSource.ForwardedFor).Of(null, fields));
        Assert.Equal(IPAddress.Parse("203.0.113.5"), new ForwardedSource(["unix"], ForwardedSource.ForwardedFor).Of(null, fields));
    }

    [Fact]
    public void A_long_way_of_trusted_hops_ends_somewhere() =>
        Assert.Equal(IPAddress.Parse("10.0.0.1"), Of("192.0.2.1", $"203.0.113.5{string.Concat(Enumerable.Repeat(", 10.0.0.1", 1000))}", ForwardedSource.ForwardedFor));

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("unix", true)]
    [InlineData("192.0.2.0/33", false)]
    [InlineData("proxy.example", false)]
    [InlineData("", false)]
    public void Proxies_are_addresses_networks_or_unix(string text, bool isGood) => Assert.Equal(isGood, ForwardedSource.ProblemOf(text) is null);

    private static IPAddress Of(string peer, string? header, string field)
    {
        Dictionary<string, StringValues> fields = new(StringComparer.OrdinalIgnoreCase);
        if (header is not null)
            fields[field] = header;
        return new ForwardedSource(["192.0.2.1", "10.0.0.0/8"], field).Of(IPAddress.Parse(peer), fields);
    }
}
