using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Hosting;

/// <summary>How the certificates of servers are judged that the configuration names.</summary>
internal static class ClientTrust
{
    /// <summary>A policy that makes no connections of its own: left to itself, .NET fetches missing certificates from wherever the server's says.</summary>
    /// <param name="caFile">The roots (PEM) in place of those of the system, or null.</param>
    public static X509ChainPolicy PolicyOf(string? caFile)
    {
        X509ChainPolicy policy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (caFile is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }

        return policy;
    }
}
