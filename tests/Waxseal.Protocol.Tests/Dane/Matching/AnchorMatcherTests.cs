using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Tests.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Matching;

public class AnchorMatcherTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Intermediate = Root.Ca("Intermediate CA");
    private static readonly TestCertificate Leaf = Intermediate.Leaf();

    [Fact, Rfc(7671, "5.2")]
    public void Certificates_may_be_sent_in_any_order_with_others_among_them()
    {
        TestCertificate other = TestCertificate.Root("Other CA");

        AssertMatch(2, Check(Anchor(Root), Leaf, other, Root, Intermediate));
        AssertMatch(3, Check(Anchor(Intermediate), Leaf, other, Root, Intermediate));
    }

    [Fact, Rfc(7671, "5.2")]
    public void An_anchor_cross_signed_by_another_root_is_one_all_the_same()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        TestCertificate selfSigned = TestCertificate.Root("Young CA", key);
        TestCertificate crossSigned = Root.Ca("Young CA", key: key);
        TestCertificate leaf = selfSigned.Leaf();

        AssertMatch(1, Check(Anchor(crossSigned), leaf, crossSigned, selfSigned, Root));
        AssertMatch(2, Check(Anchor(selfSigned), leaf, crossSigned, selfSigned, Root));
        TlsaRecord ofKey = crossSigned.Record(TlsaUsage.DaneTa, TlsaSelector.Spki, TlsaMatchingType.Sha256);
        AssertMatch(1, Check(ofKey, leaf, crossSigned, selfSigned));
    }

    [Fact, Rfc(7671, "5.2")]
    public void An_anchor_of_the_right_name_and_another_key_did_not_issue()
    {
        TestCertificate impostor = TestCertificate.Root("Intermediate CA");

        AssertReason(TlsaMismatchReason.AnchorDidNotIssue, Check(Anchor(impostor), Leaf, impostor));
    }

    [Fact, Rfc(7671, "5.2")]
    public void An_intermediate_that_is_not_sent_breaks_the_path()
    {
        AssertReason(TlsaMismatchReason.AnchorDidNotIssue, Check(Anchor(Root), Leaf, Root));
    }

    [Fact, Rfc(7672, "3.1.2")]
    public void The_path_length_of_the_anchor_binds()
    {
        TestCertificate anchor = Root.Ca("Short CA", pathLength: 0);
        TestCertificate below = anchor.Ca("Below CA");
        TestCertificate leaf = below.Leaf();

        AssertReason(TlsaMismatchReason.ConstraintViolated, Check(Anchor(anchor), leaf, below, anchor));
        AssertMatch(1, Check(Anchor(anchor), anchor.Leaf(), anchor));
    }

    [Fact, Rfc(7672, "3.1.2")]
    public void The_name_constraints_of_the_anchor_bind()
    {
        TestCertificate anchor = TestCertificate.Root("Narrow CA", null, Permit("example.net"));

        AssertReason(TlsaMismatchReason.ConstraintViolated, Check(Anchor(anchor), anchor.Leaf(), anchor));

        TestCertificate fitting = TestCertificate.Root("Fitting CA", null, Permit("example.com"));
        AssertMatch(1, Check(Anchor(fitting), fitting.Leaf(), fitting));
    }

    [Fact, Rfc(6698, "2.1.1")]
    public void A_certificate_that_is_no_CA_cannot_be_an_anchor()
    {
        TestCertificate noCa = Root.Leaf("Not a CA");

        AssertReason(TlsaMismatchReason.ConstraintViolated, Check(Anchor(noCa), noCa.Leaf(), noCa));
    }

    [Fact, Rfc(6698, "2.1.1")]
    public void A_certificate_for_clients_only_does_not_authenticate_an_MX_host()
    {
        var clientsOnly = new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false);

        AssertReason(
            TlsaMismatchReason.ConstraintViolated, Check(Anchor(Root), Root.Leaf("mx.example.com", clientsOnly), Root));
    }

    [Fact, Rfc(6698, "2.1.1")]
    public void A_critical_extension_that_is_not_understood_ends_the_path()
    {
        var unknown = new X509Extension("1.3.6.1.4.1.99999.1", [5, 0], critical: true);

        AssertReason(
            TlsaMismatchReason.ConstraintViolated, Check(Anchor(Root), Root.Leaf("mx.example.com", unknown), Root));
    }

    [Theory, Rfc(6698, "2.1.1")]
    [InlineData(2019, TlsaMismatchReason.NotYetValid)]
    [InlineData(2041, TlsaMismatchReason.Expired)]
    public void Dates_count_for_the_whole_path(int year, TlsaMismatchReason expected)
    {
        var time = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero);

        AssertReason(expected, Check(Anchor(Root), time, Leaf, Intermediate, Root));
    }

    [Fact, Rfc(6698, "2.1.1")]
    public void A_certificate_ends_with_its_last_second()
    {
        DateTimeOffset end = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        TestCertificate leaf = Root.LeafUntil(end);

        AssertMatch(1, Check(Anchor(Root), end.AddSeconds(-1), leaf, Root));
        AssertReason(TlsaMismatchReason.Expired, Check(Anchor(Root), end.AddSeconds(1), leaf, Root));
    }

    [Fact]
    public void A_signature_with_a_broken_digest_proves_nothing()
    {
        AssertReason(
            TlsaMismatchReason.WeakSignature, Check(Anchor(Root), Root.LeafSignedWithSha1(), Root));
    }

    [Fact, Rfc(7671, "5.2.2")]
    public void A_whole_anchor_in_DNS_need_not_be_sent()
    {
        AssertMatch(null, Check(Whole(Root), Leaf, Intermediate));
        AssertReason(TlsaMismatchReason.AnchorDidNotIssue, Check(Whole(TestCertificate.Root()), Leaf, Intermediate));
    }

    [Fact, Rfc(7671, "5.2.3")]
    public void A_whole_key_in_DNS_vouches_for_what_it_signed()
    {
        using var rsaKey = RSA.Create(2048);
        TestCertificate rsaRoot = TestCertificate.Root("RSA CA", rsaKey);
        TestCertificate below = rsaRoot.Ca("Below CA");

        AssertMatch(1, Check(Key(Root), Leaf, Intermediate));
        AssertMatch(0, Check(Key(Intermediate), Leaf));
        AssertMatch(1, Check(Key(rsaRoot), below.Leaf(), below));
        AssertReason(TlsaMismatchReason.AnchorNotSent, Check(Key(TestCertificate.Root()), Leaf, Intermediate));
        AssertReason(TlsaMismatchReason.AnchorNotSent, Check(Key(rsaRoot), Leaf, Intermediate));
    }

    [Fact, Rfc(7671, "5.2.3")]
    public void Names_and_dates_count_under_a_key_in_DNS_as_well()
    {
        var late = new DateTimeOffset(2041, 1, 1, 0, 0, 0, TimeSpan.Zero);

        AssertReason(TlsaMismatchReason.Expired, Check(Key(Root), late, Leaf, Intermediate));
        AssertReason(TlsaMismatchReason.NameMismatch, Check(Key(Root), Root.Leaf("mx.example.org")));
    }

    [Theory, Rfc(7672, "3.2.3")]
    [InlineData("MX.Example.COM", true)]
    [InlineData("*.example.com", true)]
    [InlineData("*.EXAMPLE.com", true)]
    [InlineData("*.mx.example.com", false)]
    [InlineData("*.com", false)]
    [InlineData("*", false)]
    [InlineData("mx*.example.com", false)]
    [InlineData("*x.example.com", false)]
    [InlineData("mx.*.com", false)]
    [InlineData("example.com", false)]
    [InlineData("mx.example.com.evil.example", false)]
    public void A_name_matches_whole_or_by_one_label(string presented, bool matches)
    {
        TestCertificate leaf = Root.LeafNamed("CN=other.example", TestCertificate.DnsName("decoy.example", presented));

        Assert.Equal(matches, Check(Anchor(Root), leaf, Root) is TlsaMatch.Matched);
    }

    [Theory, Rfc(7672, "3.2.3")]
    [InlineData("CN=mx.example.com", true)]
    [InlineData("CN=*.example.com", true)]
    [InlineData("O=mx.example.com", false)]
    [InlineData("CN=mx.example.com+O=Example", false)]
    [InlineData("O=Example, CN=mx.example.com", true)]
    public void Without_DNS_names_the_common_name_counts(string subject, bool matches)
    {
        Assert.Equal(matches, Check(Anchor(Root), Root.LeafNamed(subject), Root) is TlsaMatch.Matched);
    }

    private static TlsaRecord Anchor(TestCertificate certificate) =>
        certificate.Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Sha256);

    private static TlsaRecord Whole(TestCertificate certificate) =>
        certificate.Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Full);

    private static TlsaRecord Key(TestCertificate certificate) =>
        certificate.Record(TlsaUsage.DaneTa, TlsaSelector.Spki, TlsaMatchingType.Full);

    // RFC 5280 §4.2.1.10: NameConstraints ::= SEQUENCE { permittedSubtrees [0] SEQUENCE OF { dNSName [2] } }
    private static X509Extension Permit(string dnsName)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
            writer.WriteCharacterString(UniversalTagNumber.IA5String, dnsName, new Asn1Tag(TagClass.ContextSpecific, 2));
        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    private static void AssertMatch(int? depth, TlsaMatch match) =>
        Assert.Equal(depth, Assert.IsType<TlsaMatch.Matched>(match).Depth);

    private static void AssertReason(TlsaMismatchReason expected, TlsaMatch match) =>
        Assert.Equal(expected, Assert.Single(Assert.IsType<TlsaMatch.NotMatched>(match).Mismatches).Reason);

    private static TlsaMatch Check(TlsaRecord record, params TestCertificate[] chain) =>
        Check(record, TlsaVectors.Time, chain);

    private static TlsaMatch Check(TlsaRecord record, DateTimeOffset time, params TestCertificate[] chain) =>
        TlsaMatcher.Match(
            [.. chain.Select(certificate => certificate.Der)],
            [record],
            [TestName.Of("mx.example.com")],
            time,
            DigestOrder.Default);
}
