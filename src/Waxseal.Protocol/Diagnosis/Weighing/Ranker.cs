using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>Weighs the causes of an incident.</summary>
internal static class Ranker
{
    // The start of a cause that a reporter names and the pattern does not suggest.
    private const double Unexpected = 0.05;

    /// <summary>All rows of all tables; of those that fit, the first counts.</summary>
    internal static ImmutableArray<DecisionRow> Rows { get; } =
        [.. PolicyFetchTable.Rows, .. NoPolicyTable.Rows, .. SessionTable.Rows, .. DaneTable.Rows];

    public static Ranking Rank(Incident incident)
    {
        DecisionRow row = Rows.First(row => row.Fits(incident));
        ImmutableArray<(Cause Cause, ImmutableArray<Weight> Weights)> weighed =
        [
            .. from start in row.Starts.Concat(Named(incident, row))
               let cause = Catalogue.Get(start.CauseId)
               where !Refutations.IsRefuted(incident, cause)
               select (cause, (ImmutableArray<Weight>)
                   [new Weight(Math.Log(start.Share / row.Rest), row.Pattern), .. EvidenceWeights.Of(incident, cause)]),
        ];

        double total = 1 + weighed.Sum(entry => Odds(entry.Weights));
        ImmutableArray<RankedCause> causes =
        [
            .. weighed
                .Select(entry => new RankedCause(CauseTexts.Fill(entry.Cause, incident), entry.Weights, Odds(entry.Weights) / total))
                .OrderByDescending(ranked => ranked.Share)
                .ThenBy(ranked => ranked.Cause.Id, StringComparer.Ordinal),
        ];
        ImmutableArray<int> percents = WholePercents.Of([.. causes.Select(ranked => ranked.Share), 1 / total]);
        return new Ranking(
            [.. causes.Select((ranked, index) => ranked with { Percent = percents[index] })],
            1 / total,
            row.Pattern,
            row.Id)
        {
            NotDeterminablePercent = percents[^1],
        };
    }

    private static IEnumerable<(string CauseId, double Share)> Named(Incident incident, DecisionRow row) =>
        StatedReasonWeights.NamedBy(incident)
            .Except(row.Starts.Select(start => start.CauseId))
            .Select(id => (id, Unexpected));

    private static double Odds(ImmutableArray<Weight> weights) => Math.Exp(weights.Sum(weight => weight.Amount));
}
