using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class CacheTests
{
    [Theory, Rfc(2308, "5")]
    [InlineData("C01 a resolver that holds that there is no policy host", 300)]
    [InlineData("C03 a resolver that holds that there is no TXT record", 300)]
    [InlineData("C10 a resolver that holds an address where nothing listens", 3600)]
    public async Task The_finding_says_until_when_the_answer_is_held(string key, int seconds)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(key).Apply(world);

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Finding finding = Checker.Check(facts).Findings.First(finding => finding.Ranking.Causes[0].Cause.Id == key[..3]);
        Assert.Contains($"for {seconds} s more, until {facts.GatheredAt.AddSeconds(seconds):yyyy-MM-dd HH:mm} UTC", finding.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_that_differ_by_who_asks_and_work_are_no_finding()
    {
        await using LabWorld world = LabWorld.Create();
        world.AddWeb(world.At(11));
        world.Remember(zone => zone.Remove(LabWorld.Host).Address(LabWorld.Host, world.At(11)));

        Assert.Empty(await FindingsAsync(world));
    }

    [Fact, Rfc(7671, "8.1")]
    public async Task A_new_TLSA_record_beside_the_one_that_fits_is_no_finding()
    {
        await using LabWorld world = LabWorld.Create();
        DaneFaults.Publish(world, DaneFaults.Right());
        world.Zone.Add(DaneFaults.Name, DnsType.Tlsa, [3, 1, 1, .. new byte[31], 7]);
        world.Remember(zone => zone.Remove(DaneFaults.Name).Add(DaneFaults.Name, DnsType.Tlsa, DaneFaults.Right()));

        Assert.Empty(await FindingsAsync(world));
    }

    private static async Task<IEnumerable<string>> FindingsAsync(LabWorld world) =>
        Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken)).Findings.Select(finding => $"{finding.Title}: {finding.Happened}");
}
