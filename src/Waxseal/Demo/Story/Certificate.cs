using System.Security.Cryptography;
using System.Text;
using Waxseal.Protocol.Diagnosis.History;

namespace Waxseal.Demo.Story;

/// <summary>Certificates of the story: digests of their names, for nobody ever connects.</summary>
internal static class Certificate
{
    /// <summary>How long certificates of the story are valid.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>A certificate of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="ordinal">Which of its certificates, from 1; each has a key of its own.</param>
    /// <param name="notBefore">From when it is valid.</param>
    public static ObservedCertificate Of(string host, int ordinal, DateTimeOffset notBefore) => new(
        host, Digest($"{host} certificate {ordinal}"), Digest($"{host} key {ordinal}"), notBefore, notBefore + Life, "CN=Demonstration CA", [host]);

    /// <summary>A TLSA record that names the key of a certificate (RFC 7671 §5.1).</summary>
    public static string Tlsa(ObservedCertificate certificate) => $"3 1 1 {certificate.KeyDigest.ToUpperInvariant()}";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
