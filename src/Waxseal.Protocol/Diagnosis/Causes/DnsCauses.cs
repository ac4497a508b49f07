using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer B: delegation, DNSSEC and addresses of the policy host.</summary>
internal static class DnsCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("B01", Layer.Dns, "{host} has no address")
        {
            Fix = "Add an address record or a CNAME for {host}.",
            Paste = "mta-sts.{domain}. 3600 IN CNAME your-web-server.example.",
            Decides = "A and AAAA of {host}, asked of every authoritative name server.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Seen,
        },
        new("B02", Layer.Dns, "one of the name servers does not answer for the zone")
        {
            Fix = "Mend the name server that refuses or fails, or take it out of the delegation.",
            Decides = "A of {host}, asked of each name server of the zone, by UDP and TCP.",
            Audience = Audience.Some,
        },
        new("B03", Layer.Dns, "the parent zone and the zone itself name different name servers")
        {
            Fix = "Correct the name servers at the registrar, or in the zone itself; after a move the registrar may still have the old provider's.",
            Decides = "NS of {domain} at the parent, held against NS in the zone itself.",
            Audience = Audience.Some,
        },
        new("B04", Layer.Dns, "DNSSEC of the zone does not hold, so validating resolvers refuse its answers")
        {
            Fix = "Sign the zone again, or correct the DS record at the registrar.",
            Decides = "A of {host} with and without checking disabled: SERVFAIL against an answer.",
            Rule = "RFC 4035 §4.3",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("B05", Layer.Dns, "the AAAA question fails although the A question works")
        {
            Fix = "Mend the proof that there is no AAAA record, or publish one.",
            Decides = "AAAA of {host}: SERVFAIL or NXDOMAIN where an empty answer belongs.",
            Audience = Audience.Some,
        },
        new("B06", Layer.Dns, "a name server denies that a name exists where only records of one type are missing")
        {
            Fix = "Mend the name server or load balancer: a name with an A record exists, so AAAA must get an empty answer and not NXDOMAIN.",
            Decides = "The response code for A and for AAAA of {host}, at each name server.",
            Rule = "RFC 8020 §2",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("B07", Layer.Dns, "a name server drops TCP, EDNS or letters in mixed case")
        {
            Fix = "Update the name server, or the firewall before it; resolvers need UDP and TCP at port 53, EDNS, and answers that repeat the question as it was.",
            Decides = "SOA of the zone by UDP and by TCP, with and without EDNS.",
            Rule = "RFC 7766 §5",
            Audience = Audience.Some,
        },
        new("B08", Layer.Dns, "the aliases of {host} lead in a circle, or through too many names")
        {
            Fix = "Shorten the chain of aliases to one that ends at an address.",
            Decides = "The CNAME chain of {host} to its end.",
            Rule = "RFC 1034 §3.6.2",
            Grade = Grade.Standard,
        },
        new("B09", Layer.Dns, "{host} is an alias to a hosting name that no longer exists")
        {
            Fix = "Create the hosting name again, or remove the alias: whoever takes that name can serve your policy.",
            Decides = "The CNAME chain of {host} to its end.",
        },
        new("B10", Layer.Dns, "the outside world gets other addresses of {host} than the inside")
        {
            Fix = "Correct the outer view of the zone.",
            Decides = "A of {host} from inside and from outside.",
        },
        new("B11", Layer.Dns, "the DNS provider had an outage or throttled large resolvers")
        {
            Fix = "Nothing if it does not return; a second DNS provider and TTLs of an hour carry you through the next.",
            Decides = "The provider's status page for {day}; other reporters' failures in the same hours.",
            Lasts = false,
            Audience = Audience.Some,
        },
        new("B12", Layer.Dns, "the name servers turn away questions from some networks")
        {
            Fix = "Take the filter off the name servers; resolvers ask from everywhere.",
            Decides = "A of {host}, asked from another network; the DNS firewall's log.",
            Audience = Audience.Some,
        },
        new("B13", Layer.Dns, "{host} is delegated as a zone of its own, and its name servers do not answer for it")
        {
            Fix = "Have the policy hoster set the zone up, or take the delegation out and use a CNAME.",
            Decides = "NS of {host}, and its SOA at each of them.",
        },
        new("B14", Layer.Dns, "the TTL of the policy host's address is so short that any DNS fault shows")
        {
            Fix = "Raise the TTL of {host} to 3600.",
            Decides = "TTL of A and AAAA of {host} at an authoritative name server.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("B15", Layer.Dns, "the domain does not exist: its name is misspelt, or it expired or is on hold")
        {
            Fix = "See that the name is spelt as you mean it. If it is, renew the domain.",
            Decides = "NS of {domain} at the parent.",
        },
        new("B16", Layer.Dns, "the delegation of {domain} is broken: none of its name servers answers for it")
        {
            Fix = "Correct the name servers at the registrar, or the zone at the name servers.",
            Decides = "SOA of {domain} at each name server the parent names.",
            Grade = Grade.Seen,
        },
    ];
}
