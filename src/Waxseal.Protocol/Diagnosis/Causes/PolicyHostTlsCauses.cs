using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layers E and F: TLS handshake and certificate of the policy host.</summary>
internal static class PolicyHostTlsCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("E01", Layer.PolicyHostTls, "{host} offers no TLS 1.2 or newer")
        {
            Fix = "Turn on TLS 1.2 and 1.3.",
            Decides = "A handshake with TLS 1.2 alone and one with TLS 1.3 alone.",
            Rule = "RFC 8461 §7.2",
            Grade = Grade.Standard,
        },
        new("E03", Layer.PolicyHostTls, "{host} and the sender share no cipher, curve or signature")
        {
            Fix = "Offer an RSA-2048 or P-256 certificate and AES-GCM suites.",
            Decides = "Handshakes with RSA alone and with ECDSA alone.",
            Audience = Audience.Some,
        },
        new("E04", Layer.PolicyHostTls, "the web server does not know the name {host} and breaks off the handshake")
        {
            Fix = "Add a virtual host and a certificate for {host}.",
            Decides = "A handshake with SNI {host}: the alert unrecognized_name.",
            Rule = "RFC 8461 §7.1",
            Grade = Grade.Seen,
        },
        new("F01", Layer.PolicyHostCertificate, "the certificate does not name {host}")
        {
            Fix = "Issue a certificate with {host} among its names; a name in CN alone does not count.",
            Decides = "The names of the certificate that {host} sends for SNI {host}.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
        },
        new("F02", Layer.PolicyHostCertificate, "the certificate of {host} has expired")
        {
            Fix = "Renew it, reload the web server, and watch its end date.",
            Decides = "The not-after day of the certificate, against the first failing day.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Seen,
        },
        new("F03", Layer.PolicyHostCertificate, "the certificate is self-signed or of a private CA")
        {
            Fix = "Use a certificate of a public CA for {host}.",
            Decides = "The issuer of the certificate that {host} sends.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
        },
        new("F04", Layer.PolicyHostCertificate, "{host} does not send its intermediate certificate")
        {
            Fix = "Send the full chain. Browsers and Windows fetch or remember what is missing and hide the fault.",
            Decides = "`openssl s_client -connect {host}:443 -servername {host}`: \"unable to verify the first certificate\".",
            Rule = "RFC 8461 §3.3",
            Audience = Audience.Some,
        },
        new("F06", Layer.PolicyHostCertificate, "the root of the chain is not in every trust store")
        {
            Fix = "Use a chain whose root is in Mozilla's and Microsoft's stores alike.",
            Decides = "The chain of {host} against both root programmes.",
            Audience = Audience.Some,
        },
        new("F12", Layer.PolicyHostCertificate, "the addresses of {host} send different certificates")
        {
            Fix = "Put the same certificate on every address.",
            Decides = "The certificate that each address of {host} sends.",
            Audience = Audience.Some,
        },
        new("F15", Layer.PolicyHostCertificate, "the CDN was switched off and its origin certificate shows")
        {
            Fix = "Put a public certificate on the origin.",
            Decides = "The issuer of the certificate that {host} sends.",
        },
        new("F16", Layer.PolicyHostCertificate, "a certificate in the chain of {host} breaks a rule: path length, purpose, signature or revocation")
        {
            Fix = "Send the chain that the CA gave with the certificate and nothing else; if that is so, get a new certificate.",
            Decides = "`openssl s_client -connect {host}:443 -servername {host} -showcerts`: the line \"Verify return code\".",
            Rule = "RFC 5280 §6.1",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
    ];
}
