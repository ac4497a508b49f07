using System.Text;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Delivery;

public class DkimKeyUseTests
{
    private static readonly DkimKeyUse Everything = new(IsForEmail: true, IsForTlsRpt: true);
    private static readonly DkimKeyUse Nothing = new(IsForEmail: false, IsForTlsRpt: false);

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("dkim-service");

    [Theory, Rfc(6376, "3.6.1"), Rfc(8460, "3")]
    [MemberData(nameof(Vectors))]
    public void A_key_verifies_the_services_its_record_lists(string name, JsonElement input, JsonElement expected)
    {
        var use = DkimKeyUse.Of(Encoding.UTF8.GetBytes(input.GetProperty("key_record").GetString()!));

        Assert.True(expected.GetProperty("for_email").GetBoolean() == use.IsForEmail, name);
        Assert.True(expected.GetProperty("for_tlsrpt").GetBoolean() == use.IsForTlsRpt, name);
    }

    [Theory, Rfc(6376, "3.6.1")]
    [InlineData("v=DKIM1; p=")]
    [InlineData("v=DKIM1; p= ; s=*")]
    [InlineData("v=DKIM1; k=rsa")]
    [InlineData("v=DKIM1.0; p=abc")]
    [InlineData("v=dkim1; p=abc")]
    [InlineData("p=abc; v=DKIM1")]
    [InlineData("v=DKIM1; s=; p=abc")]
    [InlineData("v=DKIM1; s=EMAIL; p=abc")]
    [InlineData("")]
    public void A_revoked_or_discarded_key_verifies_nothing(string record) => Assert.Equal(Nothing, Of(record));

    [Theory, Rfc(6376, "3.2")]
    [InlineData("p=abc; s=email; s=tlsrpt")]
    [InlineData("p=abc;; s=email")]
    [InlineData("p=abc; junk")]
    [InlineData("p=abc; =x")]
    public void A_malformed_tag_list_verifies_nothing(string record) => Assert.Equal(Nothing, Of(record));

    [Theory, Rfc(6376, "3.6.1")]
    [InlineData("p=abc")]
    [InlineData("p=abc;")]
    [InlineData("k=rsa; p=abc; ")]
    [InlineData("v=DKIM1; n=a=b; x-new=1; p=abc==")]
    public void A_record_without_service_types_is_for_all(string record) => Assert.Equal(Everything, Of(record));

    [Fact]
    public void A_record_longer_than_DNS_allows_verifies_nothing() =>
        Assert.Equal(Nothing, Of("p=" + new string('a', DkimKeyUse.MaxLength)));

    private static DkimKeyUse Of(string record) => DkimKeyUse.Of(Encoding.UTF8.GetBytes(record));
}
