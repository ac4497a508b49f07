using System.Collections.Immutable;

namespace Waxseal.Storage.Findings;

/// <summary>What a finding was made from.</summary>
internal enum FindingSource
{
    /// <summary>Reports.</summary>
    Reports,

    /// <summary>A look at the policy domain.</summary>
    Look,
}

/// <summary>A finding as the diagnosis makes it.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Source">What it was made from.</param>
/// <param name="Subject">What makes it the same finding when it is made again.</param>
internal sealed record MadeFinding(string PolicyDomain, FindingSource Source, string Subject)
{
    /// <summary>How much it matters: info, warning or error.</summary>
    public required string Severity { get; init; }

    /// <summary>Whether it is still so: unknown, lasting, probably-over, over or present.</summary>
    public required string State { get; init; }

    /// <summary>A headline.</summary>
    public required string Title { get; init; }

    /// <summary>The whole finding in a few sentences.</summary>
    public required string InShort { get; init; }

    /// <summary>The reporters that saw it.</summary>
    public ImmutableArray<string> SeenBy { get; init; } = [];

    /// <summary>Sessions that failed, each counted once.</summary>
    public long FailedSessions { get; init; }

    /// <summary>All of it, as JSON.</summary>
    public required string Document { get; init; }
}

/// <summary>A finding that is kept.</summary>
/// <param name="Id">By what it is known within its policy domain.</param>
/// <param name="Made">What it says.</param>
/// <param name="FirstMadeAt">When it was first made.</param>
/// <param name="LastMadeAt">When it was made last.</param>
/// <param name="ChangedAt">When it last said something else.</param>
/// <param name="GoneAt">Since when it is not made any more; null while it is.</param>
internal sealed record KeptFinding(
    string Id, MadeFinding Made, DateTimeOffset FirstMadeAt, DateTimeOffset LastMadeAt, DateTimeOffset ChangedAt, DateTimeOffset? GoneAt)
{
    /// <summary>Whether it stands and is not known to be over.</summary>
    public bool IsOpen => GoneAt is null && Made.State != "over";
}
