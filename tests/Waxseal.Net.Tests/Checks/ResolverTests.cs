using Waxseal.Lab;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Checks;

public class ResolverTests
{
    [Fact]
    public async Task A_resolver_that_vouches_and_refuses_validates()
    {
        ResolverFacts facts = await TestAsync(_ => { });

        Assert.Equal((true, true, true), (facts.VouchForSigned, facts.RefuseBogus, facts.Validates));
    }

    [Fact]
    public async Task A_resolver_that_gives_what_is_bogus_does_not_validate()
    {
        ResolverFacts facts = await TestAsync(world => world.Resolver.IsBogus = _ => false);

        Assert.Equal((true, false, false), (facts.VouchForSigned, facts.RefuseBogus, facts.Validates));
    }

    [Fact]
    public async Task A_resolver_that_vouches_for_nothing_does_not_validate()
    {
        ResolverFacts facts = await TestAsync(world => world.Root.IsSigned = false);

        Assert.Equal((false, true, false), (facts.VouchForSigned, facts.RefuseBogus, facts.Validates));
    }

    [Fact]
    public async Task Without_the_bogus_name_it_stays_open()
    {
        ResolverFacts facts = await TestAsync(world => world.Zone.Remove("bogus.example.test"));

        Assert.Equal((true, null, null), (facts.VouchForSigned, facts.RefuseBogus, facts.Validates));
    }

    [Fact]
    public async Task A_silent_resolver_is_not_judged()
    {
        ResolverFacts facts = await TestAsync(world => world.Resolver.Fault = _ => []);

        Assert.Equal((null, null, null), (facts.VouchForSigned, facts.RefuseBogus, facts.Validates));
    }

    private static async Task<ResolverFacts> TestAsync(Action<LabWorld> change)
    {
        await using LabWorld world = LabWorld.Create();
        Assert.True(DnsName.TryParse("bogus.example.test", out DnsName? bogus));
        world.Zone.Address("bogus.example.test", world.At(99));
        world.Resolver.IsBogus = question => question.Name.Equals(bogus);
        world.Options = world.Options with { BogusName = bogus, DnsTimeout = TimeSpan.FromMilliseconds(300), Timeout = TimeSpan.FromSeconds(8) };
        change(world);
        return (await world.ProbeAsync(TestContext.Current.CancellationToken)).Resolver;
    }
}
