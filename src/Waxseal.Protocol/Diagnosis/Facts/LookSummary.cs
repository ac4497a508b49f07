using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>What a look at a policy domain says about causes: evidence beside that of the reports.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Seen">The causes that show.</param>
/// <param name="Layers">The layers that could be looked at; of these, what does not show was not there.</param>
/// <param name="HasIpv6">Whether the policy host has an address of IPv6.</param>
public sealed record LookSummary(
    DateTimeOffset At, ImmutableArray<SeenCause> Seen, ImmutableArray<Layer> Layers, bool HasIpv6)
{
    /// <summary>Whether a TXT record of MTA-STS was read.</summary>
    public bool HasRecord { get; init; }

    /// <summary>Whether the policy host has an address, by the resolver or by a name server.</summary>
    public bool HasPolicyHost { get; init; }
}

/// <summary>A cause that shows.</summary>
/// <param name="CauseId">The cause in the catalogue.</param>
/// <param name="Share">How likely it is among those that would show in the same way, 0 to 1.</param>
/// <param name="Seen">What was seen.</param>
public sealed record SeenCause(string CauseId, double Share, string Seen)
{
    /// <summary>Whether what was seen stops every sender.</summary>
    public bool StopsEverybody { get; init; }
}
