using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ChainBreakTests
{
    private readonly ChainLab _lab = new();

    [Fact, Rfc(4035, "5.2")]
    public async Task Ds_without_key()
    {
        ushort named = _lab.Example.EntryKey.Tag;
        _lab.Example.Signers = _lab.Example.Signers;
        _lab.Example.EntryKey = LabKey.P256(LabKey.EntryKey);
        string keys = string.Join(", ", ((ushort[])[_lab.Example.EntryKey.Tag, _lab.Example.SigningKey.Tag]).Order());

        await AssertBogus(
            "example.test", ValidationBreak.DsWithoutKey, $"the DS record in test names key {named}, and example.test has only keys {keys}");
    }

    [Fact, Rfc(4035, "5.2")]
    public async Task Ds_with_a_wrong_digest()
    {
        _lab.Example.Signers = [_lab.Example.EntryKey.Ds(_lab.Test.Name)];

        await AssertBogus(
            "example.test",
            ValidationBreak.DsWithoutKey,
            $"the DS record in test names key {_lab.Example.EntryKey.Tag}, and the digest is not that of the key of example.test");
    }

    [Theory, Rfc(4034, "2.1.1"), Rfc(4034, "2.1.2"), Rfc(5011, "2.1")]
    [InlineData(0, 0)]
    [InlineData(1, 0x81)]
    [InlineData(2, 4)]
    public async Task Key_that_must_not_be_used_is_as_good_as_none(int offset, byte value)
    {
        LabKey unusable = LabKey.P256(LabKey.EntryKey);
        unusable.Data[offset] = value;
        _lab.Example.EntryKey = unusable;

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal(ValidationBreak.DsWithoutKey, facts.Break);
        Assert.EndsWith($"example.test has only key {_lab.Example.SigningKey.Tag}", facts.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_trust_anchor()
    {
        _ = _lab.Validator;
        ushort trusted = _lab.Root.EntryKey.Tag;
        _lab.Root.EntryKey = LabKey.P256(LabKey.EntryKey);
        string keys = string.Join(", ", ((ushort[])[_lab.Root.EntryKey.Tag, _lab.Root.SigningKey.Tag]).Order());

        await AssertBogus(".", ValidationBreak.DsWithoutKey, $"the trust anchor of . names key {trusted}, and . has only keys {keys}");
    }

    [Fact]
    public async Task No_keys()
    {
        _lab.Example.Withdraw("example.test", DnsType.Dnskey);

        await AssertBogus(
            "example.test",
            ValidationBreak.NoKeys,
            $"the DS record in test names key {_lab.Example.EntryKey.Tag}, and example.test has no DNSKEY records");
    }

    [Theory, Rfc(4035, "5.3.1")]
    [InlineData("example.test", "example.test", DnsType.Mx)]
    [InlineData("example.test", "example.test", DnsType.Dnskey)]
    [InlineData("test", "example.test", DnsType.Ds)]
    [InlineData(".", ".", DnsType.Dnskey)]
    public async Task No_signature(string zone, string owner, DnsType type)
    {
        ZoneNamed(zone).WithdrawSignature(owner, type);

        await AssertBogus(zone, ValidationBreak.NoSignature, $"there is no signature of {owner} {type.ToWord()}");
    }

    [Theory, Rfc(4035, "5.3.1")]
    [InlineData("example.test", "example.test DNSKEY")]
    [InlineData("test", "test DNSKEY")]
    [InlineData(".", ". DNSKEY")]
    public async Task Signature_that_has_ended(string zone, string set)
    {
        ZoneNamed(zone).Expiration = new DateTimeOffset(2026, 5, 20, 12, 30, 0, TimeSpan.Zero);

        await AssertBogus(
            zone,
            ValidationBreak.SignatureExpired,
            $"the signature of {set} by key {ZoneNamed(zone).EntryKey.Tag} ended 2026-05-20 12:30 UTC",
            ZoneNamed(zone).Expiration);
    }

    [Fact, Rfc(4035, "5.3.1")]
    public async Task Signature_over_the_answer_that_has_ended()
    {
        Resign(_lab.Example, "example.test", DnsType.Mx, _lab.Example.SigningKey, expiration: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        await AssertBogus(
            "example.test",
            ValidationBreak.SignatureExpired,
            $"the signature of example.test MX by key {_lab.Example.SigningKey.Tag} ended 2026-01-01 00:00 UTC");
    }

    [Fact, Rfc(4035, "5.3.1")]
    public async Task Signature_holds_from_its_first_second_to_its_last()
    {
        _lab.Clock.Now = _lab.Root.Inception;
        Assert.Equal(ValidationState.Secure, (await new ChainLab { Clock = { Now = _lab.Root.Inception } }.Validate("example.test", DnsType.Mx)).State);
        Assert.Equal(ValidationState.Secure, (await new ChainLab { Clock = { Now = _lab.Root.Expiration } }.Validate("example.test", DnsType.Mx)).State);
        Assert.Equal(
            ValidationBreak.SignatureNotYetValid,
            (await new ChainLab { Clock = { Now = _lab.Root.Inception.AddSeconds(-1) } }.Validate("example.test", DnsType.Mx)).Break);
        Assert.Equal(
            ValidationBreak.SignatureExpired,
            (await new ChainLab { Clock = { Now = _lab.Root.Expiration.AddSeconds(1) } }.Validate("example.test", DnsType.Mx)).Break);
    }

    [Fact, Rfc(4034, "3.1.5")]
    public async Task Times_of_signatures_go_beyond_the_year_2106()
    {
        DateTimeOffset now = new(2106, 2, 7, 6, 28, 0, TimeSpan.Zero);
        ChainLab lab = new() { Clock = { Now = now } };
        foreach (SignedZone zone in (SignedZone[])[lab.Root, lab.Test, lab.Example])
            (zone.Inception, zone.Expiration) = (now.AddDays(-1), now.AddDays(1));

        ValidationFacts facts = await lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Secure, now.AddDays(1)), (facts.State, facts.FirstSignatureEnd));
    }

    [Fact, Rfc(4035, "5.3.1")]
    public async Task Signature_that_has_not_begun()
    {
        _lab.Example.Inception = new DateTimeOffset(2026, 6, 1, 0, 0, 1, TimeSpan.Zero);

        await AssertBogus(
            "example.test",
            ValidationBreak.SignatureNotYetValid,
            $"the signature of example.test DNSKEY by key {_lab.Example.EntryKey.Tag} begins 2026-06-01 00:00 UTC");
    }

    [Fact]
    public async Task Unknown_key()
    {
        LabKey stranger = LabKey.P256();
        Resign(_lab.Example, "example.test", DnsType.Mx, stranger);
        string keys = string.Join(", ", ((ushort[])[_lab.Example.EntryKey.Tag, _lab.Example.SigningKey.Tag]).Order());

        await AssertBogus(
            "example.test",
            ValidationBreak.UnknownKey,
            $"example.test MX is signed by key {stranger.Tag}, and example.test has only keys {keys}");
    }

    [Fact]
    public async Task Keys_signed_only_by_a_key_that_no_ds_names()
    {
        Resign(_lab.Example, "example.test", DnsType.Dnskey, _lab.Example.SigningKey);

        await AssertBogus(
            "example.test",
            ValidationBreak.UnknownKey,
            $"example.test DNSKEY is signed by key {_lab.Example.SigningKey.Tag}, and the DS record in test names key {_lab.Example.EntryKey.Tag}");
    }

    [Fact, Rfc(4035, "5.3.1")]
    public async Task Signature_of_another_zone()
    {
        List<DnsRecord> set = [.. _lab.Example.Published.Where(record => record.Type == DnsType.Mx)];
        _lab.Example.WithdrawSignature("example.test", DnsType.Mx);
        _lab.Example.Published.Add(new ZoneSigner(_lab.Example).Signature(set, _lab.Example.SigningKey, SignedZone.NameOf("other.test")));

        await AssertBogus(
            "example.test", ValidationBreak.UnknownKey, "example.test MX is signed by other.test, and is in the zone example.test");
    }

    [Fact]
    public async Task Parent_may_not_take_the_place_of_a_signed_child()
    {
        List<DnsRecord> set = [.. _lab.Example.Published.Where(record => record.Type == DnsType.Mx)];
        _lab.Example.WithdrawSignature("example.test", DnsType.Mx);
        _lab.Example.Published.Add(new ZoneSigner(_lab.Test).Signature(set, LabKey.P256(), _lab.Test.Name));

        await AssertBogus("example.test", ValidationBreak.UnknownKey, "example.test MX is signed by test, and is in the zone example.test");
    }

    [Fact, Rfc(4035, "5.3.3")]
    public async Task Changed_record()
    {
        _lab.Example.Change(record => record.Type == DnsType.Mx, data => [0, 20, .. data[2..]]);

        await AssertBogus(
            "example.test",
            ValidationBreak.SignatureWrong,
            $"the signature of example.test MX by key {_lab.Example.SigningKey.Tag} does not fit the records");
    }

    [Fact, Rfc(4035, "5.3.3")]
    public async Task Record_moved_to_another_name()
    {
        _lab.Example.Text("a.example.test", "mine");
        _lab.Example.Published.AddRange(
            [.. _lab.Example.Published.Where(record => record.Owner.Equals(SignedZone.NameOf("a.example.test"))).Select(record => record with { Owner = SignedZone.NameOf("mail.example.test") })]);

        Assert.Equal(ValidationBreak.SignatureWrong, (await _lab.Validate("mail.example.test", DnsType.Txt)).Break);
    }

    [Fact, Rfc(4035, "5.3.1")]
    public async Task Signature_for_more_labels_than_the_name_has()
    {
        _lab.Example.Change(record => ZoneSigner.Covers(record, DnsType.Mx), data => [.. data[..3], 9, .. data[4..]]);

        await AssertBogus(
            "example.test",
            ValidationBreak.SignatureWrong,
            $"the signature of example.test MX by key {_lab.Example.SigningKey.Tag} is for a name of 9 labels");
    }

    [Fact]
    public async Task Changed_ds_record_breaks_in_the_zone_above()
    {
        _lab.Test.Change(record => record.Type == DnsType.Ds, data => [.. data[..^1], (byte)~data[^1]]);

        await AssertBogus(
            "test",
            ValidationBreak.SignatureWrong,
            $"the signature of example.test DS by key {_lab.Test.SigningKey.Tag} does not fit the records");
    }

    [Fact]
    public async Task First_break_from_the_top_is_the_one_told()
    {
        _lab.Test.Expiration = _lab.Clock.Now.AddDays(-1);
        _lab.Example.Withdraw("example.test", DnsType.Dnskey);

        Assert.Equal("test", (await _lab.Validate("example.test", DnsType.Mx)).Zone);
    }

    [Fact]
    public async Task Answer_is_told_of_before_the_proofs_beside_it()
    {
        _lab.Example.Change(
            record => ZoneSigner.Covers(record, DnsType.A) || ZoneSigner.Covers(record, DnsType.Nsec), data => [.. data[..8], 0x60, .. data[9..]]);

        ValidationFacts facts = await _lab.Validate("mail.example.test", DnsType.A);

        Assert.Equal((ValidationState.Bogus, ValidationBreak.SignatureExpired), (facts.State, facts.Break));
        Assert.StartsWith("the signature of mail.example.test A by key", facts.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_of_nobody_does_not_make_an_unsigned_zone_bogus()
    {
        _lab.Unsigned.Text("host.unsigned.test", "hello");
        DnsRecord[] set = [_lab.Unsigned.Published[^1]];
        _lab.Unsigned.Published.Add(new ZoneSigner(_lab.Unsigned).Signature(set, LabKey.P256(), _lab.Test.Name));

        Assert.Equal(ValidationState.Insecure, (await _lab.Validate("host.unsigned.test", DnsType.Txt)).State);
    }

    [Fact]
    public async Task Broken_signature_beside_one_that_holds_does_no_harm()
    {
        DnsRecord good = _lab.Example.Published.Single(record => ZoneSigner.Covers(record, DnsType.Mx));
        _lab.Example.Published.Insert(0, good with { Data = (byte[])[.. good.Data.Span[..^1], (byte)~good.Data.Span[^1]] });

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("example.test", DnsType.Mx)).State);
    }

    private async Task AssertBogus(string zone, ValidationBreak what, string detail, DateTimeOffset? end = null)
    {
        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal(detail, facts.Detail);
        Assert.Equal((ValidationState.Bogus, zone, what), (facts.State, facts.Zone, facts.Break));
        Assert.Equal(end ?? facts.FirstSignatureEnd, facts.FirstSignatureEnd);
    }

    private SignedZone ZoneNamed(string name) =>
        ((SignedZone[])[_lab.Root, _lab.Test, _lab.Example]).Single(zone => zone.Name.Equals(SignedZone.NameOf(name)));

    private static void Resign(SignedZone zone, string owner, DnsType type, LabKey key, DateTimeOffset? expiration = null)
    {
        List<DnsRecord> set = [.. zone.Published.Where(record => record.Type == type && record.Owner.Equals(SignedZone.NameOf(owner)))];
        zone.WithdrawSignature(owner, type);
        zone.Expiration = expiration ?? zone.Expiration;
        zone.Published.Add(new ZoneSigner(zone).Signature(set, key));
    }
}
