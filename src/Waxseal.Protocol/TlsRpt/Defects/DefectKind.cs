namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>A kind of defect a report can have.</summary>
/// <param name="Code">Stable name in words joined by hyphens.</param>
/// <param name="Meaning">What is wrong, and how it was read.</param>
/// <param name="KnownSender">The sender that is known for it, or null.</param>
internal sealed record DefectKind(string Code, string Meaning, string? KnownSender = null)
{
    /// <summary>Whether a report cannot be used because of it.</summary>
    public bool IsFatal { get; init; }

    /// <summary>Whether nothing after it can be read.</summary>
    public bool EndsReading { get; init; }

    /// <summary>The section that says so.</summary>
    public string Rule { get; init; } = "RFC 8460 §4.4";

    public ReportDefect At(string jsonPointer, long offset, string? detail = null) =>
        new(Code, jsonPointer, offset, detail is null ? Meaning : $"{Meaning} {detail}")
        {
            KnownSender = KnownSender,
            IsFatal = IsFatal,
            Rule = Rule,
        };
}
