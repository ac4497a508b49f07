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
        new("E02", Layer.PolicyHostTls, "{host} speaks TLS 1.3 alone")
        {
            Fix = "Allow TLS 1.2 as well: some senders have nothing newer.",
            Decides = "A handshake with {host} with TLS 1.2 alone.",
            Rule = "RFC 8461 §3.3",
            Audience = Audience.Some,
            Grade = Grade.Seen,
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
        new("E05", Layer.PolicyHostTls, "without a server name {host} sends another certificate")
        {
            Fix = "Give the default virtual host the certificate of {host}. Senders of policies name the host, so this matters to few.",
            Decides = "A handshake without server name.",
            Rule = "RFC 8461 §7.1",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("E06", Layer.PolicyHostTls, "{host} asks for a client certificate")
        {
            Fix = "Switch client certificates off for this virtual host.",
            Decides = "The handshake with {host}, and the status of the answer.",
            Rule = "RFC 8461 §3.3",
        },
        new("E07", Layer.PolicyHostTls, "{host} does not speak HTTP/1.1")
        {
            Fix = "Enable HTTP/1.1: senders use it.",
            Decides = "A GET by HTTP/1.1 and one by HTTP/2.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Seen,
        },
        new("E08", Layer.PolicyHostTls, "the certificate of {host} has a weak key or signature")
        {
            Fix = "Have it issued again with an RSA key of 2048 bits or an ECDSA key on P-256, signed with SHA-256.",
            Decides = "Key length and signature algorithm of the certificate.",
            Audience = Audience.Some,
        },
        new("E09", Layer.PolicyHostTls, "a device before {host} breaks on handshakes that begin with a large message")
        {
            Fix = "Update the firewall, load balancer or proxy before {host}: the first message of newer clients, with post-quantum keys, is larger than one packet.",
            Decides = "A handshake whose ClientHello has more than 1,500 octets, against a short one.",
            Rule = "RFC 8446 §5.1",
            Audience = Audience.Some,
        },
        new("E10", Layer.PolicyHostTls, "the certificate of {host} demands a stapled OCSP answer")
        {
            Fix = "Switch stapling on, or have the certificate issued without that demand.",
            Decides = "A handshake that asks for the certificate's status.",
            Rule = "RFC 7633 §4.2.3",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("E11", Layer.PolicyHostTls, "the connection to {host} is cut during the TLS handshake")
        {
            Fix = "Look for a device that inspects or resets TLS before {host}, and in the web server's error log.",
            Decides = "The web server's error log at the time of a handshake.",
        },
        new("E12", Layer.PolicyHostTls, "a filter by TLS fingerprint before {host} turns some clients away")
        {
            Fix = "Write an exception for the path into the rules of the CDN or firewall.",
            Decides = "A request from another TLS library; the log of the CDN.",
            Audience = Audience.Some,
        },
        new("E13", Layer.PolicyHostTls, "{host} does not speak TLS at port 443")
        {
            Fix = "Serve HTTPS at port 443; what answers there now sends something else.",
            Decides = "What port 443 of {host} sends.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
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
        new("F05", Layer.PolicyHostCertificate, "a certificate that the chain needs has expired")
        {
            Fix = "Send the newer chain that your CA offers, without the expired certificate.",
            Decides = "The dates of each certificate that {host} sends.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("F06", Layer.PolicyHostCertificate, "the root of the chain is not in every trust store")
        {
            Fix = "Use a chain whose root is in Mozilla's and Microsoft's stores alike.",
            Decides = "The chain of {host} against both root programmes.",
            Audience = Audience.Some,
        },
        new("F08", Layer.PolicyHostCertificate, "the wildcard of the certificate does not cover {host}")
        {
            Fix = "Have the certificate issued for {host}: a wildcard covers one label alone.",
            Decides = "The names of the certificate.",
            Rule = "RFC 6125 §6.4.3",
            Grade = Grade.Standard,
        },
        new("F09", Layer.PolicyHostCertificate, "the certificate names {host} only as its common name")
        {
            Fix = "Have it issued again with {host} as a DNS name (subjectAltName).",
            Decides = "The names of the certificate.",
            Rule = "RFC 6125 §6.4.4",
            Grade = Grade.Standard,
        },
        new("F11", Layer.PolicyHostCertificate, "the certificate of {host} is not valid yet")
        {
            Fix = "Wait, or set the clock of whoever issued it right.",
            Decides = "The first day of the certificate.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
        },
        new("F12", Layer.PolicyHostCertificate, "the addresses of {host} send different certificates")
        {
            Fix = "Put the same certificate on every address.",
            Decides = "The certificate that each address of {host} sends.",
            Audience = Audience.Some,
        },
        new("F13", Layer.PolicyHostCertificate, "CAA records forbid the CA that issued the certificate, so it cannot be renewed")
        {
            Fix = "Add the CA to the CAA records of {host}, or take the certificate from one that is named.",
            Decides = "CAA of {host} and of the names above it, held against the issuer.",
            Rule = "RFC 8659 §4.1",
            Grade = Grade.Seen,
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
        new("F17", Layer.PolicyHostCertificate, "the certificate of {host} ends within days and has not been renewed")
        {
            Fix = "Look why the renewal did not run; it is overdue.",
            Decides = "The last day of the certificate.",
        },
    ];
}
