using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>An MX host at which sessions failed and the policy they failed under, as far as the report shows both.</summary>
/// <param name="Policy">The policy, or null when the report shows none.</param>
/// <param name="MxHost">The MX host, or null when the report names none.</param>
internal sealed record MxAttempt(StsPolicy? Policy, DomainName? MxHost)
{
    /// <summary>Whether the policy allows the MX host (RFC 8461 §4.1); null when the report does not show both.</summary>
    public bool? IsListed => Policy is null || MxHost is null ? null : Policy.Allows(MxHost);

    public bool HasPattern(Func<MxPattern, bool> isSuch) => Policy?.MxPatterns.Any(isSuch) == true;

    /// <summary>Whether the MX host lies below the name of a pattern without being allowed by it, or is not known.</summary>
    public bool MayBeBelow(MxPattern pattern) =>
        MxHost is null || (MxHost.IsBelow(pattern.Name) && !pattern.Matches(MxHost));
}
