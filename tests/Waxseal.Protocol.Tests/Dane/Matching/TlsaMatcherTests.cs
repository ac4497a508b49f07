using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Tests.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Matching;

public class TlsaMatcherTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Intermediate = Root.Ca("Intermediate CA");
    private static readonly TestCertificate Leaf = Intermediate.Leaf();
    private static readonly TlsaRecord LeafRecord = Leaf.Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256);

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("tlsa-match");

    public static TheoryData<TlsaRecord, TlsaMismatchReason> Slips => new()
    {
        { Leaf.Record(TlsaUsage.DaneTa, TlsaSelector.Spki, TlsaMatchingType.Sha256), TlsaMismatchReason.MeansLeaf },
        { Root.Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256), TlsaMismatchReason.MeansIssuer },
        { LeafRecord with { Selector = TlsaSelector.Cert }, TlsaMismatchReason.OtherSelector },
        {
            Root.Record(TlsaUsage.DaneTa, TlsaSelector.Spki, TlsaMatchingType.Sha256) with { Selector = TlsaSelector.Cert },
            TlsaMismatchReason.OtherSelector
        },
        {
            TestCertificate.Root().Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha512),
            TlsaMismatchReason.LeafDiffers
        },
        {
            TestCertificate.Root().Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Sha256),
            TlsaMismatchReason.AnchorNotSent
        },
    };

    public static TheoryData<TlsaMatch, ResultType?> ResultTypes => new()
    {
        { new TlsaMatch.Matched(LeafRecord, 0), null },
        { new TlsaMatch.NoUsableRecord(), null },
        { new TlsaMatch.ChainRefused("no certificate was sent"), ResultType.ValidationFailure },
        { NotMatched(TlsaMismatchReason.LeafDiffers), ResultType.TlsaInvalid },
        { NotMatched(TlsaMismatchReason.LeafDiffers, TlsaMismatchReason.Expired), ResultType.CertificateExpired },
        { NotMatched(TlsaMismatchReason.NameMismatch, TlsaMismatchReason.Expired), ResultType.CertificateExpired },
        { NotMatched(TlsaMismatchReason.NameMismatch), ResultType.CertificateHostMismatch },
        { NotMatched(TlsaMismatchReason.AnchorDidNotIssue), ResultType.CertificateNotTrusted },
    };

    [Theory, Rfc(7672, "3.2"), Rfc(7671, "5"), MemberData(nameof(Cases))]
    public void A_chain_is_authenticated_by_one_record_it_fits(string name, JsonElement input, JsonElement expected)
    {
        string[] chain = [.. input.GetProperty("chain").EnumerateArray().Select(certificate => certificate.GetString()!)];
        TlsaMatch match = TlsaMatcher.Match(
            [.. chain.Select(TlsaVectors.Certificate)],
            TlsaVectors.Records(input.GetProperty("tlsa")),
            [.. input.GetProperty("reference_ids").EnumerateArray().Select(id => TestName.Of(id.GetString()!))],
            TlsaVectors.Time,
            DigestOrder.Default);

        Assert.True(expected.GetProperty("match").GetBoolean() == match is TlsaMatch.Matched, $"{name}: {match}");
    }

    [Theory, MemberData(nameof(Slips))]
    public void A_common_slip_of_the_publisher_is_named(TlsaRecord record, TlsaMismatchReason expected)
    {
        TlsaMatch match = Match([record], Leaf, Intermediate, Root);

        Assert.Equal(new TlsaMismatch(record, expected), Assert.Single(Assert.IsType<TlsaMatch.NotMatched>(match).Mismatches));
    }

    [Fact, Rfc(7671, "5.1")]
    public void The_order_of_the_records_does_not_matter()
    {
        TlsaRecord other = TestCertificate.Root().Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256);
        TlsaRecord anchor = Root.Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Sha256);

        Assert.Equal(new TlsaMatch.Matched(LeafRecord, 0), Match([other, anchor, LeafRecord], Leaf, Intermediate, Root));
        Assert.Equal(new TlsaMatch.Matched(LeafRecord, 0), Match([LeafRecord, anchor, other], Leaf, Intermediate, Root));
    }

    [Fact, Rfc(7671, "9")]
    public void The_administrators_order_of_digests_decides_which_record_is_looked_at()
    {
        TlsaRecord otherSha512 = Root.Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha512);
        var sha256First = new DigestOrder([TlsaMatchingType.Sha256, TlsaMatchingType.Sha512]);

        Assert.IsType<TlsaMatch.NotMatched>(Match([LeafRecord, otherSha512], Leaf));
        Assert.IsType<TlsaMatch.Matched>(
            TlsaMatcher.Match([Leaf.Der], [LeafRecord, otherSha512], [], TlsaVectors.Time, sha256First));
    }

    [Fact, Rfc(7672, "2.2")]
    public void Without_a_usable_record_nothing_is_compared()
    {
        Assert.IsType<TlsaMatch.NoUsableRecord>(Match([LeafRecord with { Usage = TlsaUsage.PkixEe }], Leaf));
    }

    [Fact]
    public void A_chain_beyond_the_limits_is_refused()
    {
        byte[] large = new byte[PresentedChain.MaxOctets];
        IEnumerable<ReadOnlyMemory<byte>> many = Enumerable.Repeat(Leaf.Der, PresentedChain.MaxCertificates + 1);

        Assert.IsType<TlsaMatch.ChainRefused>(Match([LeafRecord], (TestCertificate[])[]));
        Assert.IsType<TlsaMatch.ChainRefused>(Match([LeafRecord], [.. many]));
        Assert.IsType<TlsaMatch.ChainRefused>(Match([LeafRecord], [Leaf.Der, large]));
        Assert.IsType<TlsaMatch.ChainRefused>(Match([LeafRecord], [Leaf.Der, new byte[] { 0x30, 0 }]));
        Assert.IsType<TlsaMatch.Matched>(Match([LeafRecord], [.. many.Skip(1)]));
    }

    [Fact]
    public void No_octets_whatever_make_it_throw()
    {
        TlsaRecord[] records =
        [
            Root.Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Full),
            Root.Record(TlsaUsage.DaneTa, TlsaSelector.Spki, TlsaMatchingType.Full),
        ];
        var random = new Random(20260101);
        var ends = new HashSet<Type>();
        for (int run = 0; run < 500; run++)
        {
            byte[] leaf = Damage(Leaf.Der, random);
            byte[] intermediate = Damage(Intermediate.Der, random);
            IEnumerable<TlsaRecord> damaged = records.Select(record =>
                record with { AssociationData = [.. Damage(record.AssociationData.AsMemory(), random)] });
            ends.Add(Match([.. records, .. damaged], [leaf, intermediate]).GetType());
        }

        Assert.Contains(typeof(TlsaMatch.ChainRefused), ends);
        Assert.Contains(typeof(TlsaMatch.NotMatched), ends);
    }

    [Theory, Rfc(8460, "4.3.1"), MemberData(nameof(ResultTypes))]
    public void Each_end_has_at_most_one_result_type(TlsaMatch match, ResultType? expected)
    {
        Assert.Equal(expected, match.ToResultType());
    }

    [Fact]
    public void Every_end_is_in_the_table_of_result_types()
    {
        IEnumerable<Type> ends = typeof(TlsaMatch).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(TlsaMatch)));

        Assert.All(ends, type => Assert.Contains(ResultTypes, row => row.Data.Item1.GetType() == type));
    }

    private static byte[] Damage(ReadOnlyMemory<byte> octets, Random random)
    {
        byte[] copy = octets.ToArray();
        for (int flips = random.Next(3); flips > 0; flips--)
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static TlsaMatch.NotMatched NotMatched(params TlsaMismatchReason[] reasons) =>
        new([.. reasons.Select(reason => new TlsaMismatch(LeafRecord, reason))]);

    private static TlsaMatch Match(ImmutableArray<TlsaRecord> records, params TestCertificate[] chain) =>
        Match(records, [.. chain.Select(certificate => certificate.Der)]);

    private static TlsaMatch Match(ImmutableArray<TlsaRecord> records, ReadOnlyMemory<byte>[] chain) =>
        TlsaMatcher.Match(chain, records, [TestName.Of("mx.example.com")], TlsaVectors.Time, DigestOrder.Default);
}
