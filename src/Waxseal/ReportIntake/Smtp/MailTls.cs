using System.Net.Security;
using Waxseal.Hosting.Listening;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>Begins TLS on connections.</summary>
/// <param name="certificate">The certificate.</param>
internal sealed class MailTls(CurrentCertificate certificate)
{
    /// <summary>The handshake, as the server.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">It failed.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    public async Task<Stream> BeginAsync(Stream plain, CancellationToken cancellationToken)
    {
        SslStream secure = new(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Get() }, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
