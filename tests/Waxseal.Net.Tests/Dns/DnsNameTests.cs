using System.Text;
using Waxseal.Net.Dns;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns;

public class DnsNameTests
{
    [Theory, Rfc(1035, "5.1")]
    [InlineData("_mta-sts.Example.COM", "_mta-sts.example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData(".", ".")]
    [InlineData(@"a\.b.example", @"a\.b.example")]
    [InlineData(@"a\000b\032.example", @"a\000b\032.example")]
    [InlineData(@"\097.example", "a.example")]
    public void Name_is_read_and_written_in_the_form_of_zone_files(string text, string expected)
    {
        Assert.True(DnsName.TryParse(text, out DnsName? name));
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".example")]
    [InlineData("a..b")]
    [InlineData("ü.example")]
    [InlineData(@"a\")]
    [InlineData(@"a\25")]
    [InlineData(@"a\256")]
    public void What_is_no_name_is_refused(string text) => Assert.False(DnsName.TryParse(text, out _));

    [Fact, Rfc(1035, "2.3.4")]
    public void Limits_of_labels_and_names_are_kept()
    {
        string label = new('a', 63);
        string longest = $"{label}.{label}.{label}.{new string('a', 61)}";
        Assert.True(DnsName.TryParse(longest, out DnsName? name));
        Assert.Equal(DnsName.MaxWireLength, name.Wire.Length);
        Assert.False(DnsName.TryParse(longest + "a", out _));
        Assert.False(DnsName.TryParse(label + "a.example", out _));
        Assert.False(DnsName.TryParse(new string('a', 100_000), out _));
        Assert.False(name.TryBelow("b", out _));
    }

    [Fact, Rfc(4343, "3")]
    public void Names_are_equal_without_regard_to_case()
    {
        Assert.True(DnsName.TryParse("MX.Example", out DnsName? upper));
        Assert.True(DnsName.TryParse("mx.example", out DnsName? lower));
        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.True(lower.Wire.SequenceEqual(Encoding.ASCII.GetBytes("\u0002mx\u0007example\0")));
    }

    [Theory]
    [InlineData("mx.example.com", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", ".", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    public void Names_below_a_name_are_told(string text, string parentText, bool expected)
    {
        Assert.True(DnsName.TryParse(text, out DnsName? name));
        Assert.True(DnsName.TryParse(parentText, out DnsName? parent));
        Assert.Equal(expected, name.IsAtOrBelow(parent));
    }

    [Fact]
    public void Labels_are_counted_and_taken_off()
    {
        Assert.True(DnsName.TryParse("a.b.c", out DnsName? name));
        Assert.Equal(3, name.LabelCount);
        Assert.Equal("b.c", name.Parent.ToString());
        Assert.Equal("c", name.Last(1).ToString());
        Assert.Equal(DnsName.Root, name.Last(0));
        Assert.Equal(DnsName.Root, DnsName.Root.Parent);
    }
}
