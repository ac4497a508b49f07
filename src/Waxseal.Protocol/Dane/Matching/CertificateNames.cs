using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>Compares the names in a certificate with reference identifiers (RFC 7672 §3.2.3).</summary>
internal static class CertificateNames
{
    private const string CommonName = "2.5.4.3";

    public static bool MatchAny(X509Certificate2 leaf, IEnumerable<DomainName> referenceIds)
    {
        try
        {
            string[] presented = [.. DnsIds(leaf)];

            // RFC 7672 §3.2.3: the common name counts only where there is no DNS-ID at all.
            if (presented.Length == 0 && CnId(leaf) is { } commonName)
                presented = [commonName];
            return referenceIds.Any(referenceId => presented.Any(name => Matches(name, referenceId)));
        }
        catch (CryptographicException)
        {
            // Names that cannot be read match nothing.
            return false;
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

    private static bool Matches(string presented, DomainName referenceId)
    {
        // RFC 7672 §3.2.3: an asterisk is the whole first label and stands for one label; the rest matches verbatim.
        if (presented.StartsWith("*.", StringComparison.Ordinal))
            return referenceId.Parent is { } parent && IsSame(presented[2..], parent);
        return IsSame(presented, referenceId);
    }

    private static bool IsSame(string presented, DomainName name) =>
        string.Equals(presented, name.Value, StringComparison.OrdinalIgnoreCase);
}
