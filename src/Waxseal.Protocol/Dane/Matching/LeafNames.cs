using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>The names a leaf certificate presents to a client that uses DANE (RFC 7672 §3.2.3).</summary>
internal static class LeafNames
{
    private const string CommonName = "2.5.4.3";

    /// <summary>The names; none where they cannot be read.</summary>
    public static string[] Of(X509Certificate2 leaf)
    {
        try
        {
            string[] dnsIds = [.. DnsIds(leaf)];

            // RFC 7672 §3.2.3: the common name counts only where there is no DNS-ID at all.
            return dnsIds.Length == 0 && CnId(leaf) is { } commonName ? [commonName] : dnsIds;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static IEnumerable<string> DnsIds(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames());

    // RFC 6125 §1.8: a CN-ID stands alone in its part of the name; the most specific part is written last.
    private static string? CnId(X509Certificate2 leaf) =>
        leaf.SubjectName
            .EnumerateRelativeDistinguishedNames(reversed: true)
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
            ?.GetSingleElementValue();
}
