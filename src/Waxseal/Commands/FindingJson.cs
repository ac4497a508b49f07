using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Commands;

/// <summary>A finding as JSON.</summary>
internal sealed record FindingJson(
    string PolicyDomain,
    FaultFamily Fault,
    Severity Severity,
    State State,
    string StateInWords,
    string Title,
    string InShort,
    ImmutableArray<Sighting> Sightings,
    long FailedSessions,
    string Happened,
    string Effect,
    ImmutableArray<Reading> Readings,
    string Verdict,
    string Row,
    string Pattern,
    ImmutableArray<CauseJson> Causes,
    double NotDeterminable,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Observations,
    string MendedWhen)
{
    public static FindingJson Of(Finding finding) => new(
        finding.PolicyDomain,
        finding.Fault,
        finding.Severity,
        finding.State,
        finding.StateInWords,
        finding.Title,
        finding.InShort,
        finding.Sightings,
        finding.FailedSessions,
        finding.Happened,
        finding.Effect,
        finding.Readings,
        finding.Verdict,
        finding.Ranking.RowId,
        finding.Ranking.Pattern,
        [.. finding.Ranking.Causes.Select(CauseJson.Of)],
        Math.Round(finding.Ranking.NotDeterminable, 4),
        finding.Actions,
        finding.Observations,
        finding.MendedWhen);
}

/// <summary>A ranked cause as JSON.</summary>
internal sealed record CauseJson(
    string Id,
    Layer Layer,
    string Title,
    double Share,
    double Score,
    ImmutableArray<Weight> Weights,
    Grade Grade,
    string Fix,
    string? Paste,
    string Decides,
    string Rule)
{
    public static CauseJson Of(RankedCause ranked) => new(
        ranked.Cause.Id,
        ranked.Cause.Layer,
        ranked.Cause.Title,
        Math.Round(ranked.Share, 4),
        Math.Round(ranked.Score, 2),
        [.. ranked.Weights.Select(weight => weight with { Amount = Math.Round(weight.Amount, 2) })],
        ranked.Cause.Grade,
        ranked.Cause.Fix,
        ranked.Cause.Paste,
        ranked.Cause.Decides,
        ranked.Cause.Rule);
}
