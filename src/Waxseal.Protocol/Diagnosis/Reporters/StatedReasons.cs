using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>
/// What the reason texts of reports mean: the codes of senders, and the texts of the TLS libraries behind them.
/// </summary>
internal static class StatedReasons
{
    // What mox adds where a cached policy was in force although the fetch failed.
    private const string MoxCachedPolicy = "+fallback-to-cached-policy";

    // A reason is longer than this only when it tells a story, and its beginning says what matters.
    private const int MostCharacters = 1000;

    // Whole texts, seen in reports and in source code; with the software that no other software writes like.
    private static readonly ImmutableArray<(string Text, StatedReason Reason, string? Software)> Codes =
    [
        ("MX_HOSTS_MISMATCH", StatedReason.MxNotInPolicy, null), // Microsoft
        ("MX not authorized by policy.", StatedReason.MxNotInPolicy, "stalwart"),
        ("Failed to parse MTA-STS DNS record.", StatedReason.RecordGrammar, "stalwart"),
        ("Timeout fetching policy.", StatedReason.Timeout, "stalwart"),
        ("Could not reach policy host.", StatedReason.Unreachable, "stalwart"),
        ("Failed to fetch policy.", StatedReason.PolicyNotFetched, "stalwart"),
        ("Invalid TLSA record.", StatedReason.TlsaMismatch, "stalwart"),
        ("Bogus TLSA records were found.", StatedReason.TlsaBogus, "stalwart"),
        ("No TLSA DNSSEC records found.", StatedReason.TlsaMissing, "stalwart"),
        ("dns-lookup", StatedReason.RecordLookup, null), // mox, in words that others may use as well
        ("multiple-mta-sts-records", StatedReason.SeveralRecords, "mox"),
        ("record-syntax-error", StatedReason.RecordGrammar, "mox"),
        ("no-policy-served", StatedReason.NoPolicyServed, "mox"),
        ("cannot-fetch-policy", StatedReason.PolicyNotFetched, "mox"),
        ("back-off-after-recent-fetch-error", StatedReason.PolicyNotFetched, "mox"),
        ("policy-syntax-error", StatedReason.PolicyGrammar, "mox"),
        ("mtasts-policy-mx-mismatch", StatedReason.MxNotInPolicy, "mox"),
        ("all-TLSA-records-unusable", StatedReason.TlsaUnusable, null), // Postfix
        ("tls-handshake-failure", StatedReason.HandshakeFailed, null), // Postfix
    ];

