namespace Waxseal.Protocol.Parsing;

/// <summary>One thing that is wrong or unwise about a text.</summary>
/// <param name="Code">Stable name of the problem in words joined by hyphens, such as <c>policy-mode-unknown</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Place">Where it stands in the text.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
/// <param name="Rule">The section that says so, such as <c>RFC 8461 §3.2</c>.</param>
public sealed record Problem(string Code, ProblemSeverity Severity, Place Place, string Message, string Rule)
{
    /// <summary>The piece of text the problem is about, or null when it is about what is missing.</summary>
    public string? Text { get; init; }

    /// <summary>The line (or the whole record) as it should be, or null where only the author can know.</summary>
    public string? Correction { get; init; }

    /// <summary>
    /// True when the text breaks the grammar here, yet a resolver can still tell what is meant and goes on.
    /// Only ever true for errors.
    /// </summary>
    public bool IsTolerable { get; init; }
}

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>The text breaks the standard.</summary>
    Error,

    /// <summary>The text is legal, but unwise.</summary>
    Warning,
}
