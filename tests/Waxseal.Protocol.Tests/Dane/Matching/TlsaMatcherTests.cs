using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Matching;

public class TlsaMatcherTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("tlsa-match");

    [Theory, Rfc(7672, "3.2"), Rfc(7671, "5"), MemberData(nameof(Cases))]
    public void A_chain_is_authenticated_by_one_record_it_fits(string name, JsonElement input, JsonElement expected)
    {
        TlsaMatch match = TlsaMatcher.Match(
            [.. input.GetProperty("chain").EnumerateArray().Select(certificate => TlsaVectors.Certificate(certificate.GetString()!))],
            TlsaVectors.Records(input.GetProperty("tlsa")),
            [.. input.GetProperty("reference_ids").EnumerateArray().Select(id => Name(id.GetString()!))],
            TlsaVectors.Time,
            DigestOrder.Default);

        Assert.True(expected.GetProperty("match").GetBoolean() == match is TlsaMatch.Matched, $"{name}: {match}");
    }

    private static DomainName Name(string text) =>
        DomainName.TryParse(text, out DomainName? name, out _) ? name : throw new ArgumentException(text);
}
