using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>A certificate in words for people.</summary>
internal static class CertificateWords
{
    private const int MostNames = 4;

    /// <summary>Its names, its issuer, its kind of key and its end.</summary>
    public static string Of(ReadOnlyMemory<byte> der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
            string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames())];
            string named = names.Length == 0 ? certificate.Subject : string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
            return string.Create(CultureInfo.InvariantCulture,
                $"for {named}, {KindOf(certificate)}, issued by {certificate.Issuer}, ends {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");
        }
        catch (CryptographicException)
        {
            return $"of {der.Length} octets that cannot be read";
        }
    }

    private static string KindOf(X509Certificate2 certificate) => certificate.PublicKey.Oid.Value switch
    {
        "1.2.840.113549.1.1.1" => "RSA",
        "1.2.840.10045.2.1" => "ECDSA",
        "1.3.101.112" => "Ed25519",
        _ => "another kind of key",
    };
}
