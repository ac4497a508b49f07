using System.Collections.Immutable;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Says what is the matter with a policy domain by the sums that are stored: facts in, conditions out.</summary>
internal static class Judge
{
    // Strangers choose the names of reporters; more than this of one kind at one policy domain is one alert.
    private const int MostOfAKind = 3;

    /// <param name="sums">What is stored.</param>
    /// <param name="now">Now.</param>
    /// <param name="thresholds">From where on something is the matter.</param>
    /// <param name="isIntakeSilent">Whether no reports come at all, so that the silence of one reporter says nothing.</param>
    public static ImmutableArray<Condition> Of(DomainSums sums, DateTimeOffset now, Thresholds thresholds, bool isIntakeSilent = false)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        IEnumerable<Condition> silent = SilentReporters.In(sums, now, thresholds).Select(condition => isIntakeSilent ? condition with { Raises = false } : condition);
        return
        [
            .. new[] { AllFailing.In(sums, today, thresholds), FailureShares.In(sums, today, thresholds) }.OfType<Condition>(),
            .. Folded([.. NewFailures.In(sums, today, thresholds)], count => $"{count} kinds of failures are new", "New are"),
            .. Folded([.. silent], count => $"{count} large reporters send no reports any more", "Silent are"),
        ];
    }

    // The single ones stay open that are, and the one in their place is raised once.
    private static ImmutableArray<Condition> Folded(ImmutableArray<Condition> conditions, Func<int, string> title, string verb)
    {
        Condition[] raising = [.. conditions.Where(condition => condition.Raises)];
        if (conditions.Length < 2)
            return conditions;

        bool isFolded = raising.Length > MostOfAKind;
        Condition[] told = isFolded ? raising : [.. conditions];
        Condition whole = new(
            told[0].Key with { Subject = Subjects.Several }, isFolded, title(told.Length),
            $"{verb} {string.Join(", ", told.Take(MostOfAKind).Select(condition => condition.ResultType is { } type ? $"{type} by {condition.Reporter}" : condition.Reporter))}"
            + $"{(told.Length > MostOfAKind ? $" and {Wording.Number(told.Length - MostOfAKind)} more" : "")}, {Wording.On(told.Min(condition => condition.FirstDay!.Value), told.Max(condition => condition.LastDay!.Value))}.")
        {
            IsUrgent = told.Any(condition => condition.IsUrgent),
            FirstDay = told.Min(condition => condition.FirstDay),
            LastDay = told.Max(condition => condition.LastDay),
            Sessions = Protocol.TlsRpt.SessionCount.Sum(told.Select(condition => condition.Sessions)),
            Failed = Protocol.TlsRpt.SessionCount.Sum(told.Select(condition => condition.Failed)),
            Remedy = told[0].Remedy,
        };
        return [whole, .. conditions.Select(condition => isFolded ? condition with { Raises = false } : condition)];
    }
}
