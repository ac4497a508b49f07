using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer L: DANE and DNSSEC of the MX hosts.</summary>
internal static class DaneCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("L01", Layer.Dane, "the key was renewed and the TLSA records were not")
        {
            Fix = "Publish 3 1 1 records of the present and the next key, or keep the key at renewal.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records, held against the certificate of each MX host; its not-before day is the first failing day.",
            Rule = "RFC 7671 §8.1",
            Grade = Grade.Seen,
        },
        new("L02", Layer.Dane, "the TLSA record holds the digest of nothing")
        {
            Fix = "Make the record again; the tool that made it read an empty file.",
            Decides = "A TLSA record whose digest begins with E3B0C442.",
            Rule = "RFC 6698 §2.1.4",
            Grade = Grade.Seen,
        },
        new("L03", Layer.Dane, "the TLSA records stand below the mail domain and not below the MX host")
        {
            Fix = "Publish them below the name of the MX host; where they are now nobody looks.",
            Decides = "TLSA of _25._tcp below {domain} and below each MX host.",
            Rule = "RFC 7672 §2.2.3",
            Grade = Grade.Standard,
        },
        new("L04", Layer.Dane, "a usage 2 record names a CA certificate that the MX host does not send")
        {
            Fix = "Use 3 1 1 records, or send that CA certificate, or list every issuer.",
            Decides = "The chain sent after STARTTLS, held against the usage 2 records.",
            Rule = "RFC 7672 §3.1.2",
            Grade = Grade.Seen,
        },
        new("L05", Layer.Dane, "the TLSA records have usage 0 or 1, which mail does not use")
        {
            Fix = "Publish 3 1 1 records.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records of each MX host.",
            Rule = "RFC 7672 §3.1.3",
            Grade = Grade.Seen,
        },
        new("L06", Layer.Dane, "the TLSA records pin the whole certificate, which changes at each renewal")
        {
            Fix = "Publish 3 1 1 records and keep the key at renewal.",
            Decides = "The TLSA records: 3 0 1 with a certificate that renews by itself.",
            Rule = "RFC 7671 §5.1",
            Grade = Grade.Seen,
        },
        new("L07", Layer.Dane, "some of the TLSA records are malformed or stale")
        {
            Fix = "Remove what matches no key; `waxseal lint tlsa` finds what is malformed.",
            Decides = "Each TLSA record, held against each certificate.",
            Rule = "RFC 7671 §8",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("L08", Layer.Dane, "the TLSA records stand in a zone that is not signed, so nobody uses them")
        {
            Fix = "Sign the zone of the MX host and have its DS record published.",
            Decides = "DS of the zone of the MX host.",
            Rule = "RFC 7672 §2.1.2",
            Grade = Grade.Seen,
        },
        new("L09", Layer.Dane, "the zone of the MX host is signed and that of the mail domain is not")
        {
            Fix = "Sign {domain} as well: without it an attacker can change the MX records.",
            Decides = "DS of {domain} and of the zone of each MX host.",
            Rule = "RFC 7672 §2.2.1",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("L10", Layer.Dane, "name servers or a firewall do not answer the TLSA question")
        {
            Fix = "Mend or replace the name server; look for a firewall that drops unknown record types.",
            Decides = "TLSA of each MX host, asked of each authoritative name server, over IPv4 and IPv6.",
            Rule = "RFC 7672 §2.1.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("L11", Layer.Dane, "the proof that there are no TLSA records is broken")
        {
            Fix = "Have the signer of the zone mended; senders with DANE hold mail back while it is so.",
            Decides = "TLSA of the MX host, with and without checking disabled.",
            Rule = "RFC 7672 §2.1.2",
            Grade = Grade.Standard,
        },
        new("L12", Layer.Dane, "the sender's own resolver mishandles DNSSEC")
        {
            Fix = "Nothing on your side if every other check is clean; tell the sender.",
            Decides = "TLSA of each MX host is clean from everywhere else.",
            Side = Side.Reporter,
            Audience = Audience.One,
        },
        new("L13", Layer.Dane, "the DNSSEC signatures have expired")
        {
            Fix = "Sign the zone again, and watch the signer.",
            Decides = "The end dates of the RRSIG records of MX and TLSA.",
            Rule = "RFC 4035 §5.3.1",
            Grade = Grade.Seen,
        },
        new("L14", Layer.Dane, "the DS record names a key that is not in the zone")
        {
            Fix = "Correct the DS record at the registrar.",
            Decides = "DS at the parent, held against the DNSKEY records.",
            Rule = "RFC 4035 §5.2",
            Grade = Grade.Seen,
        },
        new("L15", Layer.Dane, "the DS record was removed, so DANE is silently off")
        {
            Fix = "Restore the DS record at the registrar.",
            Decides = "DS of the MX hosts' zones at the parent.",
            Rule = "RFC 7672 §2.2",
            Grade = Grade.Seen,
        },
        new("L16", Layer.Dane, "the certificate was changed before the new TLSA record had reached all caches")
        {
            Fix = "Nothing now. Next time publish the record, wait two TTLs, then switch.",
            Decides = "The time of the switch plus the TTL of the TLSA records.",
            Rule = "RFC 7671 §8.1",
            Lasts = false,
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("L17", Layer.Dane, "of an RSA and an ECDSA certificate only one has its TLSA record")
        {
            Fix = "Publish a record for each key.",
            Decides = "Handshakes with RSA alone and with ECDSA alone, held against the TLSA records.",
            Audience = Audience.Some,
        },
        new("L18", Layer.Dane, "there are TLSA records, and the MX host does not offer STARTTLS")
        {
            Fix = "Switch STARTTLS on, or remove the TLSA records until you have.",
            Decides = "EHLO at the MX host.",
            Rule = "RFC 7672 §2.2",
            Grade = Grade.Seen,
        },
        new("L19", Layer.Dane, "the certificate under DANE has expired, which most senders allow and some do not")
        {
            Fix = "Renew it all the same.",
            Decides = "The dates of the certificate of the MX host.",
            Rule = "RFC 7672 §3.1.1",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("L20", Layer.Dane, "with TLSA usage 2 the certificate has to name the MX host, and does not")
        {
            Fix = "Have the certificate issued for the MX host, or use usage 3.",
            Decides = "The names of the certificate of the MX host.",
            Rule = "RFC 7672 §3.1.2",
            Grade = Grade.Standard,
        },
        new("L21", Layer.Dane, "one of several MX hosts has stale TLSA records")
        {
            Fix = "Bring the records of that MX host up to date.",
            Decides = "The TLSA records of each MX host, held against its certificate.",
            Audience = Audience.Some,
        },
        new("L22", Layer.Dane, "the sender demands DANE for {domain}, and there are no TLSA records")
        {
            Fix = "Publish TLSA records, or ask the sender to lift the demand.",
            Decides = "TLSA of each MX host.",
            Rule = "RFC 8460 §4.3.2.1",
            Grade = Grade.Standard,
        },
        new("L24", Layer.Dane, "the answer with the TLSA records or keys is so large that it does not fit, and TCP is closed")
        {
            Fix = "Open TCP at port 53, and publish fewer records.",
            Decides = "TLSA by UDP and by TCP at each name server.",
            Rule = "RFC 7766 §5",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("L25", Layer.Dane, "the usage of the TLSA records has no meaning in the standard")
        {
            Fix = "Publish 3 1 1 records.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records of each MX host, put through `waxseal lint tlsa`.",
            Rule = "RFC 6698 §4.1",
            Grade = Grade.Standard,
        },
        new("L26", Layer.Dane, "the selector of the TLSA records has no meaning in the standard")
        {
            Fix = "Publish 3 1 1 records.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records of each MX host, put through `waxseal lint tlsa`.",
            Rule = "RFC 6698 §4.1",
            Grade = Grade.Standard,
        },
        new("L27", Layer.Dane, "the matching type of the TLSA records has no meaning in the standard")
        {
            Fix = "Publish 3 1 1 records.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records of each MX host, put through `waxseal lint tlsa`.",
            Rule = "RFC 6698 §4.1",
            Grade = Grade.Standard,
        },
        new("L28", Layer.Dane, "the data of the TLSA records is no digest of the right length, and no certificate or key")
        {
            Fix = "Publish 3 1 1 records.",
            Paste = "_25._tcp.{mx}. 3600 IN TLSA 3 1 1 <SHA-256 of the public key>",
            Decides = "The TLSA records of each MX host, put through `waxseal lint tlsa`.",
            Rule = "RFC 6698 §4.1",
            Grade = Grade.Standard,
        },
        new("L29", Layer.Dane, "the DNSSEC signatures end within days and have not been renewed")
        {
            Fix = "Look whether the signer of the zone still runs; it is overdue.",
            Decides = "The end of the signatures at each name server.",
            Rule = "RFC 4035 §5.3.1",
            Grade = Grade.Standard,
        },
    ];
}
