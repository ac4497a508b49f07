using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Storage.Looks;

/// <summary>One look at a policy domain, as it is kept.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="At">When it was.</param>
/// <param name="Standing">How the policy domain stood; unknown when the look could not be done.</param>
/// <param name="Headline">The same in a sentence.</param>
internal sealed record Look(string PolicyDomain, DateTimeOffset At, CheckStanding Standing, string Headline)
{
    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Findings that hold mail back, or may.</summary>
    public int Errors { get; init; }

    /// <summary>Findings of what is not as it should be.</summary>
    public int Warnings { get; init; }

    /// <summary>What could not be looked at.</summary>
    public ImmutableArray<string> Omitted { get; init; } = [];

    /// <summary>What it says about causes, as JSON.</summary>
    public required string Summary { get; init; }
}

/// <summary>The right to look at a policy domain, for a while.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Owner">Who looks: one process, in one life of it.</param>
internal sealed record LookLease(string PolicyDomain, string Owner);

/// <summary>When a policy domain is due.</summary>
/// <param name="NextAt">From when on.</param>
/// <param name="LeasedUntil">Until when another may be looking.</param>
internal sealed record LookTurn(DateTimeOffset NextAt, DateTimeOffset LeasedUntil)
{
    /// <summary>Whether somebody may begin to look now.</summary>
    public bool IsOpen(DateTimeOffset now) => NextAt <= now && LeasedUntil <= now;
}

/// <summary>How much there is of looks.</summary>
/// <param name="PolicyDomains">Policy domains that were looked at.</param>
/// <param name="Looks">Looks.</param>
/// <param name="Changes">Changes from one look to another, those of serials left aside.</param>
/// <param name="Last">The last look; null without any.</param>
internal sealed record LookCounts(long PolicyDomains, long Looks, long Changes, DateTimeOffset? Last);
