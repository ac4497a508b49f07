using System.Collections.Concurrent;
using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>The look-ups made for one policy domain, each once.</summary>
internal sealed class LookupBook(StubResolver resolver)
{
    private static readonly DnsQueryOptions WithoutChecking = DnsQueryOptions.ToResolver with { ChecksItself = true };

    private readonly ConcurrentDictionary<DnsQuestion, Lazy<Task<DnsLookup>>> _asked = [];
    private readonly ConcurrentDictionary<DnsQuestion, LookupFacts> _facts = [];

    /// <summary>All look-ups that have ended so far, in a fixed order.</summary>
    public ImmutableArray<LookupFacts> Facts =>
    [
        .. _facts.Values.OrderBy(lookup => lookup.Name, StringComparer.Ordinal).ThenBy(lookup => lookup.Type, StringComparer.Ordinal),
    ];

    /// <summary>The questions whose answers the resolver refuses although there are some.</summary>
    public ImmutableArray<DnsQuestion> Bogus => [.. _facts.Where(entry => entry.Value.IsBogus).Select(entry => entry.Key).OrderBy(question => question.ToString(), StringComparer.Ordinal)];

    /// <summary>
    /// Asks, if it was not asked before. A failure is asked again with checking disabled; then that is what is gone on with.
    /// </summary>
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
        DnsLookup lookup = await resolver.LookUpAsync(question, cancellationToken).ConfigureAwait(false);
        LookupFacts facts = new(question.Name.ToString(), question.Type.ToWord(), AnswerFacts.Of(lookup));
        if (lookup is DnsLookup.Failed { Fault: DnsFault.ServFail })
        {
            // RFC 4035 §5.5: a validating resolver fails for bogus data; told not to check, it gives them.
            lookup = await resolver.LookUpAsync(question, WithoutChecking, cancellationToken).ConfigureAwait(false);
            facts = facts with { Unchecked = AnswerFacts.Of(lookup) };
        }

        _facts[question] = facts;
        return lookup;
    }
}
