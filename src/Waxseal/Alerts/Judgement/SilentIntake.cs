using System.Collections.Immutable;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds that no report comes at all although there used to be some.</summary>
internal static class SilentIntake
{
    /// <summary>How many days are looked at to learn what is usual.</summary>
    public const int HabitDays = 28;

    private const int LeastDays = 5;

    public static AlertKey Key { get; } = new("", AlertKind.IntakeSilent, "");

    /// <param name="lastArrival">When a report last came.</param>
    /// <param name="arrivalDays">The days on which reports came before, in order.</param>
    /// <param name="now">Now.</param>
    /// <param name="thresholds">From where on it is the matter.</param>
    public static Condition? Of(DateTimeOffset lastArrival, ImmutableArray<DateOnly> arrivalDays, DateTimeOffset now, Thresholds thresholds)
    {
        if (arrivalDays.Length < LeastDays)
            return null;
        int longestGap = arrivalDays.Zip(arrivalDays.Skip(1), (one, next) => next.DayNumber - one.DayNumber - 1).Max();
        TimeSpan usual = TimeSpan.FromDays(longestGap == 0 ? 0 : (2 * longestGap) + 1);
        TimeSpan silence = now - lastArrival;
        if (silence < (usual > thresholds.IntakeSilentAfter ? usual : thresholds.IntakeSilentAfter))
            return null;
        return new(
            Key, Raises: true,
            "no reports come in any more",
            $"The last report came at {Wording.Time(lastArrival)}, {Wording.Number((long)silence.TotalHours)} hours ago. In the {HabitDays} days before, reports came on {Wording.Days(arrivalDays.Length)}, "
            + (longestGap == 0 ? "with no day between them that went without." : $"with at most {Wording.Days(longestGap)} between them that went without."))
        {
            IsUrgent = false,
            Remedy = "See whether waxseal serve listens where the rua addresses lead (waxseal check POLICY-DOMAIN looks at them), whether the mailbox can be read, and what the log says: "
                + "lines 1102, 1103, 1131 and 1132 name reports that were refused, and a store or mailbox that is not to be had.",
        };
    }
}
