using System.Collections.Concurrent;
using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>The look-ups made for one policy domain, each once.</summary>
internal sealed class LookupBook(SharedLookups lookups, DnsName policyDomain, ProbeWatch watch)
{
    private readonly ConcurrentDictionary<DnsQuestion, Lazy<Task<DnsLookup>>> _asked = [];
    private readonly ConcurrentDictionary<DnsQuestion, LookupFacts> _facts = [];

    /// <summary>All look-ups that have ended so far, in a fixed order.</summary>
    public ImmutableArray<LookupFacts> Facts =>
    [
        .. _facts.Values.OrderBy(lookup => lookup.Name, StringComparer.Ordinal).ThenBy(lookup => lookup.Type, StringComparer.Ordinal),
    ];

    /// <summary>The questions whose answers the resolver refuses although there are some.</summary>
    public ImmutableArray<DnsQuestion> Bogus => [.. _facts.Where(entry => entry.Value.IsBogus).Select(entry => entry.Key).OrderBy(question => question.ToString(), StringComparer.Ordinal)];

    /// <summary>Asks, if it was not asked before.</summary>
    public Task<DnsLookup> AskAsync(DnsName name, DnsType type, CancellationToken cancellationToken)
    {
        DnsQuestion question = new(name, type);
        return _asked.GetOrAdd(question, _ => new(() => LookUpAsync(question, cancellationToken))).Value;
    }

    /// <summary>Adds what the authoritative name servers say.</summary>
    public void AddServers(DnsQuestion question, IEnumerable<ServerAnswerFacts> servers)
    {
        if (_facts.TryGetValue(question, out LookupFacts? facts))
            _facts[question] = facts with { Servers = [.. facts.Servers, .. servers] };
    }

    private async Task<DnsLookup> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        (DnsLookup lookup, LookupFacts facts) = await lookups.AskAsync(question, policyDomain, cancellationToken).ConfigureAwait(false);
        _facts[question] = facts;
        watch.Tell(at => new ProbeEvent.LookedUp(at, facts));
        return lookup;
    }
}
