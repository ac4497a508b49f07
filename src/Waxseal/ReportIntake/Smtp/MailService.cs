using System.Collections.Frozen;
using System.Net;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>What all sessions of one listener share.</summary>
/// <param name="IsLmtp">Whether it speaks LMTP (RFC 2033), and not SMTP.</param>
/// <param name="HostName">What it calls itself.</param>
/// <param name="Recipients">The addresses that reports are taken at.</param>
/// <param name="Places">Room for mails on their way in.</param>
/// <param name="TakeAsync">Takes a whole mail, and gives the answer to it.</param>
internal sealed record MailService(
    bool IsLmtp, string HostName, FrozenSet<Mailbox> Recipients, IntakePlaces Places, Func<ReadOnlyMemory<byte>, IPAddress?, CancellationToken, Task<Reply>> TakeAsync)
{
    /// <summary>Begins TLS on a connection; null where it is not offered.</summary>
    public Func<Stream, CancellationToken, Task<Stream>>? SecureAsync { get; init; }

    /// <summary>How long a session may take in all.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one step of it may take.</summary>
    // RFC 5321 §4.5.3.2.7: a server waits at least 5 minutes for the next command.
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The protocol as the greeting names it.</summary>
    public string Protocol => IsLmtp ? "LMTP" : "ESMTP";
}
