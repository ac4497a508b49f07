namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Where the way from a trust anchor down to a name leads.</summary>
internal abstract record ChainStep
{
    private ChainStep()
    {
    }

    /// <summary>To a zone with keys.</summary>
    /// <param name="Zone">The zone the name is in.</param>
    /// <param name="IsLast">Whether there can be no zone below the name, because the name does not exist.</param>
    public sealed record In(SignedZone Zone, bool IsLast) : ChainStep;

    /// <summary>Nowhere: it ends before.</summary>
    /// <param name="Verdict">Where and why.</param>
    public sealed record Over(ChainVerdict Verdict) : ChainStep;
}
