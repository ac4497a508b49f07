using System.Collections.Immutable;

namespace Waxseal.Storage.Alerts;

/// <summary>What is stored of a policy domain, in sums.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="FirstDay">The first UTC day that was asked for.</param>
/// <param name="Days">What each reporter counted on each day, in the order of days.</param>
/// <param name="Failures">What failed, in the same order.</param>
internal sealed record DomainSums(string PolicyDomain, DateOnly FirstDay, ImmutableArray<ReporterDay> Days, ImmutableArray<FailureDay> Failures);

/// <summary>What one reporter counted on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="ReceivedAt">When the first of its reports of that day came.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
internal sealed record ReporterDay(DateOnly Day, string Reporter, DateTimeOffset ReceivedAt, long Successful, long Failed)
{
    public long Sessions => Protocol.TlsRpt.SessionCount.Add(Successful, Failed);
}

/// <summary>Sessions that failed in one way.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="ResultType">The word of the report.</param>
/// <param name="Sessions">How many.</param>
internal sealed record FailureDay(DateOnly Day, string Reporter, string ResultType, long Sessions);
