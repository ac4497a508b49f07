namespace Waxseal.Protocol.Dane;

/// <summary>What a look-up of addresses or TLSA records found, as far as DANE cares (RFC 7672 §2.1.1).</summary>
public enum DnsFinding
{
    /// <summary>There was no reason to ask.</summary>
    NotAsked,

    /// <summary>Records, proven by DNSSEC with every alias on the way.</summary>
    Secure,

    /// <summary>Records that DNSSEC does not cover, or that were reached over such an alias.</summary>
    Insecure,

    /// <summary>A proper answer that there are no such records, secure or insecure.</summary>
    Absent,

    /// <summary>
    /// No proper answer: bogus or indeterminate, SERVFAIL or another error code, a time-out, a malformed reply, an alias
    /// chain that is too long.
    /// </summary>
    Failed,
}

/// <summary>What the look-up of MX records for the next-hop domain found.</summary>
public enum MxFinding
{
    /// <summary>MX records, proven by DNSSEC with every alias on the way.</summary>
    Secure,

    /// <summary>MX records that DNSSEC does not cover, or that were reached over such an alias.</summary>
    Insecure,

    /// <summary>Proof that there are none, or none are asked for: the next-hop domain is its own MX host.</summary>
    Absent,

    /// <summary>The domain takes no mail (RFC 7505 §3).</summary>
    NullMx,

    /// <summary>The next hop is an address, not a name.</summary>
    AddressLiteral,

    /// <summary>The MX record names an address where a host name belongs.</summary>
    AddressInMx,

    /// <summary>No proper answer; see <see cref="DnsFinding.Failed"/>.</summary>
    Failed,
}

/// <summary>Rules about findings that look-ups follow as they go.</summary>
public static class DnsFindings
{
    /// <summary>What the two address look-ups of one MX host say together.</summary>
    /// <param name="ipv4">What the look-up of A records found.</param>
    /// <param name="ipv6">What the look-up of AAAA records found.</param>
    /// <returns>
    /// When the two differ the better one; then only addresses of that state are to be used. A failure counts only beside
    /// no addresses at all.
    /// </returns>
    public static DnsFinding OfAddresses(DnsFinding ipv4, DnsFinding ipv6)
    {
        // RFC 7672 §2.2.2 speaks of one address answer. One secure answer is enough to ask for TLSA records.
        ReadOnlySpan<DnsFinding> bestFirst =
            [DnsFinding.Secure, DnsFinding.Insecure, DnsFinding.Failed, DnsFinding.Absent];
        foreach (DnsFinding finding in bestFirst)
        {
            if (ipv4 == finding || ipv6 == finding)
                return finding;
        }

        return DnsFinding.NotAsked;
    }

    /// <summary>
    /// Whether a TLSA look-up settles the search, so that later candidates are not asked. Its finding is then that of the
    /// search; if no look-up settles it, the finding of the last one is.
    /// </summary>
    /// <param name="finding">What was found at one candidate.</param>
    // RFC 7672 §2.2.3: the first secure RRset ends the search, nothing or something insecure leads to the next candidate.
    // RFC 7672 §2.1.2: a failure of any of the look-ups makes the MX host unreachable.
    public static bool EndsTlsaSearch(this DnsFinding finding) => finding is DnsFinding.Secure or DnsFinding.Failed;
}
