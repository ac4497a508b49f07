using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Waxseal.Tests.ReportIntake.Authenticity;

/// <summary>Signs mails by the letter of RFC 6376 and by no library for it; tags can be set as nobody would.</summary>
internal sealed class MailSigner : IDisposable
{
    private readonly RSA? _rsa;
    private readonly Ed25519PrivateKeyParameters? _edwards;

    private MailSigner(RSA? rsa, Ed25519PrivateKeyParameters? edwards) => (_rsa, _edwards) = (rsa, edwards);

    /// <summary>What stands in the tag p= of the key record.</summary>
    public string PublicKey => Convert.ToBase64String(_rsa is not null ? _rsa.ExportSubjectPublicKeyInfo() : _edwards!.GeneratePublicKey().GetEncoded());

    public static MailSigner WithRsa(int bits = 2048) => new(RSA.Create(bits), null);

    public static MailSigner WithEd25519() => new(null, new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The mail with a signature above its fields.</summary>
    public string Sign(string mail, string domain, DateTimeOffset at, string selector = "sel", string fields = "from:to:subject:date:tls-report-domain:tls-report-submitter", string extra = "", string? algorithm = null)
    {
        string[] parts = mail.Split("\r\n\r\n", 2);
        string tags = $"v=1; a={algorithm ?? (_rsa is null ? "ed25519-sha256" : "rsa-sha256")}; c=relaxed/relaxed; d={domain}; s={selector};\r\n t={at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}; {extra}h={fields};\r\n bh={HashOf(parts[1])}; b=";
        StringBuilder signed = new();
        foreach (string name in fields.Split(':'))
            signed.Append(FieldOf(parts[0], name));
        signed.Append("dkim-signature:").Append(Relaxed(tags));
        return $"DKIM-Signature: {tags}{Convert.ToBase64String(ValueOf(Encoding.UTF8.GetBytes(signed.ToString())))}\r\n{mail}";
    }

    public void Dispose() => _rsa?.Dispose();

    private byte[] ValueOf(byte[] signed)
    {
        if (_rsa is not null)
            return _rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        // RFC 8463 §3: what is signed is the hash.
        byte[] hash = SHA256.HashData(signed);
        Ed25519Signer signer = new();
        signer.Init(true, _edwards);
        signer.BlockUpdate(hash, 0, hash.Length);
        return signer.GenerateSignature();
    }

    // RFC 6376 §3.4.4
    private static string HashOf(string body)
    {
        string relaxed = Regex.Replace(Regex.Replace(body, "[ \t]+", " "), " \r\n", "\r\n").TrimEnd('\r', '\n') + "\r\n";
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(relaxed)));
    }

    // RFC 6376 §3.4.2; a field that is not there is the empty string (§5.4).
    private static string FieldOf(string header, string name)
    {
        Match field = Regex.Match($"\r\n{header}\r\n", $@"\r\n{name}:(?<value>(?:[^\r]|\r\n[ \t])*)\r\n", RegexOptions.IgnoreCase);
        return field.Success ? $"{name.ToLowerInvariant()}:{Relaxed(field.Groups["value"].Value)}\r\n" : "";
    }

    private static string Relaxed(string value) => Regex.Replace(value.Replace("\r\n", "", StringComparison.Ordinal), "[ \t]+", " ").Trim();
}
