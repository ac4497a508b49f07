using System.Collections.Immutable;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Walks from trust anchors down to names, and remembers the way.</summary>
/// <param name="source">Asks.</param>
/// <param name="anchors">Where to begin.</param>
/// <param name="clock">Tells whether signatures are in their time.</param>
internal sealed class ZoneWalk(IMessageSource source, ImmutableArray<TrustAnchor> anchors, TimeProvider clock)
{
    private const int MaxRemembered = 2000;

    private readonly FoundOnce<DnsName, ChainStep> _steps = new(MaxRemembered);

    /// <summary>The lowest zone with a trust anchor that a name is in, or null.</summary>
    public DnsName? Start(DnsName name) =>
        anchors.Select(anchor => anchor.Zone).Where(name.IsAtOrBelow).MaxBy(zone => zone.LabelCount);

    /// <summary>Where the way to a name leads; each name is looked at once.</summary>
    /// <param name="name">A name at or below a zone with a trust anchor.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public Task<ChainStep> ToAsync(DnsName name, CancellationToken cancellationToken) =>
        _steps.GetAsync(name, () => FindAsync(name, cancellationToken), cancellationToken);

    private async Task<ChainStep> FindAsync(DnsName name, CancellationToken cancellationToken)
    {
        ImmutableArray<DelegationSigner> trusted =
            [.. anchors.Where(anchor => anchor.Zone.Equals(name)).Select(anchor => anchor.Signer)];
        if (!trusted.IsEmpty)
        {
            ZoneEntry start = new(name, above: null, trusted, firstEnd: null);
            return await EnterAsync(name, start, cancellationToken).ConfigureAwait(false);
        }

        ChainStep above = await ToAsync(name.Parent, cancellationToken).ConfigureAwait(false);
        if (above is not ChainStep.In { IsLast: false, Zone: var zone } step)
            return above;

        DnsMessage? answer = await source.AskAsync(new DnsQuestion(name, DnsType.Ds), cancellationToken).ConfigureAwait(false);
        switch (new DelegationJudge(zone, clock.GetUtcNow()).Of(name, answer))
        {
            case Delegation.Signed signed:
                DateTimeOffset? firstEnd = ChainVerdict.Earlier(zone.FirstEnd, signed.FirstEnd);
                ZoneEntry entry = new(name, zone.Name, signed.Signers, firstEnd);
                return await EnterAsync(name, entry, cancellationToken).ConfigureAwait(false);
            case Delegation.Over over:
                return new ChainStep.Over(over.Verdict);
            case Delegation.Nothing:
                return step with { IsLast = true };
            default:
                return step;
        }
    }

    private async Task<ChainStep> EnterAsync(DnsName zone, ZoneEntry entry, CancellationToken cancellationToken)
    {
        if (entry.JudgeSigners() is { } verdict)
            return new ChainStep.Over(verdict);
        DnsMessage? answer = await source.AskAsync(new DnsQuestion(zone, DnsType.Dnskey), cancellationToken).ConfigureAwait(false);
        return entry.Judge(answer, clock.GetUtcNow());
    }
}
