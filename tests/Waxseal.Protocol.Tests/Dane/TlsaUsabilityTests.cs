using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

public class TlsaUsabilityTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("tlsa-usable");

    [Theory, Rfc(6698, "4.1"), Rfc(7672, "3.1"), MemberData(nameof(Cases))]
    public void A_record_is_usable_when_its_numbers_are_known_and_its_data_fits_them(
        string name, JsonElement input, JsonElement expected)
    {
        var record = new TlsaRecord(
            (TlsaUsage)input.GetProperty("usage").GetByte(),
            (TlsaSelector)input.GetProperty("selector").GetByte(),
            (TlsaMatchingType)input.GetProperty("matching_type").GetByte(),
            [.. Convert.FromHexString(input.GetProperty("data_hex").GetString()!)]);
        TlsaDefect? reason = !expected.TryGetProperty("reason", out JsonElement word) ? null : word.GetString() switch
        {
            "pkix-usage" => TlsaDefect.PkixUsage,
            "unknown-usage" => TlsaDefect.UnknownUsage,
            "unknown-selector" => TlsaDefect.UnknownSelector,
            "unknown-matching-type" => TlsaDefect.UnknownMatchingType,
            "malformed-data" => TlsaDefect.MalformedData,
            _ => throw new ArgumentOutOfRangeException(nameof(expected), word, name),
        };

        Assert.Equal(expected.GetProperty("usable").GetBoolean(), TlsaUsability.IsUsable(record, DigestOrder.Default));
        Assert.Equal(reason, TlsaUsability.DefectOf(record, DigestOrder.Default));
    }

    [Fact, Rfc(6698, "4.1")]
    public void A_digest_the_administrator_does_not_list_makes_a_record_unusable()
    {
        var onlySha512 = new DigestOrder([TlsaMatchingType.Sha512]);
        var record = new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [.. new byte[32]]);

        Assert.Equal(TlsaDefect.RefusedDigest, TlsaUsability.DefectOf(record, onlySha512));
    }
}
