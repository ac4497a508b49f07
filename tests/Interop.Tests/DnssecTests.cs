using System.Text.Json;
using Interop.Tests.Domains;
using Interop.Tests.Network;

namespace Interop.Tests;

public class DnssecTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Fact]
    public async Task Signatures_that_have_ended_are_named_with_their_key_and_date()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("expired-signatures.test");

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["B04", "L13"], domain.Causes);
        Assert.Equal(["B04", "L13"], domain.Finding("B04").Causes);
        Assert.Matches(@"the signature of expired-signatures\.test DNSKEY by key \d+ ended \d{4}-\d\d-\d\d", domain.Finding("L13").Seen);
        Assert.Equal("servfail", domain.Answer("expired-signatures.test", "MX").GetProperty("fault").GetString());
    }

    [Fact]
    public async Task A_ds_record_of_another_key_is_named()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("other-ds.test");

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["B04", "L14"], domain.Causes);
        Assert.Equal(["B04", "L14"], domain.Finding("B04").Causes);
        Assert.Matches(@"the DS record in test names key \d+, and the digest is not that of the key of other-ds\.test", domain.Finding("L14").Seen);
    }

    [Fact]
    public async Task A_tlsa_record_that_stayed_behind_a_new_certificate_is_found()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("stale-tlsa.test");

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["L01"], domain.Causes);
        Assert.True(domain.Answer("_25._tcp.mx.stale-tlsa.test", "TLSA").GetProperty("isSecure").GetBoolean());
    }

    [Fact]
    public async Task A_signed_zone_without_tlsa_records_is_no_fault()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("no-tlsa.test");

        Assert.True(domain is { ExitCode: 0, Causes: [] }, domain.ToString());
        JsonElement answer = domain.Answer("_25._tcp.mx.no-tlsa.test", "TLSA");
        Assert.Equal("no-name", answer.GetProperty("outcome").GetString());
        Assert.True(answer.GetProperty("isSecure").GetBoolean());
    }

    [Fact]
    public async Task An_unsigned_policy_domain_cannot_vouch_for_a_signed_mx_host()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("unsigned.test");

        Assert.Equal(["L09"], domain.Causes);
        Assert.False(domain.Zone("unsigned.test").GetProperty("isSigned").GetBoolean());
        Assert.True(domain.Zone("example.test").GetProperty("isSigned").GetBoolean());
        Assert.False(domain.Answer("unsigned.test", "MX").GetProperty("isSecure").GetBoolean());
    }

    [Fact]
    public async Task An_unbound_that_does_not_validate_is_not_believed()
    {
        CheckedDomain domain = await _waxseal.CheckAsync(PolicyDomain.Healthy, Addresses.ResolverWithoutValidation);

        Assert.False(domain.Resolver.GetProperty("validates").GetBoolean());
        Assert.False(domain.Resolver.GetProperty("vouchForSigned").GetBoolean());
        Assert.False(domain.Resolver.GetProperty("refuseBogus").GetBoolean());
        Assert.All(CheckedDomain.Elements(domain.Facts, "lookups"), lookup => Assert.False(lookup.GetProperty("answer").GetProperty("isSecure").GetBoolean()));
        Assert.Equal("secure", domain.Validations["_25._tcp.mx.example.test TLSA"]);
    }

    [Fact]
    public async Task What_a_resolver_without_validation_lets_pass_is_found_all_the_same()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("expired-signatures.test", Addresses.ResolverWithoutValidation);

        Assert.Equal("found", domain.Answer("expired-signatures.test", "MX").GetProperty("outcome").GetString());
        Assert.Equal(["L13"], domain.Causes);
    }
}
