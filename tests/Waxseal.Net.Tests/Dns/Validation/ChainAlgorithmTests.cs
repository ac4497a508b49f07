using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ChainAlgorithmTests
{
    private readonly ChainLab _lab = new();

    [Theory, Rfc(8624, "3.1")]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(14)]
    public async Task Algorithms_in_use_are_checked(byte algorithm)
    {
        _lab.Example.EntryKey = algorithm == 14 ? LabKey.P384(LabKey.EntryKey) : LabKey.Rsa(algorithm, LabKey.EntryKey);
        _lab.Example.SigningKey = algorithm == 14 ? LabKey.P384() : LabKey.Rsa(algorithm);

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("example.test", DnsType.Mx)).State);
        _lab.Example.Change(record => record.Type == DnsType.A, data => [.. data[..3], 99]);
        Assert.Equal(ValidationBreak.SignatureWrong, (await _lab.Validate("mail.example.test", DnsType.A)).Break);
    }

    [Theory, Rfc(8624, "3.3")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Digests_in_use_are_checked(byte digestType)
    {
        _lab.Example.Signers = [_lab.Example.EntryKey.Ds(_lab.Example.Name, digestType)];

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("example.test", DnsType.Mx)).State);
    }

    [Fact, Rfc(4509, "3")]
    public async Task Digest_by_sha1_is_ignored_beside_a_better_one()
    {
        LabKey other = LabKey.P256(LabKey.EntryKey);
        _lab.Example.OtherKeys.Add(other);
        _lab.Example.Signers = [other.Ds(_lab.Example.Name, 1), _lab.Example.EntryKey.Ds(_lab.Example.Name)];
        _lab.Example.Published.RemoveAll(record => ZoneSigner.Covers(record, DnsType.Dnskey));
        ZoneSigner signer = new(_lab.Example);
        _lab.Example.Published.Add(signer.Signature([.. _lab.Example.Published.Where(record => record.Type == DnsType.Dnskey)], other));

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal(ValidationBreak.UnknownKey, facts.Break);
        Assert.Equal($"example.test DNSKEY is signed by key {other.Tag}, and the DS records in test name key {_lab.Example.EntryKey.Tag}", facts.Detail);
    }

    [Theory, Rfc(4035, "5.2")]
    [InlineData(15, ValidationState.Indeterminate, "algorithm Ed25519 (15)")]
    [InlineData(16, ValidationState.Indeterminate, "algorithm Ed448 (16)")]
    [InlineData(12, ValidationState.Insecure, "algorithm number 12")]
    [InlineData(253, ValidationState.Insecure, "algorithm number 253")]
    public async Task Unknown_algorithm_of_a_zone(byte algorithm, ValidationState state, string kind)
    {
        _lab.Example.EntryKey = LabKey.Fake(algorithm, new byte[32], LabKey.EntryKey);
        _lab.Example.SigningKey = LabKey.Fake(algorithm, new byte[32]);

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((state, "example.test", ValidationBreak.UnknownAlgorithm), (facts.State, facts.Zone, facts.Break));
        Assert.Equal($"the DS record in test for example.test cannot be checked here: {kind}", facts.Detail);
    }

    [Fact, Rfc(4035, "5.2")]
    public async Task Unknown_digest_is_as_good_as_no_ds()
    {
        byte[] signer = _lab.Example.EntryKey.Ds(_lab.Example.Name);
        signer[3] = 3;
        _lab.Example.Signers = [signer];

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Insecure, ValidationBreak.UnknownAlgorithm), (facts.State, facts.Break));
        Assert.EndsWith("digest type 3", facts.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_algorithm_of_one_signature()
    {
        _lab.Example.SigningKey = LabKey.Fake(15, new byte[32]);

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Indeterminate, ValidationBreak.UnknownAlgorithm), (facts.State, facts.Break));
        Assert.Equal(
            $"the signature of example.test MX by key {_lab.Example.SigningKey.Tag} is made with Ed25519 (15), which cannot be checked here", facts.Detail);
    }
}
