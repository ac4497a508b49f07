using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Something that is the matter by what is stored.</summary>
/// <param name="Key">What.</param>
/// <param name="Raises">Whether it is reason enough for an alert; else it keeps one open that there is.</param>
/// <param name="Title">One line, without the policy domain.</param>
/// <param name="Sentence">What the numbers say.</param>
internal sealed record Condition(AlertKey Key, bool Raises, string Title, string Sentence)
{
    /// <summary>Whether it may wake people.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The first UTC day it speaks of; null where it speaks of no day.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last UTC day it speaks of.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The sessions it rests on.</summary>
    public long Sessions { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long Failed { get; init; }

    /// <summary>The reporter it is about, or null.</summary>
    public string? Reporter { get; init; }

    /// <summary>The result type it is about, or null.</summary>
    public string? ResultType { get; init; }

    /// <summary>What to do, where no diagnosis tells it.</summary>
    public string Remedy { get; init; } = "";
}
