using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace Waxseal.Hosting.Listening;

/// <summary>The certificate of a listener as it lies in its files: one that is renewed is used from the next handshake on.</summary>
/// <param name="certificate">The file with certificate and chain.</param>
/// <param name="key">The file with the private key.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class CurrentCertificate(string certificate, string key, ILogger logger)
{
    private readonly Lock _reading = new();
    private SslStreamCertificateContext _context = ServerCertificate.Read(certificate, key);
    private (DateTime, DateTime) _writtenAt = WrittenAt(certificate, key);

    /// <summary>The certificate with its chain.</summary>
    public SslStreamCertificateContext Get()
    {
        lock (_reading)
        {
            try
            {
                (DateTime, DateTime) writtenAt = WrittenAt(certificate, key);
                if (writtenAt != _writtenAt)
                    (_context, _writtenAt) = (ServerCertificate.Read(certificate, key), writtenAt);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Half of a renewal; the one before goes on, and the next handshake looks again.
                logger.CertificateUnreadable(certificate, fault.Message);
            }

            return _context;
        }
    }

    private static (DateTime, DateTime) WrittenAt(string certificate, string key) => (File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key));
}
