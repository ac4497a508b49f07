using System.Security.Cryptography.X509Certificates;
using Waxseal.Lab;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>The files of a certificate.</summary>
internal sealed class Pem : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-pem-").FullName;
    private int _written;

    public Pem(string name) => Write(name);

    public string Certificate => Path.Combine(_folder, "certificate.pem");

    public string Key => Path.Combine(_folder, "key.pem");

    /// <summary>The keys of a section.</summary>
    public string Settings => $"certificate = \"{Certificate}\"\nkey = \"{Key}\"";

    /// <summary>Writes another certificate, as of a later time.</summary>
    public void Write(string name)
    {
        using X509Certificate2 certificate = LabCertificates.For(name);
        File.WriteAllText(Key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, $"{certificate.ExportCertificatePem()}\n{LabCertificates.Authority.ExportCertificatePem()}\n");
        File.SetLastWriteTimeUtc(Certificate, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(_written++));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
