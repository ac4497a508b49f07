using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Https;

/// <summary>Visits policy hosts (RFC 8461 §3.3): no redirect, no cache, no proxy, and within limits.</summary>
/// <param name="resolver">Looks the policy host up.</param>
/// <param name="dialer">Connects to it.</param>
/// <param name="options">How.</param>
/// <param name="clock">Measures how long it takes, and judges certificates.</param>
public sealed class PolicyHostClient(IDnsResolver resolver, GuardedDialer dialer, PolicyHostOptions options, TimeProvider clock)
{
    /// <summary>GETs the policy of a policy domain.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="cancellationToken">Ends the visit with an exception.</param>
    /// <returns>What the visit met with; a fault of the other end is an answer, not an exception.</returns>
    public async Task<PolicyHostContact> VisitAsync(DomainName policyDomain, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        if (PolicyHost.NameFor(policyDomain) is not { } policyHost)
            return new(new PolicyHostVisit.Failed(PolicyHostFault.NameNotFound, "the name would be too long"));

        using CancellationTokenSource deadline = new(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        PolicyHostContact contact = await VisitAsync(policyHost, either.Token, cancellationToken).ConfigureAwait(false);
        return contact with { Elapsed = clock.GetElapsedTime(start) };
    }

    private async Task<PolicyHostContact> VisitAsync(
        DomainName policyHost, CancellationToken either, CancellationToken cancellationToken)
    {
        ImmutableArray<DnsLookup> lookups;
        try
        {
            lookups = [.. await Task.WhenAll(
                resolver.LookUpAsync(new(DnsName.Of(policyHost), DnsType.Aaaa), either),
                resolver.LookUpAsync(new(DnsName.Of(policyHost), DnsType.A), either)).ConfigureAwait(false)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(new PolicyHostVisit.Failed(PolicyHostFault.LookupFailed, "no answer in time"));
        }

        ImmutableArray<IPAddress> addresses = AddressesIn(lookups);
        PolicyHostContact contact = addresses.IsEmpty
            ? new(WithoutAddress(lookups))
            : await new PolicyHostExchange(dialer, options, clock, policyHost, addresses)
                .RunAsync(either, cancellationToken).ConfigureAwait(false);
        return contact with { Lookups = lookups };
    }

    private static ImmutableArray<IPAddress> AddressesIn(ImmutableArray<DnsLookup> lookups) =>
    [
        .. lookups.OfType<DnsLookup.Found>()
            .SelectMany(found => found.Records)
            .Where(record => record.Data.Length is 4 or 16)
            .Select(record => new IPAddress(record.Data.Span)),
    ];

    private static PolicyHostVisit.Failed WithoutAddress(ImmutableArray<DnsLookup> lookups) =>
        lookups.OfType<DnsLookup.Failed>().FirstOrDefault() is { } failed
            ? new PolicyHostVisit.Failed(PolicyHostFault.LookupFailed, failed.Reason)
            : new PolicyHostVisit.Failed(PolicyHostFault.NameNotFound);
}
