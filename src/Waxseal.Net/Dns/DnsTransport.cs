namespace Waxseal.Net.Dns;

/// <summary>What carries questions and answers.</summary>
public enum DnsTransport
{
    /// <summary>UDP (RFC 1035 §4.2.1).</summary>
    Udp,

    /// <summary>TCP (RFC 7766 §5).</summary>
    Tcp,
}
