using System.Collections.Immutable;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>Causes that the reports themselves rule out; they are not offered at all.</summary>
internal static class Refutations
{
    public static bool IsRefuted(Incident incident, Cause cause) => cause.Id switch
    {
        "G05" => incident.FailingReporters.Any(reporter => reporter.Profile.FetchesWithUserAgent),
        "J01" or "J02" or "J03" or "J04" or "J06" or "J09" => !MayFit(incident, cause.Id),
        _ => Defects(cause.Id) is { } defects
            && !incident.TlsaDefects.IsEmpty
            && !incident.TlsaDefects.Any(judged => defects.Contains(judged.Defect)),
    };

    /// <summary>The defects of TLSA records that a cause speaks of, or null.</summary>
    public static ImmutableArray<TlsaDefect>? Defects(string causeId) => causeId switch
    {
        "L05" => [TlsaDefect.PkixUsage],
        "L25" => [TlsaDefect.UnknownUsage],
        "L26" => [TlsaDefect.UnknownSelector],
        "L27" => [TlsaDefect.UnknownMatchingType],
        "L28" => [TlsaDefect.MalformedData],
        _ => null,
    };

    // Attempts with both policy and MX host decide, else those with a policy; without one anything may be.
    private static bool MayFit(Incident incident, string causeId)
    {
        ImmutableArray<MxAttempt> withPolicy = [.. incident.MxAttempts.Where(attempt => attempt.Policy is not null)];
        ImmutableArray<MxAttempt> whole = [.. withPolicy.Where(attempt => attempt.MxHost is not null)];
        return withPolicy.IsEmpty || (whole.IsEmpty ? withPolicy : whole).Any(attempt => MayFit(incident, attempt, causeId));
    }

    private static bool MayFit(Incident incident, MxAttempt attempt, string causeId) =>
        (attempt.IsListed != true || incident.Family == FaultFamily.MxNotInPolicy)
        && causeId switch
        {
            "J02" => attempt.HasPattern(pattern => !pattern.IsWildcard && pattern.Name.Value == incident.PolicyDomain),
            "J03" => attempt.HasPattern(pattern => pattern.IsWildcard && attempt.MayBeBelow(pattern)),
            "J04" => attempt.HasPattern(pattern => !pattern.IsWildcard && attempt.MayBeBelow(pattern)),
            _ => true,
        };
}
