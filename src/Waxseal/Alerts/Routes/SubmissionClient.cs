using System.Net.Security;
using MailKit.Net.Smtp;
using Waxseal.Hosting;

namespace Waxseal.Alerts.Routes;

/// <summary>MailKit's client, kept from making connections that nobody asked for while it judges a certificate.</summary>
internal sealed class SubmissionClient : SmtpClient
{
    private readonly string? _caFile;

    public SubmissionClient(string? caFile)
    {
        _caFile = caFile;
        CheckCertificateRevocation = false;
        LocalDomain = "localhost";
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        SslClientAuthenticationOptions tls = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        tls.CertificateChainPolicy = ClientTrust.PolicyOf(_caFile);
        return tls;
    }
}
