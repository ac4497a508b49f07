using System.Collections.Immutable;
using Waxseal.Net.Dns.Validation.Chain;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation;

/// <summary>
/// Validates answers itself, from a trust anchor down, to say why an answer is bogus (RFC 4035 §5). It remembers the zones
/// it has been to, so one of it serves one run; many names may be validated at a time.
/// </summary>
public sealed class ChainValidator
{
    private readonly IMessageSource _source;
    private readonly TimeProvider _clock;
    private readonly ZoneWalk _walk;

    /// <summary>A validator that trusts the keys of the root.</summary>
    /// <param name="source">Asks.</param>
    /// <param name="clock">Tells whether signatures are in their time.</param>
    public ChainValidator(IMessageSource source, TimeProvider clock)
        : this(source, TrustAnchor.Root, clock)
    {
    }

    /// <summary>A validator.</summary>
    /// <param name="source">Asks.</param>
    /// <param name="anchors">The keys to trust; a name is validated from the lowest zone above it that has one.</param>
    /// <param name="clock">Tells whether signatures are in their time.</param>
    public ChainValidator(IMessageSource source, ImmutableArray<TrustAnchor> anchors, TimeProvider clock)
    {
        _source = source;
        _clock = clock;
        _walk = new ZoneWalk(source, anchors, clock);
    }

    /// <summary>Validates the answer to a question, following its aliases.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>What it comes to: secure, or the first link from the top that breaks.</returns>
    public async Task<ValidationFacts> ValidateAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        ChainVerdict verdict = await new ChainRun(_walk, _source, _clock).OfAsync(question, cancellationToken).ConfigureAwait(false);
        return new ValidationFacts(
            question.Name.ToString(),
            question.Type.ToWord(),
            verdict.State,
            verdict.Zone.ToString(),
            verdict.Break,
            verdict.Detail)
        {
            FirstSignatureEnd = verdict.FirstEnd,
        };
    }
}
