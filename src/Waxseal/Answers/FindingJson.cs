using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Answers;

/// <summary>A finding.</summary>
/// <param name="PolicyDomain">The policy domain it is about; empty when the reports do not say.</param>
/// <param name="Fault">What kind of fault it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="State">Whether it is still so.</param>
/// <param name="StateInWords">The same in words, with what shows it.</param>
/// <param name="Title">A headline.</param>
/// <param name="InShort">The whole finding in a few sentences.</param>
/// <param name="Sightings">Who saw it, when and how often; empty for what a check found by itself.</param>
/// <param name="FailedSessions">Sessions that failed, each counted once.</param>
/// <param name="Happened">What happened, in sentences.</param>
/// <param name="Effect">What it does to mail, in sentences.</param>
/// <param name="Readings">What the evidence proves, before any cause is weighed.</param>
/// <param name="Verdict">The answer to "what was it?", never more certain than the evidence.</param>
/// <param name="Row">The row of the table of patterns that the causes were taken from.</param>
/// <param name="Pattern">That row in words.</param>
/// <param name="Causes">The causes, likeliest first.</param>
/// <param name="NotDeterminable">The share, 0 to 1, of what the evidence cannot tell.</param>
/// <param name="Actions">What to do, most useful first.</param>
/// <param name="Observations">What would decide between the causes, most telling first.</param>
/// <param name="MendedWhen">How to know that it is mended, and when at the earliest.</param>
/// <param name="Evidence">What it rests on, where that is not reports or a look; null for these.</param>
/// <param name="NotDeterminablePercent">The same share as words have it: whole percents that make 100 with those of the causes.</param>
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
    string MendedWhen,
    FindingEvidence? Evidence = null,
    int? NotDeterminablePercent = null)
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
        finding.MendedWhen,
        finding.Evidence == FindingEvidence.Reports ? null : finding.Evidence,
        finding.Ranking.NotDeterminablePercent);
}

/// <summary>A cause and how much speaks for it.</summary>
/// <param name="Id">The name of the cause in the catalogue, such as <c>G05</c>.</param>
/// <param name="Layer">Where it lies.</param>
/// <param name="Title">The cause in a few words.</param>
/// <param name="Share">How likely it is among all causes of the finding, 0 to 1.</param>
/// <param name="Score">The sum of the weights.</param>
/// <param name="Weights">What moved it, and how much.</param>
/// <param name="Grade">How well it is known that this cause has this effect.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Paste">Something to paste, such as a record or a line of configuration; null where there is none.</param>
/// <param name="Decides">What would show whether it is this one.</param>
/// <param name="Rule">The paragraph of the standard that it goes against, or another source.</param>
/// <param name="Percent">The share as words have it: whole percents that make 100 with those of all others.</param>
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
    string Rule,
    int? Percent = null)
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
        ranked.Cause.Rule,
        ranked.Percent);
}
