namespace Waxseal.Protocol.TlsRpt;

/// <summary>One way in which a report departs from RFC 8460.</summary>
/// <param name="Code">Stable name of the defect in words joined by hyphens, such as <c>time-zone-missing</c>.</param>
/// <param name="JsonPointer">JSON pointer of the place, such as <c>/policies/0/summary</c>; empty for the whole.</param>
/// <param name="Offset">Byte offset in the JSON text.</param>
/// <param name="Message">What is wrong, and how it was read.</param>
public sealed record ReportDefect(string Code, string JsonPointer, long Offset, string Message)
{
    /// <summary>The sender that is known for this defect, or null.</summary>
    public string? KnownSender { get; init; }

    /// <summary>Whether the report cannot be used because of it.</summary>
    public bool IsFatal { get; init; }

    /// <summary>The section that says so, or <see cref="ReportLimits.Rule"/> where this library sets a limit.</summary>
    public string Rule { get; init; } = "RFC 8460 §4.4";
}
