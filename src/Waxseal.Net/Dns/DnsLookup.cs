using System.Collections.Immutable;

namespace Waxseal.Net.Dns;

/// <summary>What a look-up found.</summary>
/// <param name="Question">What was asked.</param>
public abstract record DnsLookup(DnsQuestion Question)
{
    private DnsLookup(DnsQuestion question, bool _)
        : this(question)
    {
    }

    /// <summary>The names the question led over, by CNAME, in order; the last is where the records are, or are not.</summary>
    public ImmutableArray<DnsName> Aliases { get; init; } = [];

    /// <summary>Whether the validating resolver vouches for all of it (the AD bit, RFC 4035 §3.2.3).</summary>
    public bool IsSecure { get; init; }

    /// <summary>From the question to the answer.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>There are records.</summary>
    /// <param name="Question">What was asked.</param>
    /// <param name="Records">The records of the type asked for, at least one.</param>
    /// <param name="Ttl">How long all of it may be kept, in seconds: the least TTL, aliases included.</param>
    public sealed record Found(DnsQuestion Question, ImmutableArray<DnsRecord> Records, uint Ttl) : DnsLookup(Question, true);

    /// <summary>There is no such record.</summary>
    /// <param name="Question">What was asked.</param>
    /// <param name="NameExists">Whether the name has records of other types, or names below it (NODATA, against NXDOMAIN).</param>
    /// <param name="NegativeTtl">How long that may be kept, in seconds (RFC 2308 §5), or null when the answer does not say.</param>
    public sealed record Absent(DnsQuestion Question, bool NameExists, uint? NegativeTtl) : DnsLookup(Question, true)
    {
        /// <summary>The zone that says so, by the SOA record of the answer (RFC 2308 §3); null when the answer does not say.</summary>
        public DnsName? Zone { get; init; }
    }

    /// <summary>DNS gave no usable answer.</summary>
    /// <param name="Question">What was asked.</param>
    /// <param name="Fault">What kind of fault it is.</param>
    /// <param name="Reason">More of it, in a few words.</param>
    public sealed record Failed(DnsQuestion Question, DnsFault Fault, string Reason) : DnsLookup(Question, true)
    {
        /// <summary>What the resolver says about its failure.</summary>
        public ImmutableArray<ExtendedError> Errors { get; init; } = [];
    }
}

/// <summary>Why DNS gave no usable answer.</summary>
public enum DnsFault
{
    /// <summary>No server answered in time.</summary>
    Timeout,

    /// <summary>No server could be reached.</summary>
    Unreachable,

    /// <summary>SERVFAIL: the resolver failed, or the answer is bogus.</summary>
    ServFail,

    /// <summary>REFUSED.</summary>
    Refused,

    /// <summary>Another response code.</summary>
    OtherRcode,

    /// <summary>The aliases lead in a circle or are too many.</summary>
    AliasLoop,
}
