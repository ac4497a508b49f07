using System.Net;
using Waxseal.Net.Dialing;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dialing;

public class AddressRulesTests
{
    private static readonly string[] SpecialV4 =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ];

    public static TheoryData<string> Blocks => [.. SpecialV4];

    [Theory, Rfc(6890, "2.2")]
    [MemberData(nameof(Blocks))]
    public void Edges_of_special_blocks_are_refused_plain_and_inside_ipv6(string block)
    {
        IPNetwork network = IPNetwork.Parse(block);
        byte[] first = network.BaseAddress.GetAddressBytes();
        byte[] last = Last(first, network.PrefixLength);
        foreach (byte[] edge in (byte[][])[first, last])
            Assert.All(Spellings(edge), address => Assert.NotNull(AddressRules.PublicOnly.Refusal(address)));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("223.255.255.255")]
    public void Neighbours_of_special_blocks_are_public_plain_and_inside_ipv6(string text) =>
        Assert.All(Spellings(IPAddress.Parse(text).GetAddressBytes()), address => Assert.Null(AddressRules.PublicOnly.Refusal(address)));

    [Theory, Rfc(6890, "2.2")]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("64:ff9b:1::808:808", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("4000::1", false)]
    [InlineData("100::1", false)]
    [InlineData("2a00:1450:4001::1b", true)]
    [InlineData("2001:4860:4860::8888", true)]
    public void Ipv6_is_public_only_in_global_unicast(string text, bool isPublic) =>
        Assert.Equal(isPublic, AddressRules.PublicOnly.Refusal(IPAddress.Parse(text)) is null);

    [Fact]
    public void Networks_of_the_operator_are_allowed()
    {
        AddressRules rules = new([IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("::1/128")]);
        Assert.Null(rules.Refusal(IPAddress.Parse("10.1.2.3")));
        Assert.Null(rules.Refusal(IPAddress.IPv6Loopback));
        Assert.Equal("10.2.0.1 is private", rules.Refusal(IPAddress.Parse("10.2.0.1")));
        Assert.Equal("127.0.0.1 is loopback", rules.Refusal(IPAddress.Loopback));
    }

    [Fact]
    public void Reason_names_the_address_inside() => Assert.Equal(
        "64:ff9b::a9fe:a9fe leads to 169.254.169.254, which is link-local",
        AddressRules.PublicOnly.Refusal(IPAddress.Parse("64:ff9b::169.254.169.254")));

    // Plain, mapped, translated, NAT64, 6to4 and Teredo.
    private static IEnumerable<IPAddress> Spellings(byte[] v4) =>
    [
        new(v4),
        new IPAddress([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. v4]),
        new IPAddress([0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, .. v4]),
        new IPAddress([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, .. v4]),
        new IPAddress([0x20, 0x02, .. v4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        new IPAddress([0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. v4.Select(octet => (byte)~octet)]),
    ];

    private static byte[] Last(byte[] first, int prefix)
    {
        uint mask = prefix == 0 ? uint.MaxValue : uint.MaxValue >> prefix;
        uint value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(first) | mask;
        byte[] last = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(last, value);
        return last;
    }
}
