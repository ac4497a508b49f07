using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Hosting.Listening;

/// <summary>Reads the certificate of a listener.</summary>
internal static class ServerCertificate
{
    /// <summary>Reads certificate, chain and key (PEM). Nothing is fetched to complete the chain.</summary>
    /// <exception cref="IOException">A file cannot be read, or holds something else.</exception>
    public static SslStreamCertificateContext Read(string certificate, string key)
    {
        (X509Certificate2 own, X509Certificate2Collection chain) = Load(certificate, key);
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }

    /// <summary>Reads the certificate with its key, and the others of the chain.</summary>
    /// <exception cref="IOException">A file cannot be read, or holds something else.</exception>
    public static (X509Certificate2 Own, X509Certificate2Collection Chain) Load(string certificate, string key)
    {
        try
        {
            X509Certificate2Collection chain = [];
            chain.ImportFromPemFile(certificate);
            using X509Certificate2 leaf = X509Certificate2.CreateFromPemFile(certificate, key);
            chain.RemoveAt(0);
            return (X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null), chain);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new IOException($"{certificate} and {key} are no certificate with its key: {fault.Message}", fault);
        }
    }

    /// <summary>What is wrong with certificate and key, as the end of a sentence that begins with the certificate; null when nothing is.</summary>
    public static string? ProblemOf(string certificate, string key)
    {
        try
        {
            Read(certificate, key);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"cannot be used: {fault.Message.TrimEnd('.')}";
        }
    }
}
