using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>An MX host.</summary>
/// <param name="Name">Its name as the MX record has it.</param>
/// <param name="Preference">The preference of the MX record; 0 for the policy domain itself where it has none (RFC 5321 §5.1).</param>
/// <param name="Addresses">The MX host at each of its addresses.</param>
public sealed record MxHostFacts(string Name, int Preference, ImmutableArray<MxAddressFacts> Addresses)
{
    /// <summary>Whether the name of the MX record is an alias (RFC 5321 §5.1 forbids it).</summary>
    public bool IsAlias { get; init; }

    /// <summary>Whether there is no MX record and the policy domain stands in.</summary>
    public bool IsImplicit { get; init; }
}

/// <summary>An MX host at one address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Connection">Whether and how fast it took a connection.</param>
/// <param name="Sessions">The SMTP sessions, one for each handshake variant and repeat.</param>
public sealed record MxAddressFacts(string Address, ConnectionFacts Connection, ImmutableArray<SmtpSessionFacts> Sessions)
{
    /// <summary>Whether the address is one of IPv6.</summary>
    public bool IsIpv6 => Address.Contains(':', StringComparison.Ordinal);
}

/// <summary>One SMTP session, as far as TLS.</summary>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
/// <param name="Reached">The last step that went well.</param>
public sealed record SmtpSessionFacts(double ElapsedMs, SmtpStep Reached)
{
    /// <summary>What ended the session before its time; null when nothing did.</summary>
    public SmtpFault? Fault { get; init; }

    /// <summary>More about the fault, or the reply that stopped it.</summary>
    public string? Detail { get; init; }

    /// <summary>The greeting, made printable; null when none came.</summary>
    public string? Banner { get; init; }

    /// <summary>How long the greeting took after the connection, in milliseconds.</summary>
    public double? BannerMs { get; init; }

    /// <summary>The lines of the answer to EHLO, made printable, without codes.</summary>
    public ImmutableArray<string> Ehlo { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether STARTTLS was among them (RFC 3207 §4).</summary>
    public bool OffersStartTls { get; init; }

    /// <summary>The reply to STARTTLS; null when it was not sent.</summary>
    public string? StartTlsReply { get; init; }

    /// <summary>Whether the server had sent more than its reply to STARTTLS before the handshake, which is open to injection.</summary>
    public bool SpeaksBeforeHandshake { get; init; }

    /// <summary>The handshake; null when it did not come to one.</summary>
    public HandshakeFacts? Handshake { get; init; }

    /// <summary>The lines of the answer to EHLO under TLS; empty when it was not asked.</summary>
    public ImmutableArray<string> EhloUnderTls { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// How many records came after the server's Finished and before ours went out: session tickets of TLS 1.3 (RFC 8446 §4.6.1) that did
    /// not wait for it; null where that was not watched.
    /// </summary>
    public int? EarlyTickets { get; init; }

    /// <summary>How many session tickets of TLS 1.3 came in all, before anything else; null where that was not watched.</summary>
    public int? Tickets { get; init; }
}

/// <summary>The steps of an SMTP session up to TLS.</summary>
public enum SmtpStep
{
    /// <summary>None.</summary>
    None,

    /// <summary>The greeting came.</summary>
    Banner,

    /// <summary>EHLO was answered.</summary>
    Ehlo,

    /// <summary>STARTTLS was agreed to.</summary>
    StartTls,

    /// <summary>The session is under TLS.</summary>
    Handshake,
}

/// <summary>What ends an SMTP session before its time.</summary>
public enum SmtpFault
{
    /// <summary>The connection was closed or reset.</summary>
    Closed,

    /// <summary>The server did not go on in time.</summary>
    Timeout,

    /// <summary>The server sent lines or replies beyond all measure.</summary>
    TooLong,

    /// <summary>What came is no SMTP.</summary>
    NotSmtp,

    /// <summary>The server refused the session or a command.</summary>
    Refused,

    /// <summary>STARTTLS is not offered.</summary>
    NoStartTls,

    /// <summary>STARTTLS is offered and refused.</summary>
    StartTlsRefused,

    /// <summary>The TLS handshake failed.</summary>
    HandshakeFailed,
}
