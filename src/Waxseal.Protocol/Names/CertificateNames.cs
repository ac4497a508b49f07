using System.Text;

namespace Waxseal.Protocol.Names;

/// <summary>
/// Compares the names in a certificate with the name of a policy host or an MX host: the one rule of RFC 8461 §3.3 and
/// §4.2, and of RFC 7672 §3.2.3.
/// </summary>
public static class CertificateNames
{
    private const string Wildcard = "*.";

    /// <summary>Whether a certificate is for a name.</summary>
    /// <param name="presented">
    /// The names in the certificate. For MTA-STS these are the dNSName entries of the subjectAltName and nothing else;
    /// only DANE has a place for the common name, where there are no such entries.
    /// </param>
    /// <param name="name">
    /// The policy host, the MX host or a reference identifier. Under MTA-STS it is never a name reached over a CNAME.
    /// </param>
    public static bool Cover(IEnumerable<string> presented, DomainName name) =>
        presented.Any(candidate => Matches(candidate, name));

    // RFC 8461 §3.3, RFC 7672 §3.2.3: '*' may stand as the whole left-most label, for one label; any other is verbatim.
    private static bool Matches(string presented, DomainName name) =>
        presented.StartsWith(Wildcard, StringComparison.Ordinal)
            ? name.IsChildOf(presented.AsSpan(Wildcard.Length))
            : Ascii.EqualsIgnoreCase(presented, name.Value);
}
