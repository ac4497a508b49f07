using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis;

/// <summary>
/// One thing the diagnosis has to say. It answers five questions: what happened, to whom and how much, why we think so,
/// what to do, and how to know that it is mended.
/// </summary>
public sealed record Finding
{
    /// <summary>What it rests on.</summary>
    public FindingEvidence Evidence { get; init; }

    /// <summary>The policy domain it is about; empty when the reports do not say.</summary>
    public required string PolicyDomain { get; init; }

    /// <summary>What kind of fault it is.</summary>
    public required FaultFamily Fault { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Whether it is still so.</summary>
    public required State State { get; init; }

    /// <summary>The same in words, with what shows it.</summary>
    public required string StateInWords { get; init; }

    /// <summary>A headline.</summary>
    public required string Title { get; init; }

    /// <summary>Who saw it, when and how often.</summary>
    public required ImmutableArray<Sighting> Sightings { get; init; }

    /// <summary>Sessions that failed, each counted once.</summary>
    public required long FailedSessions { get; init; }

    /// <summary>The whole finding in a few sentences.</summary>
    public required string InShort { get; init; }

    /// <summary>What happened, in sentences.</summary>
    public required string Happened { get; init; }

    /// <summary>What it did to mail, in sentences.</summary>
    public required string Effect { get; init; }

    /// <summary>What the reports prove, before any cause is weighed.</summary>
    public required ImmutableArray<Reading> Readings { get; init; }

    /// <summary>The causes in order.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>The answer to "what was it?" in a sentence or two, never more certain than the evidence.</summary>
    public required string Verdict { get; init; }

    /// <summary>What to do, most useful first.</summary>
    public required ImmutableArray<string> Actions { get; init; }

    /// <summary>What would decide between the causes, most telling first.</summary>
    public required ImmutableArray<string> Observations { get; init; }

    /// <summary>How to know that it is mended, and when at the earliest.</summary>
    public required string MendedWhen { get; init; }
}

/// <summary>What a finding rests on.</summary>
public enum FindingEvidence
{
    /// <summary>TLS reports (RFC 8460), or a look at the policy domain.</summary>
    Reports,

    /// <summary>Logs of mail servers and bounces: they count attempts to deliver, not sessions, and tell of what failed.</summary>
    Deliveries,
}

/// <summary>What one reporter saw of a fault.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="Days">The days on which it saw the fault, in order.</param>
/// <param name="FailedSessions">Sessions that failed so.</param>
/// <param name="Sessions">All its sessions on these days.</param>
/// <param name="ResultTypes">The words of its reports for it.</param>
public sealed record Sighting(
    string Reporter,
    ImmutableArray<string> Days,
    long FailedSessions,
    long Sessions,
    ImmutableArray<string> ResultTypes);

/// <summary>Something the reports prove.</summary>
/// <param name="RuleId">Name of the reading rule, <c>RR1</c> to <c>RR17</c>, or <c>LR1</c> to <c>LR6</c> for logs and bounces.</param>
/// <param name="Text">What follows, in sentences.</param>
public sealed record Reading(string RuleId, string Text);

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Something is not as it should be; mail goes on.</summary>
    Warning,

    /// <summary>Mail is held back, or may be.</summary>
    Error,
}

/// <summary>Whether a fault is still there.</summary>
public enum State
{
    /// <summary>Seen on one day alone, and no later report tells whether it goes on.</summary>
    Unknown,

    /// <summary>Seen on several days, and no success since.</summary>
    Lasting,

    /// <summary>Others have succeeded since; those that failed have not reported yet.</summary>
    ProbablyOver,

    /// <summary>Those that failed have succeeded since.</summary>
    Over,

    /// <summary>It was so when it was looked at, by probes rather than reports.</summary>
    Present,
}
