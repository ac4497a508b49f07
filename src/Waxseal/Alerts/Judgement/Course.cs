using System.Collections.Immutable;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Says what becomes of alerts: those that are open and what is the matter in, steps out.</summary>
/// <param name="RemindAfter">After how long it is told again that something still is the matter.</param>
/// <param name="ClearAfter">For how long nothing must be the matter before it is told so.</param>
internal sealed record Course(TimeSpan RemindAfter, TimeSpan ClearAfter)
{
    /// <summary>What comes back within this time after it was cleared takes longer to clear.</summary>
    public static readonly TimeSpan ReturnsWithin = TimeSpan.FromDays(30);

    private const int MostDoublings = 3;

    /// <param name="open">The alerts of a policy domain that are open.</param>
    /// <param name="conditions">What is the matter there.</param>
    /// <param name="now">Now.</param>
    public ImmutableArray<Step> StepsOf(IReadOnlyCollection<Alert> open, IReadOnlyCollection<Condition> conditions, DateTimeOffset now)
    {
        ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
        foreach (Alert alert in open)
        {
            if (conditions.FirstOrDefault(condition => condition.Key == alert.Key) is { } condition)
            {
                if (alert.CalmSince is not null)
                    steps.Add(new Step.Stir(alert));
                if (now - alert.ToldAt >= RemindAfter)
                    steps.Add(new Step.Sustain(alert, condition));
            }
            else if (alert.CalmSince is null)
            {
                steps.Add(new Step.Calm(alert));
            }
            else if (now - alert.CalmSince >= PatienceWith(alert))
            {
                steps.Add(new Step.Clear(alert));
            }
        }

        steps.AddRange(conditions.Where(condition => condition.Raises && open.All(alert => alert.Key != condition.Key)).Select(condition => new Step.Raise(condition)));
        return steps.ToImmutable();
    }

    // What comes and goes is told of ever less often.
    private TimeSpan PatienceWith(Alert alert) => ClearAfter * (1 << Math.Min(alert.Returns, MostDoublings));
}

/// <summary>Something that becomes of an alert.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>It is raised.</summary>
    public sealed record Raise(Condition Condition) : Step;

    /// <summary>It is told again.</summary>
    public sealed record Sustain(Alert Alert, Condition Condition) : Step;

    /// <summary>Nothing is the matter any more; if that lasts, it is cleared.</summary>
    public sealed record Calm(Alert Alert) : Step;

    /// <summary>Something is the matter again.</summary>
    public sealed record Stir(Alert Alert) : Step;

    /// <summary>It is cleared.</summary>
    public sealed record Clear(Alert Alert) : Step;
}
