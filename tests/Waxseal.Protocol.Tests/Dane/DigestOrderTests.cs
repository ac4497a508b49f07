using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

public class DigestOrderTests
{
    private static readonly TlsaRecord Sha256 = Record(TlsaMatchingType.Sha256, 32);
    private static readonly TlsaRecord Sha512 = Record(TlsaMatchingType.Sha512, 64);

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("digest-agility");

    [Theory, Rfc(7671, "9"), MemberData(nameof(Cases))]
    public void Only_the_strongest_digest_and_full_values_remain(string name, JsonElement input, JsonElement expected)
    {
        ImmutableArray<TlsaRecord> records = TlsaVectors.Records(input.GetProperty("records"));

        ImmutableArray<TlsaRecord> considered = DigestOrder.Default.Select(records);

        IEnumerable<int> indices = expected.GetProperty("considered").EnumerateArray().Select(index => index.GetInt32());
        Assert.True(indices.SequenceEqual(considered.Select(record => records.IndexOf(record))), name);
    }

    [Fact, Rfc(7671, "9")]
    public void The_administrator_can_reverse_the_order()
    {
        var reversed = new DigestOrder([TlsaMatchingType.Sha256, TlsaMatchingType.Sha512]);

        Assert.Equal([Sha256], reversed.Select([Sha256, Sha512]));
        Assert.Equal([Sha512], DigestOrder.Default.Select([Sha256, Sha512]));
    }

    [Fact, Rfc(7671, "9")]
    public void A_digest_that_is_not_accepted_cannot_push_out_another()
    {
        var onlySha256 = new DigestOrder([TlsaMatchingType.Sha256]);

        Assert.Equal([Sha256], onlySha256.Select([Sha512, Sha256]));
    }

    [Fact]
    public void Orders_with_the_same_digests_are_equal()
    {
        var same = new DigestOrder([TlsaMatchingType.Sha512, TlsaMatchingType.Sha256]);

        Assert.Equal(DigestOrder.Default, same);
        Assert.Equal(DigestOrder.Default.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(DigestOrder.Default, new DigestOrder([TlsaMatchingType.Sha256]));
    }

    private static TlsaRecord Record(TlsaMatchingType type, int length) =>
        new(TlsaUsage.DaneEe, TlsaSelector.Spki, type, [.. new byte[length]]);
}
