using Waxseal.Net.Dns;
using Waxseal.Net.Probing.Facts;
using Waxseal.Net.Probing.Zones;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>Looks names up for all policy domains; MX hosts, which hundreds of them share, once.</summary>
internal sealed class SharedLookups(StubResolver resolver, NameServerClient nameServers)
{
    private const int MaxKept = 2000;

    private static readonly DnsQueryOptions WithoutChecking = DnsQueryOptions.ToResolver with { ChecksItself = true };

    private readonly FoundOnce<DnsQuestion, (DnsLookup Lookup, LookupFacts Facts)> _lookups = new(MaxKept, found => found.Lookup is not DnsLookup.Failed);
    private readonly FoundOnce<DnsQuestion, ServerAnswerFacts[]> _answers = new(MaxKept, answers => answers.All(answer => answer.Answer.Outcome != DnsOutcome.Failed));

    /// <summary>Asks the resolver. A failure is asked again with checking disabled; then that is what is gone on with.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="policyDomain">Whose facts it is for; its own names are asked for anew.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public Task<(DnsLookup Lookup, LookupFacts Facts)> AskAsync(DnsQuestion question, DnsName policyDomain, CancellationToken cancellationToken) =>
        question.Name.IsAtOrBelow(policyDomain)
            ? LookUpAsync(question, cancellationToken)
            : _lookups.GetAsync(question, () => LookUpAsync(question, cancellationToken), cancellationToken);

    /// <summary>Asks each name server of the zone that the name lies in.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public Task<ServerAnswerFacts[]> AskEachAsync(Zone zone, DnsQuestion question, DnsName policyDomain, CancellationToken cancellationToken) =>
        question.Name.IsAtOrBelow(policyDomain)
            ? nameServers.AskEachAsync(zone.Servers, question, cancellationToken)
            : _answers.GetAsync(question, () => nameServers.AskEachAsync(zone.Servers, question, cancellationToken), cancellationToken);

    private async Task<(DnsLookup Lookup, LookupFacts Facts)> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsLookup lookup = await resolver.LookUpAsync(question, cancellationToken).ConfigureAwait(false);
        LookupFacts facts = new(question.Name.ToString(), question.Type.ToWord(), AnswerFacts.Of(lookup));
        if (lookup is not DnsLookup.Failed { Fault: DnsFault.ServFail })
            return (lookup, facts);

        // RFC 4035 §5.5: a validating resolver fails for bogus data; told not to check, it gives them.
        lookup = await resolver.LookUpAsync(question, WithoutChecking, cancellationToken).ConfigureAwait(false);
        return (lookup, facts with { Unchecked = AnswerFacts.Of(lookup) });
    }
}
