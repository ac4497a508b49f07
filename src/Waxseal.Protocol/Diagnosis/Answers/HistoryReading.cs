using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What earlier looks prove about a fault in reports (reading rule RR17).</summary>
internal static class HistoryReading
{
    private const int MostChanges = 5;
    private static readonly TimeSpan Near = TimeSpan.FromDays(2);

    // Serials change with every change of a zone, and say no more than that.
    private static readonly ImmutableArray<ObservedKind> Telling = [.. Enum.GetValues<ObservedKind>().Where(kind => kind != ObservedKind.Serial)];

    public static IEnumerable<Reading> Of(Past? past, Ranking ranking)
    {
        if (past is null)
            yield break;

        yield return new("RR17", past.LooksThen.IsEmpty ? "No look that could tell anything lies on the days of the failure." : Then(past, ranking));
        ObservedChange[] changes = [.. Telling.SelectMany(kind => past.Changes(kind, past.From - Near)).OrderBy(change => change.By)];
        if (changes.Length > 0)
        {
            yield return new("RR17", "Shortly before or in these days changed: "
                + $"{string.Join("; ", changes.Take(MostChanges).Select(InWords))}{(changes.Length > MostChanges ? $"; and {changes.Length - MostChanges} more" : "")}.");
        }
    }

    /// <summary>How things stand by later looks, where the likeliest cause was seen on the failing days; null where it was not.</summary>
    public static Standing? StandingOf(Past? past, Ranking ranking)
    {
        if (past?.Last is not { } last || ranking.Causes is not [var likeliest, ..] || past.Showing(likeliest.Cause) is not { IsEmpty: false } showing)
            return null;
        if (last.Seen.Any(seen => seen.CauseId == likeliest.Cause.Id))
            return new(State.Present, $"still there: seen {Phrase.Time(last.At)}, at the last look");
        return last.Layers.Contains(likeliest.Cause.Layer)
            ? new(State.ProbablyOver, $"probably over: seen to {Phrase.Time(showing[^1].Look.At)}, and not there {Phrase.Time(last.At)}, at the last look")
            : null;
    }

    private static string Then(Past past, Ranking ranking)
    {
        string[] shown = [.. ranking.Causes.Where(ranked => !past.Showing(ranked.Cause).IsEmpty).Select(ranked => ranked.Cause.Id)];
        string looks = past.LooksThen.Length == 1 ? "One look lies" : $"{Phrase.Number(past.LooksThen.Length)} looks lie";
        return $"{looks} on the days of the failure, {Between(past.LooksThen)}: "
            + (shown.Length > 0 ? $"they showed {Phrase.List([.. shown])}." : "none showed what would explain it, so it came and went between them, or it lies where it cannot be seen from here.");
    }

    private static string Between(ImmutableArray<LookSummary> looks) =>
        looks.Length == 1 ? Phrase.Time(looks[0].At) : $"from {Phrase.Time(looks[0].At)} to {Phrase.Time(looks[^1].At)}";

    private static string InWords(ObservedChange change) => $"{change.Kind.InWords()} ({change.Subject}), between {Phrase.Time(change.After)} and {Phrase.Time(change.By)}";
}
