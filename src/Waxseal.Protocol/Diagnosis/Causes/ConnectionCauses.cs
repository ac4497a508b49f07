using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer D: TCP and IPv6 on the way to the policy host.</summary>
internal static class ConnectionCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("D01", Layer.Connection, "{host} has an IPv6 address at which nothing listens")
        {
            Fix = "Let the web server listen on IPv6, or remove the AAAA record.",
            Decides = "`curl -6 -v https://{host}/.well-known/mta-sts.txt`; no AAAA record rules it out.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("D02", Layer.Connection, "the IPv6 path loses large packets")
        {
            Fix = "Mend the path, or clamp the MSS.",
            Decides = "A TLS handshake over IPv6 that stalls after the connection is made.",
            Audience = Audience.Some,
        },
        new("D03", Layer.Connection, "nothing answers at port 443")
        {
            Fix = "Serve the policy at port 443.",
            Decides = "`curl -v https://{host}/.well-known/mta-sts.txt` from outside: connection refused.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Seen,
        },
        new("D04", Layer.Connection, "{host} has IPv6 addresses alone")
        {
            Fix = "Add an IPv4 address: many senders fetch over IPv4 alone.",
            Paste = "mta-sts.{domain}. 3600 IN A 192.0.2.1",
            Decides = "A of {host}.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("D05", Layer.Connection, "a firewall drops requests from {reporter}")
        {
            Fix = "Let cloud networks reach port 443 of {host}, or serve the policy elsewhere.",
            Decides = "No request from {reporter} in the access log of {day}, and hits in the firewall's log.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("D06", Layer.Connection, "an intrusion blocker (fail2ban, CrowdSec) has banned an address of {reporter}")
        {
            Fix = "Exempt port 443 of {host} from bans that come from mail logs.",
            Decides = "The ban list of {day}, searched for networks of {reporter}.",
            Audience = Audience.Some,
        },
        new("D07", Layer.Connection, "a limit on connections turned requests away at busy times")
        {
            Fix = "Raise the limit for {host}.",
            Decides = "The firewall's counters, and refused connections at busy times.",
            Audience = Audience.Some,
        },
        new("D08", Layer.Connection, "the policy host was down for a while")
        {
            Fix = "Put the policy on a host that is always up; a static host is enough.",
            Decides = "A gap in the access log over all clients.",
            Lasts = false,
        },
        new("D09", Layer.Connection, "one of several addresses of {host} is dead")
        {
            Fix = "Remove the dead address.",
            Decides = "The policy, fetched from each address of {host} alone.",
            Audience = Audience.Some,
        },
        new("D10", Layer.Connection, "{host} can only be reached from inside your network")
        {
            Fix = "Forward port 443 from outside.",
            Decides = "The policy, fetched from outside your network.",
        },
        new("D11", Layer.Connection, "the TLS handshake stalls, as when large packets are lost on the way")
        {
            Fix = "Mend the path, or clamp the segment size of TCP at the router.",
            Decides = "A handshake with {host} from another network, with a small and a large segment size.",
            Audience = Audience.Some,
        },
        new("D12", Layer.Connection, "the host wakes up too slowly for impatient senders")
        {
            Fix = "Serve the policy from static hosting that never sleeps.",
            Decides = "Time of the first fetch after an idle hour, against the second.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("D13", Layer.Connection, "{host} has a private address in public DNS")
        {
            Fix = "Publish the public address.",
            Decides = "A and AAAA of {host}.",
        },
    ];
}
