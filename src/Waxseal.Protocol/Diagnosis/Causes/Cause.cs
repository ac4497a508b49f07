namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>
/// One thing that can go wrong, as the catalogue knows it. Texts may name <c>{domain}</c> (the policy domain),
/// <c>{host}</c> (its policy host), <c>{reporter}</c>, <c>{day}</c>, <c>{id}</c> (an id made now), <c>{mx}</c> (the MX host) and <c>{mx-lines}</c> (the mx lines that the policy lacks); a
/// finding fills them in.
/// </summary>
/// <param name="Id">Stable name: a letter for the layer and a number, such as <c>C01</c>.</param>
/// <param name="Layer">Where in the chain from DNS to the report it sits.</param>
/// <param name="Title">What is wrong, as one clause.</param>
public sealed record Cause(string Id, Layer Layer, string Title)
{
    /// <summary>What to do about it.</summary>
    public required string Fix { get; init; }

    /// <summary>The record, header or line to paste, or null where there is none.</summary>
    public string? Paste { get; init; }

    /// <summary>The observation that would confirm or refute it.</summary>
    public required string Decides { get; init; }

    /// <summary>The section behind it, such as <c>RFC 8461 §3.3</c>; empty where practice alone stands behind it.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whose side has to act.</summary>
    public Side Side { get; init; } = Side.Own;

    /// <summary>Which senders it stops.</summary>
    public Audience Audience { get; init; } = Audience.Everyone;

    /// <summary>Whether it stays until somebody mends it; false when it passes by itself.</summary>
    public bool Lasts { get; init; } = true;

    /// <summary>How well it is known.</summary>
    public Grade Grade { get; init; } = Grade.Practice;
}

/// <summary>Whose side a cause is on.</summary>
public enum Side
{
    /// <summary>The policy domain, its DNS, its policy host or its MX hosts.</summary>
    Own,

    /// <summary>The reporter.</summary>
    Reporter,

    /// <summary>Neither can tell, or both.</summary>
    Between,
}

/// <summary>Which senders a cause stops.</summary>
public enum Audience
{
    /// <summary>Every sender that keeps the standard.</summary>
    Everyone,

    /// <summary>Senders of one make, network or address family.</summary>
    Some,

    /// <summary>One sender.</summary>
    One,
}

/// <summary>How well a cause is known.</summary>
public enum Grade
{
    /// <summary>Seen: in a published case, a report or source code.</summary>
    Seen,

    /// <summary>It follows from the text of a standard.</summary>
    Standard,

    /// <summary>Known from practice alone; never named as the one cause of a finding.</summary>
    Practice,
}
