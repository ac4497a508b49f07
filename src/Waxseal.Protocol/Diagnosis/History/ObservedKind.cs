namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>What is kept of a policy domain from look to look.</summary>
public enum ObservedKind
{
    /// <summary>The TXT records at <c>_mta-sts</c>, one a line (RFC 8461 §3.1).</summary>
    StsRecord,

    /// <summary>The text that the policy host serves as the policy (RFC 8461 §3.2).</summary>
    Policy,

    /// <summary>The addresses of the policy host or of an MX host, one a line.</summary>
    Addresses,

    /// <summary>The MX records, one a line: preference and host.</summary>
    Mx,

    /// <summary>The certificates of the policy host or of an MX host, one a line: their SHA-256.</summary>
    Certificates,

    /// <summary>The TLSA records at a name, one a line (RFC 6698 §2).</summary>
    Tlsa,

    /// <summary>The TXT records at <c>_smtp._tls</c>, one a line (RFC 8460 §3).</summary>
    TlsRptRecord,

    /// <summary>Whether the parent of a zone holds a DS record: <c>signed</c> or <c>not signed</c>.</summary>
    Signing,

    /// <summary>The TTL of the records of a name and type, in seconds, as the name servers of the zone send it.</summary>
    Ttl,

    /// <summary>How long resolvers may keep that a name of a zone does not exist, in seconds (RFC 2308 §5).</summary>
    NegativeTtl,

    /// <summary>The serial of a zone (RFC 1035 §3.3.13).</summary>
    Serial,
}
