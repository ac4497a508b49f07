using System.Diagnostics;
using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Checks;

public class HostilePeerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    public static TheoryData<string> Names => [.. HostilePeers.Ways.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_hostile_peer_costs_no_more_than_the_time_allowed(string way)
    {
        await using LabWorld world = LabWorld.Create();
        HostilePeers.Ways[way](world);
        world.Options = world.Options with { Timeout = Limit, StepTimeout = Limit / 6, DnsTimeout = TimeSpan.FromMilliseconds(500) };
        long start = Stopwatch.GetTimestamp();

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.True(Stopwatch.GetElapsedTime(start) < Limit + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain('\0', string.Concat(Checker.Check(facts).Findings.Select(finding => finding.Happened + finding.Title)));
    }

    [Fact]
    public async Task An_address_that_changes_after_the_look_up_is_not_connected_to()
    {
        await using LabWorld world = LabWorld.Create();
        world.Zone.Remove(LabWorld.Host).Address(LabWorld.Host, System.Net.IPAddress.Parse("169.254.169.254"));

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ConnectionFault.Forbidden, Assert.Single(facts.PolicyHost).Connection.Fault);
    }
}
