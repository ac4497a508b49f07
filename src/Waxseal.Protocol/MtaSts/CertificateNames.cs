using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts;

/// <summary>
/// Compares the names of a certificate with the name of a policy host or an MX host (RFC 8461 §3.3, §4.2).
/// </summary>
public static class CertificateNames
{
    /// <summary>Whether a certificate is for a name.</summary>
    /// <param name="dnsIds">
    /// The dNSName entries of the subjectAltName. RFC 8461 §3.3 and §4.2 look at these alone, so the common name has
    /// no place here.
    /// </param>
    /// <param name="name">The policy host, or the MX host; never a name it was reached by over a CNAME.</param>
    // RFC 8461 §3.3: '*' may stand as the complete left-most label. MX patterns have the same form and the same
    // matching (§4.1), so a name that is none, such as "mta*.example.com", matches nothing.
    public static bool Cover(IEnumerable<string> dnsIds, DomainName name) =>
        dnsIds.Any(dnsId => MxPattern.TryParse(dnsId, out MxPattern? pattern, out _) && pattern.Matches(name));
}
