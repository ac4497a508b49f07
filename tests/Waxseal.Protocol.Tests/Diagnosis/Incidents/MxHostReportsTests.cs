using Waxseal.Protocol.Diagnosis;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Incidents;

public class MxHostReportsTests
{
    private const string Digest = "3 1 1 6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC";

    [Fact, Rfc(8460, "1.1")]
    public void A_fault_told_of_the_TLSA_base_domain_and_of_the_policy_domain_is_one()
    {
        Finding finding = TheFinding(
            PostfixHouse.On("2024-11-08").About("mx1.example.com").Tlsa(Digest).Failed(2, TlsaInvalid),
            Outlook.On("2024-11-08").Tlsa(Digest).Failed(3, TlsaInvalid, at: "mx1.example.com"));

        Assert.Equal("example.com", finding.PolicyDomain);
        Assert.Contains("mx1.example.com", finding.Happened, StringComparison.Ordinal);
    }

    [Fact, Rfc(8461, "4.1")]
    public void A_policy_tells_whose_an_MX_host_is()
    {
        Assert.Equal("example.com", OfMxHost(Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "mx1.example.net")).Succeeded(9)));
        Assert.Equal("example.com", OfMxHost(Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "*.example.net")).Succeeded(9)));
        Assert.Equal("mx1.example.net", OfMxHost(Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "*.mx.example.net")).Succeeded(9)));
    }

    [Fact]
    public void An_MX_host_of_two_policy_domains_has_its_faults_for_itself() =>
        Assert.Equal("mx1.example.net", OfMxHost(
            Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "mx1.example.net")).Succeeded(9),
            Google.On("2024-11-08").About("example.org").Sts(Policy("enforce", 604_800, "mx1.example.net")).Succeeded(9)));

    [Fact]
    public void A_name_with_a_policy_of_its_own_is_a_policy_domain() =>
        Assert.Equal("mx1.example.net", OfMxHost(
            Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "mx1.example.net")).Succeeded(9),
            Google.On("2024-11-08").About("mx1.example.net").Sts(Enforced).Succeeded(9)));

    private static string OfMxHost(params SampleReport[] others) =>
        TheFinding([.. others, PostfixHouse.On("2024-11-08").About("mx1.example.net").Tlsa(Digest).Failed(2, TlsaInvalid)]).PolicyDomain;
}
