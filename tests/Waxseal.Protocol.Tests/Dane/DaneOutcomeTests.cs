using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

public class DaneOutcomeTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("dane-outcome");

    public static TheoryData<DaneOutcome, ResultType?> ResultTypes => new()
    {
        { new DaneOutcome.Authenticate([]), null },
        { new DaneOutcome.Encrypt(), null },
        { new DaneOutcome.Opportunistic(), null },
        { new DaneOutcome.Reject(), null },
        { new DaneOutcome.SkipHost(DaneObstacle.LookupFailed), ResultType.DnssecInvalid },
        { new DaneOutcome.SkipHost(DaneObstacle.NoAddress), null },
        { new DaneOutcome.SkipHost(DaneObstacle.NoSecureRecord), ResultType.DaneRequired },
        { new DaneOutcome.SkipHost(DaneObstacle.NoUsableRecord), ResultType.TlsaInvalid },
        { new DaneOutcome.Defer(DaneObstacle.LookupFailed), ResultType.DnssecInvalid },
        { new DaneOutcome.Defer(DaneObstacle.InsecureMx), ResultType.DaneRequired },
    };

    [Theory, Rfc(7672, "2.1.2"), Rfc(7672, "2.2"), Rfc(7672, "6"), Rfc(7505, "4.1"), MemberData(nameof(Cases))]
    public void Dns_alone_says_what_to_do_with_an_MX_host(string _, JsonElement input, JsonElement expected)
    {
        var facts = new DaneFacts(
            Mx(input.GetProperty("mx").GetString()!),
            Finding(input.GetProperty("address").GetString()!),
            Finding(input.GetProperty("tlsa").GetString()!),
            input.TryGetProperty("records", out JsonElement records) ? TlsaVectors.Records(records) : [],
            input.GetProperty("mandatory_dane").GetBoolean());

        string action = DaneOutcome.Of(facts, DigestOrder.Default) switch
        {
            DaneOutcome.Authenticate => "authenticate",
            DaneOutcome.Encrypt => "encrypt",
            DaneOutcome.Opportunistic => "opportunistic",
            DaneOutcome.SkipHost => "skip-host",
            DaneOutcome.Defer => "defer",
            DaneOutcome.Reject => "reject",
            var other => other.ToString(),
        };

        Assert.Equal(expected.GetProperty("action").GetString(), action);
    }

    [Theory, Rfc(8460, "4.3.2.1"), MemberData(nameof(ResultTypes))]
    public void Each_outcome_has_at_most_one_result_type(DaneOutcome outcome, ResultType? expected)
    {
        Assert.Equal(expected, outcome.ToResultType());
    }

    [Fact]
    public void Every_outcome_is_in_the_table_of_result_types()
    {
        IEnumerable<Type> cases = typeof(DaneOutcome).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(DaneOutcome)));

        Assert.All(cases, type => Assert.Contains(ResultTypes, row => row.Data.Item1.GetType() == type));
    }

    [Theory, Rfc(7672, "6")]
    [InlineData(MxFinding.AddressLiteral)]
    [InlineData(MxFinding.AddressInMx)]
    public void Mandatory_DANE_is_not_met_by_an_address(MxFinding mx)
    {
        var facts = new DaneFacts(mx, DnsFinding.NotAsked, DnsFinding.NotAsked, [], IsMandatory: true);

        Assert.Equal(
            new DaneOutcome.SkipHost(DaneObstacle.NoSecureRecord), DaneOutcome.Of(facts, DigestOrder.Default));
    }

    [Fact, Rfc(7672, "2.1.2")]
    public void An_address_look_up_left_out_never_weakens_delivery()
    {
        var facts = new DaneFacts(MxFinding.Secure, DnsFinding.NotAsked, DnsFinding.NotAsked, [], IsMandatory: false);

        Assert.Equal(new DaneOutcome.SkipHost(DaneObstacle.LookupFailed), DaneOutcome.Of(facts, DigestOrder.Default));
    }

    [Theory, Rfc(8460, "4.2.1"), Rfc(8460, "4.3.2.1"), Rfc(7672, "2.2")]
    [InlineData(false, null)]
    [InlineData(true, ResultType.TlsaInvalid)]
    public void Unusable_records_are_a_failure_where_DANE_is_mandatory(bool isMandatory, ResultType? expected)
    {
        var unusable = new TlsaRecord(TlsaUsage.PkixEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [.. new byte[32]]);
        var facts = new DaneFacts(MxFinding.Secure, DnsFinding.Secure, DnsFinding.Secure, [unusable], isMandatory);

        Assert.Equal(expected, DaneOutcome.Of(facts, DigestOrder.Default).ToResultType());
    }

    private static MxFinding Mx(string word) => word switch
    {
        "secure" => MxFinding.Secure,
        "none-secure" => MxFinding.Absent,
        "insecure" => MxFinding.Insecure,
        "literal" => MxFinding.AddressLiteral,
        "address-in-mx" => MxFinding.AddressInMx,
        "null-mx" => MxFinding.NullMx,
        "servfail" or "bogus" or "indeterminate" or "timeout" => MxFinding.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private static DnsFinding Finding(string word) => word switch
    {
        "secure" => DnsFinding.Secure,
        "insecure" => DnsFinding.Insecure,
        "nodata-secure" or "nxdomain-secure" or "nxdomain-insecure" => DnsFinding.Absent,
        "not-asked" or "n/a" => DnsFinding.NotAsked,
        "servfail" or "bogus" or "indeterminate" or "timeout" or "refused" or "notimp" or "malformed-reply" => DnsFinding.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };
}
