using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation.Denial;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation.Denial;

/// <summary>The answers of RFC 4035, appendix B.</summary>
public class NsecDenialTests
{
    private static readonly Dictionary<string, (string Next, DnsType[] Types)> Zone = new()
    {
        ["example"] = ("a.example", [DnsType.Ns, DnsType.Soa, DnsType.Mx, DnsType.Rrsig, DnsType.Nsec, DnsType.Dnskey]),
        ["b.example"] = ("ns1.example", [DnsType.Ns, DnsType.Rrsig, DnsType.Nsec]),
        ["ns1.example"] = ("ns2.example", [DnsType.A, DnsType.Rrsig, DnsType.Nsec]),
        ["ns2.example"] = ("*.w.example", [DnsType.A, DnsType.Rrsig, DnsType.Nsec]),
        ["*.w.example"] = ("x.w.example", [DnsType.Mx, DnsType.Rrsig, DnsType.Nsec]),
        ["x.y.w.example"] = ("xx.example", [DnsType.Mx, DnsType.Rrsig, DnsType.Nsec]),
        ["xx.example"] = ("example", [DnsType.A, DnsType.Aaaa, DnsType.Rrsig, DnsType.Nsec]),
        ["also.test"] = ("zz.test", [DnsType.Cname, DnsType.Rrsig, DnsType.Nsec]),
        ["only.test"] = ("only.test", [DnsType.Soa, DnsType.Ns]),
    };

    [Theory, Rfc(4035, "5.4")]
    [InlineData("ml.example", DnsType.A, "b.example example", "NoName")]
    [InlineData("ml.example", DnsType.A, "b.example", "Nothing")]
    [InlineData("ns1.example", DnsType.Mx, "ns1.example", "NoType")]
    [InlineData("b.example", DnsType.Ds, "b.example", "Delegation")]
    [InlineData("b.example", DnsType.A, "b.example", "Nothing")]
    [InlineData("mc.b.example", DnsType.A, "b.example example", "Nothing")]
    [InlineData("a.z.w.example", DnsType.Aaaa, "x.y.w.example *.w.example", "NoName")]
    [InlineData("a.z.w.example", DnsType.Mx, "x.y.w.example *.w.example", "Nothing")]
    [InlineData("example", DnsType.Ds, "example", "Nothing")]
    [InlineData("w.example", DnsType.A, "ns2.example", "NoType")]
    [InlineData("zz.example", DnsType.A, "xx.example example", "NoName")]
    [InlineData("also.test", DnsType.A, "also.test", "Nothing")]
    [InlineData("any.only.test", DnsType.A, "only.test", "NoName")]
    public void Answers_of_the_standard_are_proven(string name, DnsType type, string owners, string expected) =>
        Assert.Equal(expected, Denial(owners).Of(SignedZone.NameOf(name), type).Kind.ToString());

    [Theory, Rfc(4035, "5.3.4")]
    [InlineData("a.z.w.example", "w.example", "x.y.w.example", "NoName")]
    [InlineData("a.z.w.example", "example", "x.y.w.example", "Nothing")]
    [InlineData("a.z.w.example", "w.example", "ns1.example", "Nothing")]
    [InlineData("only.test", "test", "also.test only.test", "Nothing")]
    public void Records_of_a_wildcard_are_proven(string name, string closest, string owners, string expected) =>
        Assert.Equal(expected, Denial(owners).OfCloser(SignedZone.NameOf(name), SignedZone.NameOf(closest)).Kind.ToString());

    private static NsecDenial Denial(string owners) => new([.. owners.Split(' ').Select(Record)]);

    private static NextName Record(string owner)
    {
        DnsName name = SignedZone.NameOf(owner);
        byte[] data = [.. SignedZone.NameOf(Zone[owner].Next).Wire, .. NsecChain.TypeBits([], name, Zone[owner].Types)];
        return NextName.TryRead(new DnsRecord(name, DnsType.Nsec, 3600, data), out NextName? record)
            ? record
            : throw new InvalidOperationException(owner);
    }
}
