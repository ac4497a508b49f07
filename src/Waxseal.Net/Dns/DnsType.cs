using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns;

/// <summary>The types of records that Waxseal asks for or understands; any other number may arrive.</summary>
public enum DnsType : ushort
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>Authoritative name server (RFC 1035 §3.3.11).</summary>
    Ns = 2,

    /// <summary>Another name for the owner (RFC 1035 §3.3.1).</summary>
    Cname = 5,

    /// <summary>Start of a zone (RFC 1035 §3.3.13).</summary>
    Soa = 6,

    /// <summary>Name for an address (RFC 1035 §3.3.12).</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word of RFC 1035.")]
    Ptr = 12,

    /// <summary>Mail exchange (RFC 1035 §3.3.9).</summary>
    Mx = 15,

    /// <summary>Text (RFC 1035 §3.3.14).</summary>
    Txt = 16,

    /// <summary>IPv6 address (RFC 3596 §2.1).</summary>
    Aaaa = 28,

    /// <summary>Other name for all names below the owner (RFC 6672 §2.1).</summary>
    Dname = 39,

    /// <summary>Extensions of the message, not data (RFC 6891 §6.1.1).</summary>
    Opt = 41,

    /// <summary>Delegation signer (RFC 4034 §5).</summary>
    Ds = 43,

    /// <summary>Signature of a set of records (RFC 4034 §3).</summary>
    Rrsig = 46,

    /// <summary>Proof that a name or type does not exist (RFC 4034 §4).</summary>
    Nsec = 47,

    /// <summary>Public key of a zone (RFC 4034 §2).</summary>
    Dnskey = 48,

    /// <summary>The same proof over hashed names (RFC 5155 §3).</summary>
    Nsec3 = 50,

    /// <summary>Certificate association (RFC 6698 §2.1).</summary>
    Tlsa = 52,

    /// <summary>Which authorities may issue certificates (RFC 8659 §4).</summary>
    Caa = 257,
}
