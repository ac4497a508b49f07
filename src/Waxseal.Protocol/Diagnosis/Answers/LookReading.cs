using System.Globalization;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What a look at the policy domain proves about a fault in reports (reading rule RR16).</summary>
internal static class LookReading
{
    public static IEnumerable<Reading> Of(LookSummary? look, Ranking ranking)
    {
        if (look is null)
            yield break;

        string when = When(look);
        string[] shown = [.. ranking.Causes.Where(ranked => look.Seen.Any(seen => seen.CauseId == ranked.Cause.Id)).Select(ranked => ranked.Cause.Id)];
        yield return shown.Length > 0
            ? new("RR16", $"Looked at {when}, the policy domain still shows {string.Join(", ", shown)}: the fault is, not was.")
            : new("RR16", $"Looked at {when}, nothing shows that would explain it: the fault was, or it lies where it cannot be seen from here.");
    }

    /// <summary>How things stand where the likeliest cause was seen, whatever later reports say; null where it was not.</summary>
    public static Standing? StandingOf(LookSummary? look, Ranking ranking) =>
        look is not null && ranking.Causes is [var likeliest, ..] && look.Seen.Any(seen => seen.CauseId == likeliest.Cause.Id)
            ? new(State.Present, $"still there: seen {When(look)}")
            : null;

    private static string When(LookSummary look) => look.At.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
