using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer K: STARTTLS and certificate of the MX hosts.</summary>
internal static class MxTlsCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("K01", Layer.MxTls, "the MX host does not offer STARTTLS")
        {
            Fix = "Give the MX host a certificate and turn STARTTLS on.",
            Decides = "EHLO at port 25 of each MX host, from outside: is STARTTLS listed?",
            Rule = "RFC 3207 §4",
            Grade = Grade.Seen,
        },
        new("K02", Layer.MxTls, "a firewall in front of the MX host takes STARTTLS out of the answer")
        {
            Fix = "Switch off SMTP inspection (\"fixup\") on the firewall.",
            Decides = "EHLO from outside and from inside: STARTTLS is there only inside, or reads XXXXXXXX.",
            Grade = Grade.Seen,
        },
        new("K03", Layer.MxTls, "one of several MX nodes lacks what the others have")
        {
            Fix = "Set the nodes up alike.",
            Decides = "Ten connections to each MX address: the answers must be equal.",
            Audience = Audience.Some,
        },
        new("K04", Layer.MxTls, "the MX host offers STARTTLS and then refuses it")
        {
            Fix = "Look at key, certificate and their file permissions in the MX host's log.",
            Decides = "The answer to STARTTLS: 454 or 5xx.",
            Rule = "RFC 3207 §4",
            Grade = Grade.Seen,
        },
        new("K05", Layer.MxTls, "the certificate of the MX host does not name the MX host")
        {
            Fix = "Issue a certificate that names each MX host as its MX record does.",
            Decides = "The names of the certificate after STARTTLS with SNI of the MX host.",
            Rule = "RFC 8461 §4.2",
            Grade = Grade.Seen,
        },
        new("K06", Layer.MxTls, "the certificate of the MX host has expired")
        {
            Fix = "Renew it, reload the mail server, and watch its end date.",
            Decides = "The not-after day of the certificate, against the first failing day.",
            Rule = "RFC 8461 §4.2",
            Grade = Grade.Seen,
        },
        new("K07", Layer.MxTls, "the MX host sends a self-signed or default certificate")
        {
            Fix = "Bind the right certificate to the receiving service.",
            Decides = "The issuer of the certificate after STARTTLS.",
            Rule = "RFC 8461 §4.2",
            Grade = Grade.Seen,
        },
        new("K08", Layer.MxTls, "the MX host does not send its intermediate certificate")
        {
            Fix = "Send the full chain. Senders on Windows fetch what is missing and hide the fault.",
            Decides = "`openssl s_client -starttls smtp -connect {mx}:25`: \"unable to verify the first certificate\".",
            Rule = "RFC 8461 §4.2",
            Audience = Audience.Some,
        },
        new("K09", Layer.MxTls, "the right certificate comes only with SNI, and the sender gives none")
        {
            Fix = "Let the default certificate hold all MX names.",
            Decides = "The certificate after STARTTLS without SNI.",
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("K10", Layer.MxTls, "one of several MX servers has the wrong certificate")
        {
            Fix = "Put the same certificate on every MX server.",
            Decides = "Ten handshakes with each MX address: the certificates must be equal.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("K11", Layer.MxTls, "the certificate was renewed and the mail server not reloaded")
        {
            Fix = "Reload the mail server, and let the renewal do so from now on.",
            Decides = "The end date of the file on disk, against the one the MX host sends.",
        },
        new("K12", Layer.MxTls, "the MX host offers no TLS 1.2 or newer, or no cipher the sender takes")
        {
            Fix = "Turn on TLS 1.2 and 1.3 with ordinary suites.",
            Decides = "A handshake with TLS 1.2 alone and one with TLS 1.3 alone.",
            Rule = "RFC 8461 §7.2",
            Grade = Grade.Seen,
        },
        new("K13", Layer.MxTls, "Microsoft's TLS 1.3 client breaks off on the MX host's session tickets")
        {
            // OpenSSL 3 with SSL_OP_NO_TICKET still sends tickets in TLS 1.3, so that option mends nothing.
            Fix = "As a test and a work-around, turn TLS 1.3 off on the MX host. It costs TLS 1.3 for all senders until Microsoft "
                + "mends its client; turn it on again then. Where the software can send no session tickets in TLS 1.3, that will do.",
            Paste = "# Postfix 3.6 or newer, in main.cf\nsmtpd_tls_protocols = >=TLSv1.2, <=TLSv1.2",
            Decides = "The MX log: handshakes from *.outbound.protection.outlook.com that end with EOF.",
            Side = Side.Between,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("K14", Layer.MxTls, "over IPv6 the MX host sends another certificate")
        {
            Fix = "Set both address families up alike.",
            Decides = "The certificate of each MX address, IPv4 and IPv6.",
            Audience = Audience.Some,
        },
        new("K15", Layer.MxTls, "the MX host is slow or overloaded during the handshake")
        {
            Fix = "Look at load and connection limits of the MX host.",
            Decides = "Ten handshakes with each MX address, with their times.",
            Lasts = false,
            Audience = Audience.Some,
        },
        new("K16", Layer.MxTls, "a failed certificate renewal left a sample certificate in place")
        {
            Fix = "Mend the renewal, and alert when it fails.",
            Decides = "Issuer and names of the certificate after STARTTLS.",
            Grade = Grade.Seen,
        },
        new("K17", Layer.MxTls, "a certificate that the chain of the MX host needs has expired")
        {
            Fix = "Send the newer chain that your CA offers, without the expired certificate.",
            Decides = "The dates of each certificate that the MX host sends.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("K18", Layer.MxTls, "of an RSA and an ECDSA certificate one is stale")
        {
            Fix = "Renew both.",
            Decides = "Handshakes with RSA alone and with ECDSA alone.",
            Audience = Audience.Some,
        },
        new("K19", Layer.MxTls, "the MX host has a weak key or signature")
        {
            Fix = "Have the certificate issued again with an RSA key of 2048 bits or an ECDSA key on P-256, signed with SHA-256.",
            Decides = "Key length and signature algorithm of the certificate.",
            Audience = Audience.Some,
        },
        new("K20", Layer.MxTls, "the MX host takes no connections at port 25, or breaks them off")
        {
            Fix = "See that the mail server runs, that no firewall stands before port 25, and that it greets senders with 220; where it turned this visitor away, see its log for the reason, and look from another address.",
            Decides = "A connection to port 25 of the MX host.",
            Grade = Grade.Seen,
        },
        new("K22", Layer.MxTls, "the receiving filter breaks the handshake in some other way")
        {
            Fix = "Read the MX log of {day}, and the reason texts of reports where there are any.",
            Decides = "The MX log of {day}: handshake errors with their reason.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("K23", Layer.MxTls, "the MX host has a certificate for other names, as hosts of many tenants do")
        {
            Fix = "Give this name a certificate of its own, or let the MX record name the host that the certificate is for.",
            Decides = "The names of the certificate, held against the MX record.",
            Rule = "RFC 8461 §4.2",
            Grade = Grade.Seen,
        },
        new("K24", Layer.MxTls, "a certificate in the chain of the MX host breaks a rule: path length, purpose, signature or revocation")
        {
            Fix = "Send the chain that the CA gave with the certificate and nothing else; if that is so, get a new certificate.",
            Decides = "`openssl s_client -starttls smtp -connect {mx}:25 -showcerts`: the line \"Verify return code\".",
            Rule = "RFC 5280 §6.1",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("K25", Layer.MxTls, "the certificate of the MX host ends within days and has not been renewed")
        {
            Fix = "Look why the renewal did not run; it is overdue.",
            Decides = "The last day of the certificate.",
        },
        new("K26", Layer.MxTls, "the MX host sends more than its answer before the TLS handshake")
        {
            Fix = "Update the mail server: what an attacker puts before the handshake must not count after it.",
            Decides = "What the MX host sends between STARTTLS and the handshake.",
            Rule = "RFC 3207 §4.2",
            Grade = Grade.Standard,
        },
        new("K27", Layer.MxTls, "the MX host speaks TLS 1.3 alone")
        {
            Fix = "Allow TLS 1.2 as well: some senders have nothing newer.",
            Decides = "A handshake with the MX host with TLS 1.2 alone.",
            Rule = "RFC 8461 §7.2",
            Audience = Audience.Some,
        },
    ];
}
