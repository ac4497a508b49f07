using Waxseal.Lab;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ChainDenialTests
{
    private readonly ChainLab _lab = new();

    [Theory, Rfc(4035, "5.4"), Rfc(5155, "8.4"), Rfc(5155, "8.5"), Rfc(5155, "8.7")]
    [AbsentNames]
    public async Task What_does_not_exist_is_proven(LabDenial denial, string name, DnsType type)
    {
        UseDenial(denial);

        ValidationFacts facts = await _lab.Validate(name, type);

        Assert.Equal((ValidationState.Secure, "example.test", "", null), (facts.State, facts.Zone, facts.Detail, facts.Break));
    }

    [Theory, Rfc(4035, "5.4"), Rfc(5155, "8")]
    [AbsentNames]
    public async Task Without_its_records_nothing_is_proven(LabDenial denial, string name, DnsType type)
    {
        UseDenial(denial);
        _lab.Dns.Edit = message => message.Question!.Name.Equals(SignedZone.NameOf(name)) && message.Question.Type == type
            ? message with { Authority = [.. message.Authority.Where(record => record.Type is not (DnsType.Nsec or DnsType.Nsec3))] }
            : message;

        ValidationFacts facts = await _lab.Validate(name, type);

        Assert.Equal((ValidationState.Bogus, "example.test", ValidationBreak.NoDenial), (facts.State, facts.Zone, facts.Break));
        Assert.Equal(
            type == DnsType.Txt && name == "any.wild.example.test"
                ? ""
                : $"it is not proven that there are no {name} {type.ToWord()} records: the answer has no NSEC or NSEC3 records of example.test",
            facts.Detail);
    }

    [Theory, Rfc(4035, "5.4"), Rfc(5155, "8")]
    [AbsentNames]
    public async Task Each_record_of_a_proof_is_needed(LabDenial denial, string name, DnsType type)
    {
        UseDenial(denial);
        int count = await CountProofs(name, type);
        for (int left = 0; left < count; left++)
        {
            ChainLab lab = new();
            (lab.Example.Denial, lab.Example.Salt, lab.Example.Rounds) = (denial, _lab.Example.Salt, _lab.Example.Rounds);
            lab.Dns.Edit = message => IsFor(message, name, type) ? WithoutProof(message, left) : message;

            Assert.Equal(ValidationBreak.NoDenial, (await lab.Validate(name, type)).Break);
        }
    }

    [Theory]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Proof_whose_signature_has_ended_says_so(LabDenial denial)
    {
        UseDenial(denial);
        _lab.Example.Change(
            record => ZoneSigner.Covers(record, denial == LabDenial.Nsec ? DnsType.Nsec : DnsType.Nsec3),
            data => [.. data[..8], 0x60, .. data[9..]]);

        ValidationFacts facts = await _lab.Validate("nothing.example.test", DnsType.A);

        Assert.Equal((ValidationState.Bogus, ValidationBreak.SignatureExpired), (facts.State, facts.Break));
        Assert.Contains(denial == LabDenial.Nsec ? " NSEC by key " : " NSEC3 by key ", facts.Detail, StringComparison.Ordinal);
    }

    [Theory, Rfc(4035, "5.3.4"), Rfc(5155, "8.8")]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Records_of_a_wildcard_need_proof_that_the_name_does_not_exist(LabDenial denial)
    {
        UseDenial(denial);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("any.wild.example.test", DnsType.Txt)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("a.b.wild.example.test", DnsType.Txt)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("*.wild.example.test", DnsType.Txt)).State);

        _lab.Dns.Edit = message => message with { Authority = [] };
        ValidationFacts facts = await _lab.Validate("one.wild.example.test", DnsType.Txt);
        Assert.Equal((ValidationState.Bogus, ValidationBreak.NoDenial), (facts.State, facts.Break));
        Assert.Equal("the answer has no NSEC or NSEC3 records of example.test", facts.Detail);
    }

    [Theory, Rfc(4035, "5.3.4"), Rfc(5155, "8.8")]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Records_of_a_wildcard_cannot_take_the_place_of_a_name_that_exists(LabDenial denial)
    {
        UseDenial(denial);
        DnsMessage wild = (await _lab.Dns.AskAsync(new DnsQuestion(SignedZone.NameOf("any.wild.example.test"), DnsType.Txt), TestContext.Current.CancellationToken))!;
        _lab.Dns.Edit = message => IsFor(message, "there.wild.example.test", DnsType.Txt)
            ? message with
            {
                Answers = [.. wild.Answers.Select(record => record with { Owner = SignedZone.NameOf("there.wild.example.test") })],
                Authority = wild.Authority,
            }
            : message;

        Assert.Equal(ValidationBreak.NoDenial, (await _lab.Validate("there.wild.example.test", DnsType.Txt)).Break);
    }

    [Fact, Rfc(4035, "5.4")]
    public async Task Proof_that_stands_for_a_wildcard_is_none()
    {
        _lab.Example.Add("there.wild.example.test", DnsType.Mx, DnsReply.Mx(10, "mail.example.test"));
        DnsRecord[] forged = Renamed(_lab.Example, "*.wild.example.test", DnsType.Nsec, "there.wild.example.test");
        _lab.Dns.Edit = message => IsFor(message, "there.wild.example.test", DnsType.Mx)
            ? message with { Answers = [], Authority = [.. forged] }
            : message;

        Assert.Equal(ValidationBreak.NoDenial, (await _lab.Validate("there.wild.example.test", DnsType.Mx)).Break);
    }

    [Fact, Rfc(4592, "4.6")]
    public async Task Ds_records_of_a_wildcard_do_not_count()
    {
        LabKey evil = LabKey.P256(LabKey.EntryKey);
        _lab.Test.Add("*.test", DnsType.Ds, evil.Ds(SignedZone.NameOf("example.test")));
        DnsRecord[] forged = Renamed(_lab.Test, "*.test", DnsType.Ds, "example.test");
        _lab.Dns.Edit = message => IsFor(message, "example.test", DnsType.Ds) ? message with { Answers = [.. forged] } : message;

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Bogus, "test", ValidationBreak.SignatureWrong), (facts.State, facts.Zone, facts.Break));
        Assert.Equal($"the signature of example.test DS by key {_lab.Test.SigningKey.Tag} is for a wildcard", facts.Detail);
    }

    [Theory, Rfc(6840, "4.1")]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Zone_above_cannot_deny_what_is_in_a_delegated_zone(LabDenial denial)
    {
        _lab.Test.Denial = denial;
        foreach (string name in (string[])["example.test", "mail.example.test"])
        {
            ChainLab lab = new() { Test = { Denial = denial } };
            DnsMessage noDs = (await lab.Dns.AskAsync(new DnsQuestion(lab.Example.Name, (DnsType)99), TestContext.Current.CancellationToken))!;
            DnsRecord[] delegation =
            [
                .. lab.Test.Published.Where(record => record.Type is DnsType.Nsec or DnsType.Nsec3 || ZoneSigner.Covers(record, DnsType.Nsec) || ZoneSigner.Covers(record, DnsType.Nsec3)),
            ];
            lab.Dns.Edit = message => IsFor(message, name, DnsType.Tlsa) ? noDs with { Question = message.Question, Authority = [.. delegation] } : message;

            ValidationFacts facts = await lab.Validate(name, DnsType.Tlsa);

            Assert.Equal((ValidationState.Bogus, "example.test", ValidationBreak.NoDenial), (facts.State, facts.Zone, facts.Break));
        }
    }

    [Fact, Rfc(6840, "4.1")]
    public async Task Name_below_a_dname_record_cannot_be_denied()
    {
        DnsRecord[] all = [.. _lab.Example.Published.Where(record => record.Type == DnsType.Nsec || ZoneSigner.Covers(record, DnsType.Nsec))];
        _lab.Dns.Edit = message => IsFor(message, "a.old.example.test", DnsType.A)
            ? message with { Answers = [], Authority = [.. all.Where(record => record.Owner.Equals(SignedZone.NameOf("old.example.test")))] }
            : message;

        Assert.Equal(ValidationBreak.NoDenial, (await _lab.Validate("a.old.example.test", DnsType.A)).Break);
    }

    [Fact, Rfc(4035, "5.4")]
    public async Task Ds_records_cannot_be_denied_by_the_zone_below()
    {
        DnsMessage fromBelow = (await _lab.Dns.AskAsync(new DnsQuestion(_lab.Example.Name, DnsType.Tlsa), TestContext.Current.CancellationToken))!;
        _lab.Dns.Edit = message => IsFor(message, "example.test", DnsType.Ds) ? fromBelow with { Question = message.Question } : message;

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Bogus, "test", ValidationBreak.NoDenial), (facts.State, facts.Zone, facts.Break));
        Assert.Equal(
            "test does not prove that example.test has no DS record: the answer has no NSEC or NSEC3 records of test", facts.Detail);
    }

    [Theory, Rfc(5155, "9.2")]
    [InlineData("nothing.example.test")]
    [InlineData("any.wild.example.test")]
    public async Task What_opt_out_leaves_room_for_is_insecure(string name)
    {
        _lab.Example.Denial = LabDenial.Nsec3OptOut;

        ValidationFacts facts = await _lab.Validate(name, DnsType.Txt);

        Assert.Equal((ValidationState.Insecure, "example.test", null), (facts.State, facts.Zone, facts.Break));
    }

    [Theory, Rfc(9276, "3.2")]
    [InlineData(50, ValidationState.Secure)]
    [InlineData(51, ValidationState.Insecure)]
    public async Task Too_many_rounds_of_hashing_are_not_made(ushort rounds, ValidationState state)
    {
        (_lab.Example.Denial, _lab.Example.Rounds) = (LabDenial.Nsec3, rounds);

        ValidationFacts facts = await _lab.Validate("nothing.example.test", DnsType.A);

        Assert.Equal(state, facts.State);
        Assert.Equal(
            state == ValidationState.Secure
                ? ""
                : "the NSEC3 records of example.test ask for 51 additional rounds of hashing, and resolvers stop at 50",
            facts.Detail);
    }

    [Theory, Rfc(5155, "8.1"), Rfc(5155, "8.2")]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public async Task Proof_in_an_unknown_way_of_hashing_is_none(int offset, byte value)
    {
        _lab.Example.Denial = LabDenial.Nsec3;
        ZoneSigner signer = new(_lab.Example);
        _lab.Example.Change(record => record.Type == DnsType.Nsec3, data => [.. data[..offset], value, .. data[(offset + 1)..]]);
        DnsRecord[] hashes = [.. _lab.Example.Published.Where(record => record.Type == DnsType.Nsec3)];
        _lab.Example.Published.RemoveAll(record => ZoneSigner.Covers(record, DnsType.Nsec3));
        _lab.Example.Published.AddRange([.. hashes.Select(record => signer.Signature([record], _lab.Example.SigningKey))]);

        Assert.Equal(ValidationBreak.NoDenial, (await _lab.Validate("nothing.example.test", DnsType.A)).Break);
    }

    [Theory]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Unsigned_answer_in_a_signed_zone_lacks_its_signature(LabDenial denial)
    {
        UseDenial(denial);
        foreach (string name in (string[])["_25._tcp.mail.example.test", "mail.example.test"])
            _lab.Example.Published.RemoveAll(record => ZoneSigner.Covers(record, DnsType.Tlsa) || ZoneSigner.Covers(record, DnsType.A));

        ValidationFacts facts = await _lab.Validate("_25._tcp.mail.example.test", DnsType.Tlsa);
        Assert.Equal((ValidationState.Bogus, "example.test", ValidationBreak.NoSignature), (facts.State, facts.Zone, facts.Break));
        Assert.Equal("there is no signature of _25._tcp.mail.example.test TLSA", facts.Detail);
        Assert.Contains(_lab.Dns.Asked, question => question == new DnsQuestion(SignedZone.NameOf("_tcp.mail.example.test"), DnsType.Ds));
        Assert.Equal("there is no signature of mail.example.test A", (await _lab.Validate("www.example.test", DnsType.A)).Detail.Split(": ")[^1]);
    }

    [Theory]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    public async Task Zone_may_prove_by_either_kind_at_every_level(LabDenial denial)
    {
        foreach (SignedZone zone in (SignedZone[])[_lab.Root, _lab.Test, _lab.Example])
            zone.Denial = denial;

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("nothing", DnsType.A)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("nothing.test", DnsType.A)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("no.thing.test", DnsType.Ds)).State);
        Assert.Equal(ValidationState.Secure, (await _lab.Validate("no.thing.example.test", DnsType.Mx)).State);
    }

    private void UseDenial(LabDenial denial) =>
        (_lab.Example.Denial, _lab.Example.Salt, _lab.Example.Rounds) = (denial, [0xAA, 0xBB], 3);

    private async Task<int> CountProofs(string name, DnsType type)
    {
        DnsMessage message = (await _lab.Dns.AskAsync(new DnsQuestion(SignedZone.NameOf(name), type), TestContext.Current.CancellationToken))!;
        int count = Proofs(message).Length;
        Assert.NotEqual(0, count);
        return count;
    }

    private static bool IsFor(DnsMessage message, string name, DnsType type) =>
        message.Question == new DnsQuestion(SignedZone.NameOf(name), type);

    // A set and its signature, as if a server had made them of a wildcard.
    private static DnsRecord[] Renamed(SignedZone zone, string owner, DnsType type, string name) =>
    [
        .. zone.Published
            .Where(record => record.Owner.Equals(SignedZone.NameOf(owner)) && (record.Type == type || ZoneSigner.Covers(record, type)))
            .Select(record => record with { Owner = SignedZone.NameOf(name) }),
    ];

    private static DnsName[] Proofs(DnsMessage message) =>
        [.. message.Authority.Where(record => record.Type is DnsType.Nsec or DnsType.Nsec3).Select(record => record.Owner)];

    private static DnsMessage WithoutProof(DnsMessage message, int which)
    {
        DnsName owner = Proofs(message)[which];
        return message with { Authority = [.. message.Authority.Where(record => !record.Owner.Equals(owner) || record.Type == DnsType.Soa)] };
    }
}
