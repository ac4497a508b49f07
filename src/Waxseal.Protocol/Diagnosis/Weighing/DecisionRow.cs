using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>A row of a decision table: a pattern in the reports, and how likely each cause is where it fits.</summary>
/// <param name="Id">The row's name, such as <c>fetch-one-reporter-first-day</c>.</param>
/// <param name="Pattern">The pattern in words, to follow "because".</param>
/// <param name="Fits">Whether an incident shows the pattern.</param>
/// <param name="Starts">Share of each cause, 0 to 1; what is missing to 1 belongs to the class "not determinable".</param>
internal sealed record DecisionRow(
    string Id, string Pattern, Func<Incident, bool> Fits, ImmutableArray<(string CauseId, double Share)> Starts)
{
    // However well a pattern fits, reports alone leave room for what nobody thought of.
    private const double SmallestRest = 0.1;

    /// <summary>The share of the class "not determinable".</summary>
    public double Rest => Math.Max(SmallestRest, 1 - Starts.Sum(start => start.Share));
}
