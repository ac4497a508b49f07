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
        await using LabWorld world = LabWorld.Create();
        fault.Apply(world);

        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));

        string all = "Findings:" + string.Concat(result.Findings.Select(finding =>
            $"\n{string.Join(", ", finding.Ranking.Causes.Select(ranked => ranked.Cause.Id))}: {finding.Title}: {finding.Happened}"));
        Assert.False(result.Findings.Any(finding => finding.InShort == "No sender can get the policy.") && result.Senders.Any(sender => sender.FailsAt is null), all);
        Assert.True(result.Findings.Take(2).Any(finding => finding.Ranking.Causes.Any(ranked => ranked.Cause.Id == fault.CauseId)), all);
    }
}
