using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Checks;

public class DetailTests
{
    [Fact]
    public async Task Of_a_zone_that_is_bogus_throughout_the_mx_records_are_validated_first()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("B04 all of the zone is bogus").Apply(world);

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal((LabWorld.Domain, "MX"), (facts.Validations[0].Name, facts.Validations[0].Type));
    }

    [Fact]
    public async Task An_answer_without_end_is_told_in_words_and_is_no_5xx()
    {
        await using LabWorld world = LabWorld.Create();
        HostilePeers.Ways["an endless header"](world);
        world.Zone.Remove(LabWorld.Host, DnsType.Aaaa);

        Finding finding = Assert.Single(Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken)).Findings);

        Assert.Contains("the header of the answer is longer than 32 KB", finding.Happened, StringComparison.Ordinal);
        Assert.DoesNotContain("5xx", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_in_place_of_an_answer_is_told_in_words()
    {
        await using LabWorld world = LabWorld.Create();
        world.Web.Answer = _ => null;

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        VisitFacts visit = facts.PolicyHost.Single(address => !address.IsIpv6).Visits[0];
        Assert.Equal(("connection-closed", "the connection was closed before the answer was complete"), (visit.Fault, visit.Detail));
    }
}
