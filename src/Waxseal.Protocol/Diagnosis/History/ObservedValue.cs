namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>One thing that a look showed, in a form that can be held against that of another look.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">The name it belongs to.</param>
/// <param name="Value">What was there; null when nothing was.</param>
public sealed record ObservedValue(ObservedKind Kind, string Subject, string? Value)
{
    /// <summary>Whether a part could not be looked at, so that a line that is missing need not be gone.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether this look shows nothing else than an earlier one did.</summary>
    /// <param name="earlier">What the earlier look showed.</param>
    public bool Agrees(string? earlier) =>
        Value == earlier || (IsPartial && earlier is not null && (Value is null || LinesIn(Value).All(LinesIn(earlier).Contains)));

    private static string[] LinesIn(string value) => value.Split('\n');
}
