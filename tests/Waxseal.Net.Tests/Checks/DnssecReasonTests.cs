using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Lab.Signing;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class DnssecReasonTests
{
    [Theory, Rfc(4035, "5")]
    [InlineData("L13 the signatures of the zone have expired", "ended")]
    [InlineData("L14 a DS record for a key that the zone does not have", "names key")]
    [InlineData("L14 a DS record for a zone without keys", "no DNSKEY")]
    [InlineData("B04 the signatures of the policy host's own zone have expired", "ended")]
    [InlineData("B04 a DS record for a key that the policy host's own zone does not have", "names key")]
    public async Task The_finding_says_why_the_answers_are_bogus(string key, string reason)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(key).Apply(world);

        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));

        Finding finding = result.Findings.First(finding => finding.Ranking.Causes.Any(ranked => ranked.Cause.Id == key[..3]));
        Assert.True(finding.Happened.Contains(reason, StringComparison.Ordinal), finding.Happened);
        Assert.Contains("Our own validation", finding.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_domain_with_good_signatures_gives_no_finding()
    {
        await using LabWorld world = LabWorld.Create();
        WorldSigner.Sign(world, world.Zone);

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Contains(facts.Validations, validation => validation.State == ValidationState.Secure);
        Assert.Empty(Checker.Check(facts).Findings.Select(finding => $"{finding.Title}: {finding.Happened}"));
    }
}