    // Parts of texts in lower case, with blanks for hyphens and underscores: Postfix writes OpenSSL's texts with
    // underscores, and RFC 8460 §B has OpenSSL's names. A star stands for anything. The first that is found counts.
    private static readonly ImmutableArray<(string Text, StatedReason Reason)> Phrases =
    [
        ("is not yet valid: current time * is before ", StatedReason.CertificateNotYetValid), // Go
        ("expired or is not yet valid", StatedReason.CertificateExpired), // Go, where the current time "is after" the last day
        ("not yet valid", StatedReason.CertificateNotYetValid), // OpenSSL, and X509_V_ERR_CERT_NOT_YET_VALID
        ("not yet activated", StatedReason.CertificateNotYetValid), // GnuTLS
        ("notvalidyet", StatedReason.CertificateNotYetValid), // rustls
        ("cert has expired", StatedReason.CertificateExpired), // X509_V_ERR_CERT_HAS_EXPIRED
        ("certificate has expired", StatedReason.CertificateExpired), // OpenSSL
        ("certificate expired", StatedReason.CertificateExpired), // rustls
        ("certificate: expired", StatedReason.CertificateExpired), // rustls
        ("uses expired certificate", StatedReason.CertificateExpired), // GnuTLS
        ("self signed certificate in certificate chain", StatedReason.RootUntrusted), // OpenSSL
        ("self signed cert in chain", StatedReason.RootUntrusted), // X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
        ("self signed", StatedReason.CertificateSelfSigned), // OpenSSL, and X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
        ("unable to get local issuer", StatedReason.IssuerMissing), // OpenSSL
        ("unable to get issuer cert", StatedReason.IssuerMissing), // OpenSSL, and X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        ("unable to verify the first certificate", StatedReason.IssuerMissing), // OpenSSL
        ("unable to verify leaf signature", StatedReason.IssuerMissing), // X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
        ("unknown authority", StatedReason.IssuerUnknown), // Go
        ("unknownissuer", StatedReason.IssuerUnknown), // rustls
        ("issuer is unknown", StatedReason.IssuerUnknown), // GnuTLS
        ("unknown ca", StatedReason.IssuerUnknown), // the alert (RFC 8446 §6.2)
        ("hostname mismatch", StatedReason.CertificateName), // OpenSSL, and X509_V_ERR_HOSTNAME_MISMATCH
        ("certificate is valid for", StatedReason.CertificateName), // Go: "... a, not b"
        ("not valid for any names", StatedReason.CertificateName), // Go
        ("notvalidforname", StatedReason.CertificateName), // rustls
        ("not valid for name", StatedReason.CertificateName), // rustls
        ("subjectmismatch", StatedReason.CertificateName), // Microsoft
        ("namemismatch", StatedReason.CertificateName), // .NET
        ("certificateexpired", StatedReason.CertificateExpired), // Microsoft
        ("untrustedroot", StatedReason.RootUntrusted), // Microsoft
        ("partialchain", StatedReason.IssuerMissing), // .NET
        ("dane no match", StatedReason.TlsaMismatch), // X509_V_ERR_DANE_NO_MATCH
        ("no matching dane tlsa records", StatedReason.TlsaMismatch), // OpenSSL
        ("x509 v err ", StatedReason.ChainInvalid), // what else OpenSSL finds, as X509_V_ERR_PATH_LENGTH_EXCEEDED
        ("path length", StatedReason.ChainInvalid), // OpenSSL
        ("invalid ca certificate", StatedReason.ChainInvalid), // OpenSSL
        ("certificate purpose", StatedReason.ChainInvalid), // OpenSSL
        ("certificate signature failure", StatedReason.ChainInvalid), // OpenSSL
        ("certificate key too weak", StatedReason.ChainInvalid), // OpenSSL
        ("digest algorithm too weak", StatedReason.ChainInvalid), // OpenSSL
        ("certificate revoked", StatedReason.ChainInvalid), // OpenSSL, and the alert
        ("not authorized to sign", StatedReason.ChainInvalid), // Go
        ("no shared cipher", StatedReason.NoCommonTls), // OpenSSL
        ("unsupported protocol", StatedReason.NoCommonTls), // OpenSSL
        ("no protocols available", StatedReason.NoCommonTls), // OpenSSL
        ("protocol version", StatedReason.NoCommonTls), // the alert (RFC 8446 §6.2)
        ("alert handshake failure", StatedReason.NoCommonTls), // the alert, as OpenSSL writes it
        ("alert 40", StatedReason.NoCommonTls), // the same, as mox writes it
        ("insufficient security", StatedReason.NoCommonTls), // the alert
        ("no such host", StatedReason.NameNotFound), // Go
        ("name or service not known", StatedReason.NameNotFound), // the C library
        ("nxdomain", StatedReason.NameNotFound),
        ("servfail", StatedReason.NameLookup),
        ("dial tcp: lookup ", StatedReason.NameLookup), // Go: "dial tcp: lookup mta-sts.example.com: i/o timeout"
        ("server misbehaving", StatedReason.NameLookup), // Go: SERVFAIL of the resolver
        ("connection refused", StatedReason.ConnectionRefused),
        ("no route to host", StatedReason.Unreachable),
        ("network is unreachable", StatedReason.Unreachable),
        ("timeout", StatedReason.Timeout),
        ("timed out", StatedReason.Timeout),
        ("deadline exceeded", StatedReason.Timeout), // Go
    ];

    /// <summary>What a text states, or null when nothing known.</summary>
    public static StatedReason? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        string code = WithoutSuffix(text);
        foreach ((string known, StatedReason reason, _) in Codes)
        {
            if (string.Equals(known, code, StringComparison.OrdinalIgnoreCase))
                return reason;
        }

        string words = code[..Math.Min(code.Length, MostCharacters)].ToLowerInvariant().Replace('_', ' ').Replace('-', ' ');
        foreach ((string part, StatedReason reason) in Phrases)
        {
            if (Contains(words, part))
                return reason;
        }

        return null;
    }

    private static bool Contains(string words, string part)
    {
        int star = part.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return words.Contains(part, StringComparison.Ordinal);

        int at = words.IndexOf(part[..star], StringComparison.Ordinal);
        return at >= 0 && words.AsSpan(at + star).Contains(part.AsSpan(star + 1), StringComparison.Ordinal);
    }

    /// <summary>The software that alone writes so, as a profile's id; null when any may.</summary>
    public static string? SoftwareOf(string text)
    {
        if (text.EndsWith(MoxCachedPolicy, StringComparison.Ordinal))
            return "mox";
        foreach ((string known, _, string? software) in Codes)
        {
            if (known == text)
                return software;
        }

        return null;
    }

    private static string WithoutSuffix(string text) =>
        text.EndsWith(MoxCachedPolicy, StringComparison.Ordinal) ? text[..^MoxCachedPolicy.Length] : text;
}
