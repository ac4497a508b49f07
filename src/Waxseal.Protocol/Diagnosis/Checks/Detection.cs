using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>A cause that the facts show, before it is written as a finding.</summary>
/// <param name="CauseId">The cause in the catalogue.</param>
/// <param name="Consequence">What it does to mail.</param>
/// <param name="Subject">The name it is about: a record, the policy host, an MX host, a zone.</param>
/// <param name="Seen">What was seen, in sentences.</param>
internal sealed record Detection(string CauseId, Consequence Consequence, string Subject, string Seen)
{
    /// <summary>How likely it is that this is the cause, where others show in the same way; 0 to 1.</summary>
    public double Share { get; init; } = 0.95;

    /// <summary>Other causes that would show in the same way, with their shares.</summary>
    public ImmutableArray<(string CauseId, double Share)> Rivals { get; init; } = [];

    /// <summary>What is wrong, where it is told closer than the cause tells it; else null.</summary>
    public string? Title { get; init; }

    /// <summary>What to do, where it is told closer than the cause tells it; the cause's lines to paste do not go with it. Else null.</summary>
    public string? Fix { get; init; }

    /// <summary>The lines or record to put in place of what is there, or null to take those of the cause.</summary>
    public string? Paste { get; init; }

    /// <summary>What the fault does beyond its consequence, or null.</summary>
    public string? Note { get; init; }
}
