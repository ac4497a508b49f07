namespace Waxseal.Storage.Alerts;

/// <summary>What makes one alert the same as another.</summary>
/// <param name="PolicyDomain">The policy domain; empty when it is about the intake of reports as a whole.</param>
/// <param name="Kind">What kind of thing is the matter.</param>
/// <param name="Subject">What within the policy domain: a reporter, a reporter and a result type, a certificate.</param>
internal sealed record AlertKey(string PolicyDomain, AlertKind Kind, string Subject);

/// <summary>Something that is the matter, or was.</summary>
/// <param name="Key">What.</param>
/// <param name="Id">By what it is known: no other alert has it, and it never changes.</param>
internal sealed record Alert(AlertKey Key, string Id)
{
    public required AlertState State { get; init; }

    /// <summary>Whether it may wake people.</summary>
    public required bool IsUrgent { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the latest message about it was written.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary>Since when nothing is the matter any more; null while something is.</summary>
    public DateTimeOffset? CalmSince { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>How often the same was raised and cleared shortly before.</summary>
    public required int Returns { get; init; }

    /// <summary>What was last to be told of it.</summary>
    public required AlertEvent Latest { get; init; }
}

/// <summary>What was to be told of an alert at one time.</summary>
/// <param name="Ordinal">Its place among those of the alert, from 1.</param>
/// <param name="State">What the alert became.</param>
/// <param name="At">When.</param>
/// <param name="Text">The words of then.</param>
internal sealed record AlertEvent(int Ordinal, AlertState State, DateTimeOffset At, AlertText Text);

/// <summary>The words and numbers of an alert.</summary>
/// <param name="Title">One line.</param>
/// <param name="InShort">What is the matter, in a few sentences.</param>
/// <param name="Remedy">What to do first.</param>
/// <param name="Details">All there is to say, in paragraphs.</param>
internal sealed record AlertText(string Title, string InShort, string Remedy, string Details)
{
    /// <summary>The first UTC day it speaks of; null where it speaks of no day.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last UTC day it speaks of.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The sessions it rests on, as stored.</summary>
    public long Sessions { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long Failed { get; init; }
}

/// <summary>The kinds of things that may be the matter.</summary>
internal enum AlertKind
{
    /// <summary>A result type that its reporter had not reported for the policy domain for long.</summary>
    NewFailure,

    /// <summary>Of all sessions of a policy domain a large share fails.</summary>
    FailureShare,

    /// <summary>Every reporter of a policy domain counts failures.</summary>
    AllReportersFailing,

    /// <summary>A large reporter that sent its reports regularly sends none.</summary>
    ReporterSilent,

    /// <summary>No report comes at all, though there used to be some.</summary>
    IntakeSilent,

    /// <summary>A certificate is about to expire, or has.</summary>
    CertificateExpiring,

    /// <summary>A policy that senders keep is about to expire without one that takes its place.</summary>
    PolicyExpiring,
}

/// <summary>What an alert is.</summary>
internal enum AlertState
{
    /// <summary>Something is the matter.</summary>
    Raised,

    /// <summary>It still is, after it was told.</summary>
    Sustained,

    /// <summary>It is over.</summary>
    Cleared,
}
