using Waxseal.Lab;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Net.Tests.Checks;

public class HealthyTests
{
    [Fact]
    public async Task A_healthy_policy_domain_gives_no_finding()
    {
        await using LabWorld world = LabWorld.Create();

        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));

        Assert.Empty(result.Findings.Select(finding => $"{finding.Title}: {finding.Happened}"));
        Assert.Equal(CheckStanding.Healthy, result.Standing);
        Assert.All(result.Senders, sender => Assert.Null(sender.FailsAt));
    }
}
