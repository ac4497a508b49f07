using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Net.Tests.Checks;

public class FaultTests
{
    public static TheoryData<string> Faults => [.. LabFaults.All.Select(fault => fault.Key)];

    [Theory, MemberData(nameof(Faults))]
    public async Task The_cause_is_named_in_the_first_two_findings(string key)
    {
        LabFault fault = LabFaults.Get(key);

        CheckResult result = await CheckAsync(fault);

        Assert.False(result.Findings.Any(finding => finding.InShort == "No sender can get the policy.") && result.Senders.Any(sender => sender.FailsAt is null), InWords(result));
        Assert.True(result.Findings.Take(2).Any(finding => finding.Ranking.Causes.Any(ranked => ranked.Cause.Id == fault.CauseId)), InWords(result));
    }

    [Theory]
    [InlineData("B02 one name server speaks without authority")]
    [InlineData("B07 a name server drops EDNS")]
    [InlineData("B07 a name server folds the case of letters")]
    [InlineData("G10 a compressed body")]
    [InlineData("H07 an address as mx")]
    [InlineData("J03 a wildcard one label too short")]
    [InlineData("J08 no MX record")]
    [InlineData("L14 the MX answer is bogus")]
    [InlineData("L18 records without STARTTLS")]
    [InlineData("L24 TLSA records that do not fit into UDP, and no TCP")]
    [InlineData("L24 one name server whose TLSA records do not fit into UDP, and no TCP")]
    [InlineData("L24 keys that do not fit into UDP, and no TCP")]
    public async Task No_other_finding_stands_beside_it(string key)
    {
        CheckResult result = await CheckAsync(LabFaults.Get(key));

        Assert.True(result.Findings is [var only] && only.Ranking.Causes[0].Cause.Id == key[..3], InWords(result));
    }

    private static async Task<CheckResult> CheckAsync(LabFault fault)
    {
        await using LabWorld world = LabWorld.Create();
        fault.Apply(world);
        return Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));
    }

    private static string InWords(CheckResult result) => "Findings:" + string.Concat(result.Findings.Select(finding =>
        $"\n{string.Join(", ", finding.Ranking.Causes.Select(ranked => ranked.Cause.Id))}: {finding.Title}: {finding.Happened}"));
}
