using System.Collections.Concurrent;
using Waxseal.Lab;
using Waxseal.Net.Dns;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Tests.Checks;

/// <summary>What several policy domains have in common is troubled once a run.</summary>
public sealed class SharedHostTests : IAsyncLifetime
{
    private readonly LabWorld _world = LabWorld.Create();
    private readonly ConcurrentQueue<ReceivedQuery> _asked = [];

    public ValueTask InitializeAsync()
    {
        _world.AddDomains(["one.test", "two.test"]);
        _world.First.Fault = query =>
        {
            _asked.Enqueue(query);
            return null;
        };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Of_an_MX_host_its_records_are_asked_for_once_and_it_is_visited_once()
    {
        using DomainProbe probe = new(_world.Options, _world.Rules, TimeProvider.System);
        DomainFacts one = await ProbeAsync(probe, "one.test");
        int commands = _world.Mx.Commands.Count;

        DomainFacts two = await ProbeAsync(probe, "two.test");

        Assert.True(commands > 0);
        Assert.Equal(commands, _world.Mx.Commands.Count);
        Assert.Single(_asked, query => query.Question.Type == DnsType.Tlsa && query.Question.Name.ToString() == "_25._tcp.mx.example.test");
        Assert.Equal(one.MxHosts.Single().Addresses, two.MxHosts.Single().Addresses);
        Assert.Equal(
            one.Lookups.Single(lookup => lookup.Type == "TLSA" && lookup.Name == "_25._tcp.mx.example.test").Servers,
            two.Lookups.Single(lookup => lookup.Type == "TLSA" && lookup.Name == "_25._tcp.mx.example.test").Servers);
    }

    [Fact]
    public async Task A_name_server_that_answered_over_TCP_is_not_asked_so_for_the_next_zone()
    {
        using DomainProbe probe = new(_world.Options, _world.Rules, TimeProvider.System);

        await ProbeAsync(probe, "one.test");
        DomainFacts two = await ProbeAsync(probe, "two.test");

        string[] overTcp = [.. _asked.Where(query => query.Transport == DnsTransport.Tcp).Select(query => query.Question.Name.ToString())];
        Assert.Contains("one.test", overTcp);
        Assert.DoesNotContain("two.test", overTcp);
        Assert.Null(two.Zones.Single(zone => zone.Name == "two.test").Servers[0].Tcp);
    }

    [Fact]
    public async Task A_name_server_that_did_not_is_asked_so_for_each_zone()
    {
        _world.First.Fault = query => query.Transport == DnsTransport.Tcp ? [] : null;
        using DomainProbe probe = new(_world.Options with { DnsTimeout = TimeSpan.FromSeconds(1) }, _world.Rules, TimeProvider.System);

        await ProbeAsync(probe, "one.test");
        DomainFacts two = await ProbeAsync(probe, "two.test");

        Assert.Equal(DnsOutcome.Failed, two.Zones.Single(zone => zone.Name == "two.test").Servers[0].Tcp?.Outcome);
    }

    [Fact]
    public async Task An_MX_host_that_failed_is_visited_again_for_the_next_policy_domain()
    {
        using DomainProbe probe = new(_world.Options, _world.Rules, TimeProvider.System);
        _world.Mx.InPlaceOfSession = (_, _) => Task.CompletedTask;
        DomainFacts one = await ProbeAsync(probe, "one.test");
        _world.Mx.InPlaceOfSession = null;

        DomainFacts two = await ProbeAsync(probe, "two.test");

        Assert.NotNull(one.MxHosts.Single().Addresses.Single().Sessions[0].Fault);
        Assert.Null(two.MxHosts.Single().Addresses.Single().Sessions[0].Fault);
    }

    [Fact]
    public async Task A_look_up_that_failed_is_made_again_for_the_next_policy_domain()
    {
        using DomainProbe probe = new(_world.Options with { DnsTimeout = TimeSpan.FromSeconds(1) }, _world.Rules, TimeProvider.System);
        _world.First.Fault = query => query.Question.Name.ToString() == "_25._tcp.mx.example.test" && query.Question.Type == DnsType.Tlsa ? [] : null;
        DomainFacts one = await ProbeAsync(probe, "one.test");
        _world.First.Fault = _ => null;

        DomainFacts two = await ProbeAsync(probe, "two.test");

        Assert.Contains(ServersOf(one), server => server.Answer.Outcome == DnsOutcome.Failed);
        Assert.DoesNotContain(ServersOf(two), server => server.Answer.Outcome == DnsOutcome.Failed);

        static IEnumerable<ServerAnswerFacts> ServersOf(DomainFacts facts) =>
            facts.Lookups.Single(lookup => lookup.Type == "TLSA" && lookup.Name == "_25._tcp.mx.example.test").Servers;
    }

    private static async Task<DomainFacts> ProbeAsync(DomainProbe probe, string name) =>
        await probe.ProbeAsync(DomainName.TryParse(name, out DomainName? domain, out _) ? domain : throw new ArgumentException(name), TestContext.Current.CancellationToken);
}
