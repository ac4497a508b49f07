using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Diagnosis.Senders;

/// <summary>One thing that is known, or assumed, of a sender.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Grade">How well it is known; <see cref="Grade.Practice"/> means that it is assumed.</param>
public sealed record Trait<T>(T Value, Grade Grade)
{
    /// <summary>Whether it was seen in source, logs or a standard, and not merely assumed.</summary>
    public bool IsKnown => Grade != Grade.Practice;
}
