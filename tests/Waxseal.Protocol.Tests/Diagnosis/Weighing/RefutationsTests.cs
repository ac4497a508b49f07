using System.Collections.Immutable;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

public class RefutationsTests
{
    private const string Digest = "6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC";

    [Fact]
    public void Who_gives_a_User_Agent_is_not_turned_away_for_lack_of_it()
    {
        Assert.Contains("G05", Causes(Outlook.On("2024-11-07").Sts().Failed(2, FetchError)));
        Assert.DoesNotContain("G05", Causes(Google.On("2024-11-07").Sts().Failed(2, FetchError)));
    }

    [Fact, Rfc(8461, "4.1")]
    public void A_policy_without_a_wildcard_has_none_too_short()
    {
        ImmutableArray<string> causes = Causes(Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, "MX_HOSTS_MISMATCH"));

        Assert.Contains("J01", causes);
        Assert.DoesNotContain("J03", causes);
        Assert.DoesNotContain("J02", causes);
    }

    [Fact, Rfc(8461, "4.1")]
    public void An_MX_host_of_the_policy_is_not_missing_in_it()
    {
        ImmutableArray<string> listed = Causes(Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, at: "mx.example.com"));
        ImmutableArray<string> unlisted = Causes(Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, at: "mx.example.net"));

        Assert.DoesNotContain(listed, id => id[0] == 'J');
        Assert.Contains("J01", unlisted);
    }

    [Theory, Rfc(6698, "4.1")]
    [InlineData($"1 1 1 {Digest}", "L05")]
    [InlineData($"7 1 1 {Digest}", "L25")]
    [InlineData($"3 7 1 {Digest}", "L26")]
    [InlineData($"3 1 7 {Digest}", "L27")]
    [InlineData("3 1 1 ABCD", "L28")]
    public void A_TLSA_record_of_no_use_has_its_one_cause(string record, string causeId) =>
        Assert.Equal([causeId], Causes(Outlook.On("2024-11-08").Tlsa(record).Failed(3, TlsaInvalid)));

    [Fact]
    public void Where_no_record_is_shown_each_defect_may_be()
    {
        ImmutableArray<string> causes = Causes(PostfixHouse.On("2024-11-08").Tlsa().Failed(3, TlsaInvalid, "all-TLSA-records-unusable"));

        Assert.Equal(["L05", "L25", "L26", "L27", "L28"], causes.Order(StringComparer.Ordinal));
    }

    private static ImmutableArray<string> Causes(SampleReport report) =>
        [.. TheFinding(report).Ranking.Causes.Select(ranked => ranked.Cause.Id)];
}
