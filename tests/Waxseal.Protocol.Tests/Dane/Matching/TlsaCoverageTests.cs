using System.Collections.Immutable;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Tests.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Matching;

public class TlsaCoverageTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Leaf = Root.Leaf();
    private static readonly TestCertificate NextRoot = TestCertificate.Root("Next CA");

    private static readonly TlsaRecord Current = Leaf.Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256);
    private static readonly TlsaRecord Next = Root.Leaf().Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256);
    private static readonly TlsaRecord NextAnchor =
        NextRoot.Record(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Sha256);

    [Fact, Rfc(7671, "8")]
    public void A_combination_that_only_a_future_chain_fits_is_a_gap()
    {
        TlsaMatch.NotMatched gap = Assert.Single(Gaps(Current, NextAnchor));

        Assert.Equal([new TlsaMismatch(NextAnchor, TlsaMismatchReason.AnchorNotSent)], gap.Mismatches);
    }

    [Fact, Rfc(7671, "8.1")]
    public void The_next_key_beside_the_current_one_is_no_gap()
    {
        Assert.Empty(Gaps(Current, Next));
        Assert.Single(Gaps(Next));
    }

    [Fact, Rfc(7671, "9")]
    public void A_weaker_digest_has_to_fit_as_well()
    {
        TlsaRecord strong = Leaf.Record(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha512);

        Assert.Empty(Gaps(strong, Current));
        Assert.Equal(Next, Assert.Single(Assert.Single(Gaps(strong, Next)).Mismatches).Record);
    }

    private static ImmutableArray<TlsaMatch.NotMatched> Gaps(params TlsaRecord[] records) =>
        TlsaCoverage.Gaps([Leaf.Der, Root.Der], records, [TestName.Of("mx.example.com")], TlsaVectors.Time);
}
