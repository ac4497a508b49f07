using Waxseal.Lab;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ChainValidatorTests
{
    private readonly ChainLab _lab = new();

    [Theory, Rfc(4035, "5.3")]
    [InlineData("example.test", DnsType.Mx, "example.test")]
    [InlineData("mail.example.test", DnsType.A, "example.test")]
    [InlineData("_25._tcp.mail.example.test", DnsType.Tlsa, "example.test")]
    [InlineData("example.test", DnsType.Dnskey, "example.test")]
    [InlineData("example.test", DnsType.Ns, "example.test")]
    [InlineData("example.test", DnsType.Ds, "test")]
    [InlineData("unsigned.test", DnsType.Ds, "test")]
    [InlineData("test", DnsType.Soa, "test")]
    [InlineData(".", DnsType.Ns, ".")]
    [InlineData(".", DnsType.Ds, ".")]
    public async Task Whole_chain_is_secure(string name, DnsType type, string zone)
    {
        ValidationFacts facts = await _lab.Validate(name, type);

        Assert.Equal(new ValidationFacts(name, type.ToWord(), ValidationState.Secure, zone, null, "") { FirstSignatureEnd = facts.FirstSignatureEnd }, facts);
        Assert.Equal(_lab.Root.Expiration, facts.FirstSignatureEnd);
    }

    [Fact]
    public async Task End_of_the_first_signature_is_that_of_the_zone_that_ends_first()
    {
        _lab.Test.Expiration = _lab.Clock.Now.AddDays(2);

        Assert.Equal(_lab.Test.Expiration, (await _lab.Validate("example.test", DnsType.Mx)).FirstSignatureEnd);
    }

    [Fact, Rfc(4034, "6.2")]
    public async Task Case_of_letters_in_names_does_not_matter()
    {
        _lab.Example.Add("upper.example.test", DnsType.Mx, [0, 10, 4, .. "MAIL"u8, 7, .. "Example"u8, 4, .. "test"u8, 0]);

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("UPPER.example.test", DnsType.Mx)).State);
    }

    [Fact, Rfc(4034, "6.3")]
    public async Task Order_of_records_does_not_matter_and_what_is_said_twice_counts_once()
    {
        _lab.Example.Add("many.example.test", DnsType.A, [192, 0, 2, 200]).Add("many.example.test", DnsType.A, [10, 0, 0, 1]);
        _lab.Example.Published.Insert(0, new DnsRecord(SignedZone.NameOf("many.example.test"), DnsType.A, 5, (byte[])[192, 0, 2, 200]));

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("many.example.test", DnsType.A)).State);
    }

    [Theory, Rfc(4035, "5.2")]
    [InlineData(LabDenial.Nsec, "test proves that unsigned.test has no DS record")]
    [InlineData(LabDenial.Nsec3, "test proves that unsigned.test has no DS record")]
    [InlineData(LabDenial.Nsec3OptOut, "test leaves delegations without DS records out of its NSEC3 records (opt-out)")]
    public async Task Delegation_without_ds_is_insecure(LabDenial denial, string detail)
    {
        _lab.Test.Denial = denial;
        _lab.Unsigned.Text("host.unsigned.test", "hello");

        foreach (string name in (string[])["unsigned.test", "host.unsigned.test", "nothing.unsigned.test"])
        {
            ValidationFacts facts = await _lab.Validate(name, DnsType.Txt);
            Assert.Equal((ValidationState.Insecure, "test", null, detail), (facts.State, facts.Zone, facts.Break, facts.Detail));
        }
    }

    [Fact]
    public async Task Alias_is_secure_when_all_of_it_is()
    {
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("www.example.test", DnsType.A)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("www.example.test", DnsType.Cname)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("www.example.test", DnsType.Aaaa)).State);
    }

    [Fact]
    public async Task Alias_out_of_secure_zones_is_insecure_and_says_where()
    {
        ValidationFacts facts = await _lab.Validate("out.example.test", DnsType.A);

        Assert.Equal(("out.example.test", ValidationState.Insecure), (facts.Name, facts.State));
        Assert.Equal("out.example.test is an alias of host.unsigned.test: test proves that unsigned.test has no DS record", facts.Detail);
    }

    [Fact, Rfc(6672, "5.3.1")]
    public async Task Alias_made_from_a_dname_record_is_secure_by_the_signature_of_that()
    {
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("mail.old.example.test", DnsType.A)).State);

        _lab.Dns.Edit = message => message with
        {
            Answers = [.. message.Answers.Select(record => record.Type == DnsType.Cname ? record with { Data = DnsReply.Name("evil.test") } : record)],
        };
        Assert.Equal(ValidationBreak.NoSignature, (await _lab.Validate("www.old.example.test", DnsType.A)).Break);
    }

    [Fact, Rfc(4035, "4.3")]
    public async Task Without_answers_nothing_can_be_told()
    {
        _lab.Dns.Edit = message => message.Question is { Type: DnsType.Mx } ? null : message;
        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);
        Assert.Equal((ValidationState.Indeterminate, "example.test", "there is no answer for example.test MX"), (facts.State, facts.Zone, facts.Detail));

        ChainLab other = new();
        other.Dns.Edit = message => message.Question is { Type: DnsType.Ds } ? message with { Rcode = DnsRcode.ServFail } : message;
        facts = await other.Validate("example.test", DnsType.Mx);
        Assert.Equal((ValidationState.Indeterminate, ".", "the resolver answers SERVFAIL for test DS"), (facts.State, facts.Zone, facts.Detail));
    }

    [Fact, Rfc(3225, "3")]
    public async Task Resolver_that_leaves_signatures_out_is_told_from_a_zone_without_them()
    {
        _lab.Dns.Edit = message => message with
        {
            Answers = [.. message.Answers.Where(record => record.Type != DnsType.Rrsig)],
            Authority = [.. message.Authority.Where(record => record.Type != DnsType.Rrsig)],
            Edns = null,
        };

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Indeterminate, "."), (facts.State, facts.Zone));
        Assert.Equal("the resolver gives no signatures: it does not know DNSSEC", facts.Detail);
    }

    [Theory]
    [InlineData(DnsType.Rrsig)]
    [InlineData((DnsType)255)]
    public async Task What_has_no_signatures_cannot_be_told(DnsType type) =>
        Assert.Equal(ValidationState.Indeterminate, (await _lab.Validate("example.test", type)).State);

    [Fact]
    public async Task Validation_begins_at_the_lowest_trust_anchor()
    {
        ChainValidator validator = new(_lab.Dns, [ChainLab.AnchorOf(_lab.Example)], _lab.Clock);

        ValidationFacts facts = await validator.ValidateAsync(new DnsQuestion(_lab.Example.Name, DnsType.Mx), TestContext.Current.CancellationToken);
        Assert.Equal(ValidationState.Secure, facts.State);
        Assert.DoesNotContain(_lab.Dns.Asked, question => !question.Name.IsAtOrBelow(_lab.Example.Name));

        facts = await validator.ValidateAsync(new DnsQuestion(_lab.Test.Name, DnsType.Soa), TestContext.Current.CancellationToken);
        Assert.Equal((ValidationState.Indeterminate, "there is no trust anchor for test"), (facts.State, facts.Detail));
    }
}
