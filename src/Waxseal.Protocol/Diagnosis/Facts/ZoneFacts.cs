using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>A zone and its name servers.</summary>
/// <param name="Name">The name of the zone.</param>
/// <param name="Delegated">The name servers its parent names; empty when the parent could not be asked.</param>
/// <param name="Named">The name servers it names itself.</param>
/// <param name="Servers">Each name server at each address.</param>
public sealed record ZoneFacts(
    string Name, ImmutableArray<string> Delegated, ImmutableArray<string> Named, ImmutableArray<NameServerFacts> Servers)
{
    /// <summary>How long resolvers may keep that a name does not exist, in seconds (RFC 2308 §5); null when unknown.</summary>
    public uint? NegativeTtl { get; init; }

    /// <summary>Whether the parent holds a DS record, so that validating resolvers expect signatures; null when unknown.</summary>
    public bool? IsSigned { get; init; }
}

/// <summary>One name server of a zone, at one address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address; empty when its name has none.</param>
/// <param name="Udp">What it said over UDP when asked for the zone's SOA.</param>
/// <param name="Tcp">What it said over TCP; null when it was not asked, because it has no address or answered over TCP for another zone.</param>
public sealed record NameServerFacts(string Name, string Address, DnsAnswerFacts Udp, DnsAnswerFacts? Tcp)
{
    /// <summary>Whether it speaks as an authority for the zone.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>The serial of its copy of the zone (RFC 1035 §3.3.13); null when it gave none.</summary>
    public uint? Serial { get; init; }

    /// <summary>Whether it keeps the letters of a question in the case they were sent in; null when unknown.</summary>
    public bool? KeepsCase { get; init; }

    /// <summary>Whether it speaks EDNS (RFC 6891 §7); null when unknown.</summary>
    public bool? SpeaksEdns { get; init; }

    /// <summary>The time of its signature over the SOA record, which is renewed with each change; null without signature.</summary>
    public SignatureTime? Signature { get; init; }
}

/// <summary>The time in which a signature holds (RFC 4034 §3.1.5).</summary>
/// <param name="Begins">From when, in UTC.</param>
/// <param name="Ends">Until when, in UTC.</param>
public sealed record SignatureTime(DateTimeOffset Begins, DateTimeOffset Ends);
