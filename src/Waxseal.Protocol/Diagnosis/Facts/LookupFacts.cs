using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>What became of one question to DNS, asked in several ways.</summary>
/// <param name="Name">The name asked for, without the dot of the root.</param>
/// <param name="Type">The type asked for, such as <c>TXT</c>.</param>
/// <param name="Answer">What the resolver said.</param>
public sealed record LookupFacts(string Name, string Type, DnsAnswerFacts Answer)
{
    /// <summary>What the resolver said with checking disabled (CD, RFC 4035 §3.2.2); null when there was no reason to ask.</summary>
    public DnsAnswerFacts? Unchecked { get; init; }

    /// <summary>What each authoritative name server said; empty when they were not asked.</summary>
    public ImmutableArray<ServerAnswerFacts> Servers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// Whether DNSSEC is what stands between the resolver and the answer: it fails, and answers when it is told not to check.
    /// </summary>
    // RFC 4035 §4.3, §5.5
    public bool IsBogus => Answer.Outcome == DnsOutcome.Failed && Unchecked is { Outcome: not DnsOutcome.Failed };
}

/// <summary>How an answer of DNS came out.</summary>
public enum DnsOutcome
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name exists, without records of this type (NODATA, RFC 2308 §2.2).</summary>
    NoRecords,

    /// <summary>The name does not exist (NXDOMAIN, RFC 2308 §2.1).</summary>
    NoName,

    /// <summary>The server said that others are responsible (RFC 1034 §4.3.1); only from a name server that is asked itself.</summary>
    Referred,

    /// <summary>There was no usable answer.</summary>
    Failed,
}

/// <summary>One answer of DNS.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
public sealed record DnsAnswerFacts(DnsOutcome Outcome, double ElapsedMs)
{
    /// <summary>The records of the type asked for, when there are any.</summary>
    public ImmutableArray<DnsRecordFacts> Records { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The names the question led over by CNAME, in order.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether a resolver that is trusted to validate vouches for it (AD, RFC 4035 §3.2.3).</summary>
    public bool IsSecure { get; init; }

    /// <summary>How long it may be kept, in seconds: the least TTL, or that of a denial (RFC 2308 §5); null where it does not say.</summary>
    public uint? Ttl { get; init; }

    /// <summary>What kind of failure it is, such as <c>timeout</c>, <c>servfail</c> or <c>refused</c>; null without failure.</summary>
    public string? Fault { get; init; }

    /// <summary>More about the failure, in a few words.</summary>
    public string? Reason { get; init; }

    /// <summary>What the server says about its failure (RFC 8914 §4).</summary>
    public ImmutableArray<ExtendedErrorFacts> Errors { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A record of an answer.</summary>
/// <param name="Owner">The name it belongs to.</param>
/// <param name="Ttl">Its TTL, in seconds, as sent.</param>
/// <param name="Data">Its data as on the wire, names in it uncompressed.</param>
public sealed record DnsRecordFacts(string Owner, uint Ttl, ReadOnlyMemory<byte> Data);

/// <summary>A server's own word on its failure (RFC 8914 §2).</summary>
/// <param name="InfoCode">The number of the reason.</param>
/// <param name="Text">More, often empty.</param>
public sealed record ExtendedErrorFacts(int InfoCode, string Text);

/// <summary>What one authoritative name server said.</summary>
/// <param name="Server">The name of the name server.</param>
/// <param name="Address">The address it was asked at.</param>
/// <param name="IsAuthoritative">Whether it spoke as an authority (AA, RFC 1035 §4.1.1).</param>
/// <param name="Answer">What it said.</param>
public sealed record ServerAnswerFacts(string Server, string Address, bool IsAuthoritative, DnsAnswerFacts Answer);
