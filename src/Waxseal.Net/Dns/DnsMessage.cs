using System.Collections.Immutable;

namespace Waxseal.Net.Dns;

/// <summary>An answer of a name server, read and not yet judged.</summary>
/// <param name="Id">The number that ties it to its question.</param>
/// <param name="Bits">The bits of its header.</param>
/// <param name="Rcode">Its response code, extended by EDNS (RFC 6891 §6.1.3).</param>
/// <param name="Question">The question it repeats, or null when it repeats none.</param>
public sealed record DnsMessage(ushort Id, DnsHeaderBits Bits, DnsRcode Rcode, DnsQuestion? Question)
{
    /// <summary>The answer section, records of class IN alone.</summary>
    public ImmutableArray<DnsRecord> Answers { get; init; } = [];

    /// <summary>The authority section.</summary>
    public ImmutableArray<DnsRecord> Authority { get; init; } = [];

    /// <summary>The additional section, without OPT.</summary>
    public ImmutableArray<DnsRecord> Additional { get; init; } = [];

    /// <summary>What the server says with EDNS, or null when it does not speak it.</summary>
    public EdnsOptions? Edns { get; init; }
}

/// <summary>What is asked.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of record.</param>
public sealed record DnsQuestion(DnsName Name, DnsType Type)
{
    /// <summary>The name and the type.</summary>
    public override string ToString() => $"{Name} {DnsTypes.ToWord(Type)}";
}

/// <summary>The bits of a header (RFC 1035 §4.1.1, RFC 4035 §3.1.6, §3.2.2).</summary>
[Flags]
public enum DnsHeaderBits : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It is an answer.</summary>
    Response = 0x8000,

    /// <summary>The server is an authority for the name.</summary>
    Authoritative = 0x0400,

    /// <summary>The answer did not fit; ask again over TCP.</summary>
    Truncated = 0x0200,

    /// <summary>The server is to look further.</summary>
    RecursionDesired = 0x0100,

    /// <summary>The server does look further.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>The server says that it has validated the answer.</summary>
    AuthenticData = 0x0020,

    /// <summary>The server is not to validate.</summary>
    CheckingDisabled = 0x0010,
}

/// <summary>How a name server answered (RFC 1035 §4.1.1, RFC 6891 §9).</summary>
public enum DnsRcode : ushort
{
    /// <summary>Without fault; there may still be no such record.</summary>
    NoError = 0,

    /// <summary>The server could not read the question.</summary>
    FormErr = 1,

    /// <summary>The server failed; from a validating resolver also: the answer is bogus.</summary>
    ServFail = 2,

    /// <summary>The name does not exist.</summary>
    NxDomain = 3,

    /// <summary>The server does not know this kind of question.</summary>
    NotImp = 4,

    /// <summary>The server will not answer.</summary>
    Refused = 5,

    /// <summary>The server does not know this version of EDNS.</summary>
    BadVers = 16,
}

/// <summary>What a message says with EDNS (RFC 6891 §6.1).</summary>
/// <param name="UdpSize">The longest UDP message the server takes, in octets.</param>
/// <param name="IsDnssecOk">Whether the server says that it speaks DNSSEC (RFC 3225 §3).</param>
/// <param name="Errors">What it says about its failure.</param>
public sealed record EdnsOptions(ushort UdpSize, bool IsDnssecOk, ImmutableArray<ExtendedError> Errors);

/// <summary>Why a server failed, in its own words (RFC 8914 §2).</summary>
/// <param name="InfoCode">The number of the reason.</param>
/// <param name="Text">More, made printable; often empty. It is a stranger's text.</param>
public sealed record ExtendedError(ushort InfoCode, string Text);
