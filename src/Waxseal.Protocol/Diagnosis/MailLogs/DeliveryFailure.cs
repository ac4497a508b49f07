using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>One delivery that failed because of TLS, as a mail server tells of it in its log or in a bounce.</summary>
/// <param name="Fault">What went wrong.</param>
/// <param name="Text">The mail server's own words.</param>
public sealed record DeliveryFailure(DeliveryFault Fault, string Text)
{
    /// <summary>Where it was told.</summary>
    public DeliverySource Source { get; init; } = DeliverySource.SenderLog;

    /// <summary>The mail server that tells it.</summary>
    public MailSoftware Software { get; init; }

    /// <summary>The host that tells it; empty where the text does not say.</summary>
    public string Observer { get; init; } = "";

    /// <summary>When it happened; null where the text does not say.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>The domain of the recipient; empty where it is not told, and for sessions of a receiving MX host.</summary>
    public string PolicyDomain { get; init; } = "";

    /// <summary>
    /// Whether the mail was submitted to a relay host, which delivers it further (RFC 6409). That host then stands as the policy domain: the
    /// domain of the recipient has no part in it.
    /// </summary>
    public bool IsRelayHost { get; init; }

    /// <summary>The MX host; null where it is not told.</summary>
    public string? MxHost { get; init; }

    /// <summary>The address of the MX host; null where it is not told.</summary>
    public string? MxAddress { get; init; }

    /// <summary>The host at the other end of a session that a receiving MX host tells of; null for others.</summary>
    public string? Client { get; init; }

    /// <summary>The address of that host.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The enhanced status code (RFC 3463 §2); null without one.</summary>
    public string? Status { get; init; }

    /// <summary>What the text states as the reason; null when it is none that is known.</summary>
    public StatedReason? Stated { get; init; }

    /// <summary>What became of the mail.</summary>
    public DeliveryFate Fate { get; init; }

    /// <summary>The result type that a report would give; null where it would give none.</summary>
    public ResultType? ResultType => Fault.ToResultType();
}

/// <summary>Where a delivery is told of.</summary>
public enum DeliverySource
{
    /// <summary>The log of the sending MTA.</summary>
    SenderLog,

    /// <summary>The log of the receiving MX host.</summary>
    ReceiverLog,

    /// <summary>A bounce, or another notice to the author of a mail.</summary>
    Bounce,
}

/// <summary>What became of a mail.</summary>
public enum DeliveryFate
{
    /// <summary>The text does not tell.</summary>
    Unknown,

    /// <summary>It is held back, and tried again (RFC 3463 §3.1, class 4).</summary>
    HeldBack,

    /// <summary>It was given up (RFC 3463 §3.1, class 5).</summary>
    Returned,

    /// <summary>Another host took it, or the same without TLS.</summary>
    Delivered,
}
