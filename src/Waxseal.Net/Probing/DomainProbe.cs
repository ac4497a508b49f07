using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Https;
using Waxseal.Net.Probing.Facts;
using Waxseal.Net.Probing.Zones;
using Waxseal.Net.Smtp;
using Waxseal.Net.Tls;
using Waxseal.Net.Tls.Hello;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Probing;

/// <summary>Gathers the facts about policy domains: DNS, policy host, MX hosts. It judges nothing and never sends mail.</summary>
public sealed class DomainProbe : IDisposable
{
    private const int MaxVisitsKept = 500;

    private readonly ProbeOptions _options;
    private readonly TimeProvider _clock;
    private readonly StubResolver _resolver;
    private readonly NameServerClient _nameServers;
    private readonly SharedLookups _lookups;
    private readonly ZoneDirectory _zones;
    private readonly FoundOnce<(DomainName MxHost, IPAddress Address), MxAddressFacts> _visits = new(MaxVisitsKept, visit => visit.Sessions is [{ Fault: null }, ..]);
    private readonly PolicyHostProbe _policyHosts;
    private readonly MxProbe _mxHosts;
    private readonly ChainValidator _validator;
    private readonly ResolverTest _resolverTest;
    private readonly Lazy<Task<ResolverFacts>> _tested;

    /// <summary>A probe for any number of policy domains, side by side; what they share is looked up once.</summary>
    /// <param name="options">How they are looked at.</param>
    /// <param name="rules">Which addresses may be connected to.</param>
    /// <param name="clock">Tells the time and measures how long things take.</param>
    public DomainProbe(ProbeOptions options, AddressRules rules, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _resolver = new StubResolver(
            new() { Resolvers = options.Resolvers, TrustsAuthenticData = options.TrustsResolvers, AttemptTimeout = options.DnsTimeout }, clock);
        _nameServers = new NameServerClient(options, clock);
        _lookups = new SharedLookups(_resolver, _nameServers);
        _zones = new ZoneDirectory(_resolver, _nameServers, rules, options, clock);
        _validator = new ChainValidator(new UncheckedSource(_resolver), options.TrustAnchors, clock);
        ChainJudge judge = new(options.Roots, clock);
        TlsProbe tls = new(judge, clock);
        GuardedDialer dialer = new(rules, clock);
        _policyHosts = new PolicyHostProbe(dialer, tls, new HelloProbe(judge, clock), options, clock);
        _mxHosts = new MxProbe(dialer, tls, options, clock);
        _resolverTest = new ResolverTest(options, clock);
        _tested = new(_resolverTest.RunAsync);
    }

    /// <summary>Looks at one policy domain.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <returns>What was found by the end of the time allowed; faults of the other ends are facts, not exceptions.</returns>
    public Task<DomainFacts> ProbeAsync(DomainName policyDomain, CancellationToken cancellationToken) => ProbeAsync(policyDomain, null, cancellationToken);

    /// <summary>Looks at one policy domain while somebody watches.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="watcher">Is told at once of everything that is found, from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <returns>What was found by the end of the time allowed; faults of the other ends are facts, not exceptions.</returns>
    public async Task<DomainFacts> ProbeAsync(DomainName policyDomain, IProgress<ProbeEvent>? watcher, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        long start = _clock.GetTimestamp();
        using CancellationTokenSource deadline = new(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        DomainGathering gathering = Begin(policyDomain, new ProbeWatch(watcher, _clock));
        ImmutableArray<string> omitted = [];
        ResolverFacts resolver = _resolverTest.Untested;
        try
        {
            Task<ResolverFacts> tested = _tested.Value;
            await gathering.RunAsync(either.Token).ConfigureAwait(false);
            resolver = await tested.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            omitted = [$"what was not looked at within {_options.Timeout.TotalSeconds:0.#} seconds"];
        }

        return new(
            policyDomain.Value,
            now,
            Milliseconds.Of(_clock.GetElapsedTime(start)),
            resolver,
            gathering.Lookups,
            gathering.Zones,
            gathering.PolicyHost,
            gathering.MxHosts)
        {
            Validations = gathering.Validations,
            VisitsMxHosts = _options.VisitsMxHosts,
            Omitted = omitted,
        };
    }

    private DomainGathering Begin(DomainName policyDomain, ProbeWatch watch)
    {
        Gathering gathering = new(policyDomain, _lookups, _zones, _options, watch);
        return new(gathering, new PolicyHostGathering(gathering, _policyHosts), new MxGathering(gathering, _options.VisitsMxHosts ? VisitAsync : null), _validator);
    }

    // Hundreds of policy domains may have the same MX hosts, which ought not to be visited hundreds of times.
    private Task<MxAddressFacts> VisitAsync(DomainName mxHost, IPAddress address, CancellationToken cancellationToken) =>
        _visits.GetAsync((mxHost, address), () => _mxHosts.ProbeAsync(mxHost, address, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _resolver.Dispose();
        _nameServers.Dispose();
    }
}
