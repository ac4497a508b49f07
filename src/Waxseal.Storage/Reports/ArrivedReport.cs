using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Storage.Reports;

/// <summary>A report, or what should have been one, on its way into the store.</summary>
/// <param name="PolicyDomain">What it is about; empty when it does not say.</param>
/// <param name="Body">The bytes as they arrived, gzip.</param>
/// <param name="Arrival">When, how and from whom it came.</param>
internal sealed record ArrivedReport(string PolicyDomain, ReadOnlyMemory<byte> Body, Arrival Arrival)
{
    /// <summary>What it says; null when it cannot be read.</summary>
    public ReportEvidence? Evidence { get; init; }

    /// <summary>How it departs from RFC 8460.</summary>
    public ImmutableArray<ReportDefect> Defects { get; init; } = [];

    /// <summary>Why it cannot be read or cannot be true, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>What it is to become, before it is held against the reports that are there.</summary>
    public required ReportState State { get; init; }
}

/// <summary>When, how and from whom a report came.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">How.</param>
/// <param name="Origin">An address, a file name or a message.</param>
internal sealed record Arrival(DateTimeOffset At, Channel Channel, string Origin)
{
    /// <summary>How far it is proved who sent it.</summary>
    public Trust Trust { get; init; } = Trust.Unverified;

    /// <summary>What that rests on, in words.</summary>
    public string TrustReason { get; init; } = "";

    /// <summary>The domain that sent it: by the signature that holds, or else by its own word; null when unknown.</summary>
    public string? Submitter { get; init; }
}

/// <summary>The ways in which reports come.</summary>
internal enum Channel
{
    /// <summary>An HTTPS POST (RFC 8460 §5.4).</summary>
    Https,

    /// <summary>A mail, by SMTP.</summary>
    Smtp,

    /// <summary>A mail, by LMTP.</summary>
    Lmtp,

    /// <summary>A mailbox that is read over IMAP.</summary>
    Imap,

    /// <summary>A Maildir on this machine.</summary>
    Maildir,

    /// <summary>A file put into a folder.</summary>
    Folder,

    /// <summary>A command.</summary>
    Command,
}

/// <summary>How far it is proved who sent a report (RFC 8460 §3).</summary>
internal enum Trust
{
    /// <summary>A signature of the domain that submits it holds.</summary>
    Verified,

    /// <summary>A host that is trusted says that such a signature held.</summary>
    Relayed,

    /// <summary>Nothing proves it.</summary>
    Unverified,

    /// <summary>There is a signature, and it does not hold.</summary>
    Failed,
}

/// <summary>What a stored report is.</summary>
internal enum ReportState
{
    /// <summary>Its sessions count.</summary>
    Counted,

    /// <summary>It was sent again with other numbers or with a better proof, and that one counts.</summary>
    Replaced,

    /// <summary>It claims to be a report that is there, with other numbers, and is less to be trusted.</summary>
    Conflicting,

    /// <summary>It waits for somebody to look at it.</summary>
    Quarantined,

    /// <summary>It is about domains that are not ours.</summary>
    Foreign,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}
