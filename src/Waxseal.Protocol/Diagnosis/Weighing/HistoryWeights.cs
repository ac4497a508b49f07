using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Weighing.Changes;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>What looks on the failing days, and changes before them, add to or take from a cause.</summary>
internal static class HistoryWeights
{
    // Fewer looks may all lie beside a fault of some hours.
    private const int EnoughLooks = 3;

    public static IEnumerable<Weight> Of(Past? past, Incident incident, Cause cause)
    {
        if (past is null)
            yield break;
        if (Then(past, cause) is { } then)
            yield return then;
        if (ChangeWeights.Of(past, incident, cause) is { } change)
            yield return change;
    }

    /// <summary>The causes that looks on failing days show, or changes before them, of those that may be behind the incident.</summary>
    public static IEnumerable<string> Shown(Past? past, Incident incident, Func<Cause, bool> mayBe) => past is null ? [] :
        past.LooksThen.SelectMany(look => FactsWeights.Shown(look, mayBe))
            .Concat(ByChange(incident.Family).Where(id => ChangeWeights.Of(past, incident, Catalogue.Get(id)) is { Amount: > 0 }))
            .Distinct();

    private static ImmutableArray<string> ByChange(FaultFamily family) => family switch
    {
        FaultFamily.PolicyNotObtained => ["A14", "C01", "C02", "C06", "C10", "C15", "F02"],
        FaultFamily.NoPolicyFound => ["A14", "C03"],
        FaultFamily.MxNotInPolicy => ["A12", "C09", "I01"],
        FaultFamily.MxCertificateExpired => ["K06"],
        FaultFamily.Tlsa => ["L01", "L16"],
        FaultFamily.DaneRequired or FaultFamily.DaneVanished => ["L15"],
        _ => [],
    };

    private static Weight? Then(Past past, Cause cause)
    {
        if (past.LooksThen.IsEmpty)
            return null;

        ImmutableArray<(LookSummary Look, SeenCause Seen)> showing = past.Showing(cause);
        if (!showing.IsEmpty)
        {
            (LookSummary first, SeenCause seen) = showing[0];
            string when = showing.Length == 1 ? Phrase.Time(first.At) : $"{Phrase.Time(first.At)} to {Phrase.Time(showing[^1].Look.At)}";
            return new(
                FactsWeights.AmountOf(showing.MaxBy(shown => (FactsWeights.IsCertain(shown.Seen), shown.Seen.StopsEverybody)).Seen),
                $"seen at {Looks(showing.Length, past.LooksThen.Length)} on the failing {Days(past)}, {when}: {FactsWeights.Clause(seen.Seen)}");
        }

        if (FactsWeights.IsOfIpv6(cause) && past.LooksThen.All(look => !look.HasIpv6))
            return new(FactsWeights.CannotBe, $"the policy host had no IPv6 address on the failing {Days(past)}");
        return past.CoversAllDays && past.LooksThen.Length >= EnoughLooks && cause.Lasts && !FactsWeights.IsUnseen(cause)
            && past.LooksThen.All(look => look.Layers.Contains(cause.Layer))
            ? new(FactsWeights.NotThere, $"looked for {Phrase.Number(past.LooksThen.Length)} times on the failing {Days(past)}, and never there")
            : null;
    }

    private static string Looks(int showing, int all) => showing == all && all == 1 ? "the look" : $"{Phrase.Number(showing)} of {Phrase.Number(all)} looks";

    private static string Days(Past past) => past.Until - past.From <= TimeSpan.FromDays(1) ? "day" : "days";
}
