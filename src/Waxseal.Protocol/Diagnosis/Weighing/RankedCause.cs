using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>A cause with what the evidence makes of it.</summary>
/// <param name="Cause">The cause, its texts with the names of this incident.</param>
/// <param name="Weights">All reasons for and against it; their sum is its <see cref="Score"/>.</param>
/// <param name="Share">How likely it is among all causes and "not determinable", 0 to 1.</param>
public sealed record RankedCause(Cause Cause, ImmutableArray<Weight> Weights, double Share)
{
    /// <summary>The share in whole percents; with those of the other causes and of "not determinable" they make 100.</summary>
    public int Percent { get; init; }

    /// <summary>Whether it is worth a line; what is smaller only tells that it was thought of.</summary>
    public bool IsWorthShowing => Percent >= 2;

    /// <summary>Sum of the weights; nothing where it is too small to be written, so that no sign stands before a nought.</summary>
    public double Score => Weights.Sum(weight => weight.Amount) is var sum && Math.Abs(sum) <= 0.005 ? 0 : sum;
}

/// <summary>All causes of an incident in order, with the share that stays open.</summary>
/// <param name="Causes">The causes, likeliest first.</param>
/// <param name="NotDeterminable">Share of the class "not determinable from the evidence", 0 to 1.</param>
/// <param name="Pattern">The pattern that was recognised, in words.</param>
/// <param name="RowId">The decision row behind it.</param>
public sealed record Ranking(ImmutableArray<RankedCause> Causes, double NotDeterminable, string Pattern, string RowId)
{
    /// <summary>The share of "not determinable" in whole percents.</summary>
    public int NotDeterminablePercent { get; init; }
}
