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
        new("B03", Layer.Dns, "the parent zone still names the old provider's name servers")
        {
            Fix = "Correct the name servers at the registrar.",
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
        new("B09", Layer.Dns, "{host} is an alias to a hosting name that no longer exists")
        {
            Fix = "Create the hosting name again, or remove the alias: whoever takes that name can serve your policy.",
            Decides = "The CNAME chain of {host} to its end.",
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
        new("B14", Layer.Dns, "the TTL of the policy host's address is so short that any DNS fault shows")
        {
            Fix = "Raise the TTL of {host} to 3600.",
            Decides = "TTL of A and AAAA of {host} at an authoritative name server.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("B15", Layer.Dns, "the domain expired or is on hold")
        {
            Fix = "Renew the domain.",
            Decides = "NS of {domain} at the parent.",
        },
    ];
}
