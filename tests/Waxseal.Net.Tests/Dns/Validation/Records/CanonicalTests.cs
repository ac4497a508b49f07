using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation.Records;

public class CanonicalTests
{
    [Fact, Rfc(4034, "6.1")]
    public void Names_are_in_the_order_of_the_standard()
    {
        DnsName[] names =
        [
            .. ((string[])[
                ".", "example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE", "z.example", "\\001.z.example",
                "*.z.example", "\\200.z.example", "zz.example",
            ]).Select(SignedZone.NameOf),
        ];

        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j < names.Length; j++)
                Assert.Equal(Math.Sign(i - j), Math.Sign(CanonicalOrder.Compare(names[i], names[j])));
        }
    }

    [Theory, Rfc(4034, "6.2")]
    [InlineData(DnsType.Ns, "", "")]
    [InlineData(DnsType.Cname, "", "")]
    [InlineData(DnsType.Ptr, "", "")]
    [InlineData(DnsType.Dname, "", "")]
    [InlineData(DnsType.Mx, "4142", "")]
    [InlineData((DnsType)33, "414243444546", "")]
    [InlineData((DnsType)36, "4142", "")]
    [InlineData(DnsType.Soa, "", "0141004142434445464748494A4B4C4D4E4F5051525354")]
    public void Names_in_data_are_in_lower_case_and_nothing_else_is(DnsType type, string before, string after)
    {
        byte[] data = [.. Convert.FromHexString(before), 2, .. "MX"u8, 4, .. "Test"u8, 0, .. Convert.FromHexString(after)];
        byte[] expected = [.. Convert.FromHexString(before), 2, .. "mx"u8, 4, .. "test"u8, 0, .. Convert.FromHexString(after.Replace("014100", "016100", StringComparison.Ordinal))];

        Assert.Equal(expected, CanonicalForm.Of(type, data));
    }

    [Theory, Rfc(6840, "5.1")]
    [InlineData(DnsType.Nsec)]
    [InlineData(DnsType.Txt)]
    [InlineData(DnsType.Tlsa)]
    public void Data_of_other_types_stays_as_it_is(DnsType type)
    {
        byte[] data = [2, .. "MX"u8, 0];

        Assert.Equal(data, CanonicalForm.Of(type, data));
    }

    [Fact, Rfc(4034, "4.3")]
    public void Type_map_of_the_standard_is_read()
    {
        byte[] map = [0, 6, 0x40, 1, 0, 0, 0, 3, 4, 0x1B, .. new byte[26], 0x20];
        TypeMap types = TypeMap.Read(map)!;

        DnsType[] expected = [DnsType.A, DnsType.Mx, DnsType.Rrsig, DnsType.Nsec, (DnsType)1234];
        Assert.Equal(expected, Enumerable.Range(0, ushort.MaxValue + 1).Select(type => (DnsType)type).Where(types.Contains));
        Assert.Equal(map, NsecChain.TypeBits([], DnsName.Root, expected));
    }

    [Theory, Rfc(4034, "4.1.2")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("0021" + "000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000240")]
    [InlineData("00014000014000")]
    [InlineData("010140000140")]
    public void Malformed_type_maps_are_refused(string map) => Assert.Null(TypeMap.Read(Convert.FromHexString(map)));

    [Theory, Rfc(4648, "7")]
    [InlineData("", "")]
    [InlineData("co", "66")]
    [InlineData("cpnmuoj1e8", "666F6F626172")]
    public void Digits_of_hashes_are_read(string text, string octets) =>
        Assert.Equal(octets, Convert.ToHexString(Base32.Decode(System.Text.Encoding.ASCII.GetBytes(text))!));

    [Theory]
    [InlineData("c")]
    [InlineData("cp")]
    [InlineData("CO")]
    [InlineData("cw")]
    [InlineData("co=")]
    public void Other_digits_are_refused(string text) => Assert.Null(Base32.Decode(System.Text.Encoding.ASCII.GetBytes(text)));
}
