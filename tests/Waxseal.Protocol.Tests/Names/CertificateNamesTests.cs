using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Names;

public class CertificateNamesTests
{
    [Theory, Rfc(8461, "3.3"), Rfc(8461, "4.2"), Rfc(7672, "3.2.3")]
    [InlineData("mta-sts.example.com", true)]
    [InlineData("MTA-STS.Example.COM", true)]
    [InlineData("*.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("*.mta-sts.example.com", false)]
    [InlineData("mta*.example.com", false)]
    [InlineData("*-sts.example.com", false)]
    [InlineData("*.*.com", false)]
    [InlineData("*.mple.com", false)]
    [InlineData("*..example.com", false)]
    [InlineData("mta-\u017Fts.example.com", false)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("", false)]
    [InlineData("mta-sts.example.com\0.example.net", false)]
    public void A_name_is_covered_by_itself_or_a_whole_label_wildcard(string dnsId, bool expected)
    {
        DomainName policyHost = TestName.Of("mta-sts.example.com");

        Assert.Equal(expected, CertificateNames.Cover([dnsId], policyHost));
        Assert.Equal(expected, CertificateNames.Cover(["www.example.org", dnsId], policyHost));
    }

    [Fact, Rfc(8461, "3.3")]
    public void Without_a_DNS_ID_nothing_is_covered()
    {
        DomainName policyHost = TestName.Of("mta-sts.example.com");

        Assert.False(CertificateNames.Cover([], policyHost));
    }
}
