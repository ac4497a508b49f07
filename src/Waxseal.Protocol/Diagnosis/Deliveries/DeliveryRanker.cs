using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>Weighs the causes of a case: by the table, and by a look at the policy domain where there was one.</summary>
internal static class DeliveryRanker
{
    private const int MostMxLines = 10;

    public static Ranking Rank(DeliveryCase delivery, LookSummary? look, DateOnly today)
    {
        DeliveryRow row = DeliveryTable.Rows.First(row => row.Fits(delivery));
        string pattern = DeliveryWords.ForRelayHost(delivery, row.Pattern);
        ImmutableArray<(Cause Cause, ImmutableArray<Weight> Weights)> weighed =
        [
            .. from start in row.Starts
               let cause = Catalogue.Get(start.CauseId)
               let seen = FactsWeights.Of(look, cause)
               select (cause, (ImmutableArray<Weight>)[new Weight(Math.Log(start.Share / row.Rest), pattern), .. TooEarly(delivery, cause), .. seen is null ? Array.Empty<Weight>() : [seen]]),
        ];
        double total = 1 + weighed.Sum(entry => Odds(entry.Weights));
        ImmutableArray<RankedCause> causes =
        [
            .. weighed.Select(entry => new RankedCause(Told(entry.Cause, delivery, today), entry.Weights, Odds(entry.Weights) / total))
                .OrderByDescending(ranked => ranked.Share)
                .ThenBy(ranked => ranked.Cause.Id, StringComparer.Ordinal),
        ];
        ImmutableArray<int> percents = WholePercents.Of([.. causes.Select(ranked => ranked.Share), 1 / total]);
        return new([.. causes.Select((ranked, index) => ranked with { Percent = percents[index] })], 1 / total, pattern, row.Id) { NotDeterminablePercent = percents[^1] };
    }

    private static IEnumerable<Weight> TooEarly(DeliveryCase delivery, Cause cause) => cause.Id == "K13" && delivery.Days is [var first, ..] && first < EvidenceWeights.TicketFaultSince
        ? [new(-3.0, $"it began before {Phrase.Day(EvidenceWeights.TicketFaultSince)}, the first day on which this fault was seen anywhere")]
        : [];

    private static Cause Told(Cause cause, DeliveryCase delivery, DateOnly today)
    {
        Cause filled = Placeholders.Fill(cause, name => Value(name, delivery, today));
        return filled with
        {
            Title = DeliveryWords.ForRelayHost(delivery, filled.Title),
            Fix = DeliveryWords.ForRelayHost(delivery, filled.Fix),
            Decides = DeliveryWords.ForRelayHost(delivery, filled.Decides),
        };
    }

    private static double Odds(ImmutableArray<Weight> weights) => Math.Exp(weights.Sum(weight => weight.Amount));

    private static string Value(string placeholder, DeliveryCase delivery, DateOnly today) => placeholder switch
    {
        "domain" => DeliveryWords.Domain(delivery),
        "host" => $"mta-sts.{DeliveryWords.Domain(delivery)}",
        "reporter" => DeliveryWords.Observers(delivery),
        "day" => delivery.Days.IsEmpty ? "that day" : DeliveryWords.Days(delivery.Days),
        "id" => today.ToString("yyyyMMdd'T000000'", System.Globalization.CultureInfo.InvariantCulture),
        "mx" => Placeholders.MxHost(delivery.MxHosts),
        "mx-lines" => string.Join('\n', delivery.MxHosts.Take(MostMxLines).Select(mxHost => $"mx: {mxHost}").DefaultIfEmpty("mx: <name of the MX host>")),
        _ => throw new UnreachableException(),
    };
}
