using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>Weighs the causes of an incident.</summary>
internal static class Ranker
{
    // The start of a cause that a reporter names and the pattern does not suggest.
    private const double Unexpected = 0.05;

    // The same for one that a look shows to stop every sender: no pattern of reports speaks against that.
    private const double SeenToStopEverybody = 0.2;

    /// <summary>All rows of all tables; of those that fit, the first counts.</summary>
    internal static ImmutableArray<DecisionRow> Rows { get; } =
        [.. PolicyFetchTable.Rows, .. NoPolicyTable.Rows, .. SessionTable.Rows, .. DaneTable.Rows];

    /// <summary>Weighs by the reports, by a look at the policy domain when there was one, and by its history where there is one.</summary>
    public static Ranking Rank(Incident incident, LookSummary? look = null, Past? past = null)
    {
        DecisionRow row = Rows.First(row => row.Fits(incident));
        ImmutableArray<(Cause Cause, ImmutableArray<Weight> Weights)> weighed =
        [
            .. from start in row.Starts.Concat(Named(incident, row, look, past))
               let cause = Catalogue.Get(start.CauseId)
               where !Refutations.IsRefuted(incident, cause)
               select (cause, (ImmutableArray<Weight>)
                   [new Weight(Math.Log(start.Share / row.Rest), row.Pattern), .. EvidenceWeights.Of(incident, cause), .. HistoryWeights.Of(past, incident, cause), .. Look(look, past, cause)]),
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

    // Where looks on the failing days tell, what is not there now says nothing more: it may have been mended since.
    private static IEnumerable<Weight> Look(LookSummary? look, Past? past, Cause cause) =>
        FactsWeights.Of(look, cause) is { } weight && (weight.Amount > 0 || past is null || past.LooksThen.IsEmpty) ? [weight] : [];

    // What a reporter names, or a look shows, is weighed although the pattern does not suggest it.
    private static IEnumerable<(string CauseId, double Share)> Named(Incident incident, DecisionRow row, LookSummary? look, Past? past) =>
        StatedReasonWeights.NamedBy(incident)
            .Union(FactsWeights.Shown(look, cause => MayBe(incident.Family, cause)))
            .Union(HistoryWeights.Shown(past, incident, cause => MayBe(incident.Family, cause)))
            .Except(row.Starts.Select(start => start.CauseId))
            .Select(id => (id, StopsEverybody(look, id) || past?.LooksThen.Any(then => StopsEverybody(then, id)) == true ? SeenToStopEverybody : Unexpected));

    private static bool StopsEverybody(LookSummary? look, string causeId) => look?.Seen.Any(seen => seen.CauseId == causeId && seen.StopsEverybody) == true;

    // What a cache holds keeps senders from the policy (C01, C02, C04, C10, C11, C15) or from its record (C03, C04).
    private static bool MayBe(FaultFamily family, Cause cause) => cause.Layer == Layer.Timing
        ? family switch
        {
            FaultFamily.PolicyNotObtained => cause.Id is "C01" or "C02" or "C04" or "C10" or "C11" or "C15",
            FaultFamily.NoPolicyFound => cause.Id is "C03" or "C04",
            _ => false,
        }
        : Layers(family).Contains(cause.Layer);

    // A look finds faults of its own; only those that can show as this family of failures are causes of it.
    private static ImmutableArray<Layer> Layers(FaultFamily family) => family switch
    {
        FaultFamily.PolicyNotObtained =>
        [
            Layer.Dns, Layer.Connection, Layer.PolicyHostTls, Layer.PolicyHostCertificate, Layer.Http, Layer.PolicyGrammar, Layer.PolicyCopies,
        ],
        FaultFamily.NoPolicyFound => [Layer.Record],
        FaultFamily.MxNotInPolicy => [Layer.PolicyAndMx],
        FaultFamily.StartTls or FaultFamily.MxCertificateName or FaultFamily.MxCertificateExpired or FaultFamily.MxCertificateUntrusted
            or FaultFamily.MxHandshake => [Layer.MxTls],
        FaultFamily.Tlsa or FaultFamily.Dnssec or FaultFamily.DaneRequired or FaultFamily.DaneVanished => [Layer.Dane],
        _ => [],
    };

    private static double Odds(ImmutableArray<Weight> weights) => Math.Exp(weights.Sum(weight => weight.Amount));
}
