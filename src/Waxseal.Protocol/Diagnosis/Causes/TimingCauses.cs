using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer C: order of roll-out, caches, and the days reports speak of.</summary>
internal static class TimingCauses
{
    private const string RollOutInOrder =
        "If this was it, there is nothing to mend: it passes by itself. Next time publish in this order: the address of "
        + "{host}, its certificate, the file; wait until negative answers have run out (the negative TTL of the zone); the "
        + "TXT record last.";

    public static ImmutableArray<Cause> All { get; } =
    [
        new("C01", Layer.Timing, "a resolver of {reporter} still held the answer that {host} does not exist")
        {
            Fix = RollOutInOrder,
            Decides = "The time at which the address of {host} was published, plus the negative TTL of its zone: "
                + "failures later than that have another cause.",
            Rule = "RFC 2308 §5",
            Lasts = false,
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("C02", Layer.Timing, "the TXT record was visible before the policy host worked")
        {
            Fix = RollOutInOrder,
            Decides = "The time the TXT record was published, against the first 200 in the web server's log.",
            Rule = "RFC 8461 §8.1",
            Lasts = false,
            Grade = Grade.Standard,
        },
        new("C03", Layer.Timing, "a resolver still held that there is no TXT record")
        {
            Fix = "Nothing; it passes with the negative TTL of the zone.",
            Decides = "The time the TXT record was published, plus the negative TTL of the zone.",
            Rule = "RFC 2308 §5",
            Lasts = false,
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("C04", Layer.Timing, "a resolver holds that DNS failed a while ago")
        {
            Fix = "Nothing if it is gone in some minutes; else look for what that resolver cannot do with the zone of {domain}.",
            Decides = "The same question some minutes later: resolvers keep failures for five minutes at most.",
            Rule = "RFC 9520 §3.2",
            Lasts = false,
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("C06", Layer.Timing, "the certificate of {host} was not issued yet")
        {
            Fix = RollOutInOrder,
            Decides = "The not-before time of the certificate's first issue, against the time of the TXT record.",
            Lasts = false,
        },
        new("C09", Layer.Timing, "senders apply a cached policy with the old list of MX hosts")
        {
            Fix = "Change the id now, and keep the old MX hosts working until the old max_age has passed.",
            Decides = "The policy-string of the failing reports, held against the policy served now.",
            Rule = "RFC 8461 §8.1",
            Audience = Audience.Some,
            Lasts = false,
            Grade = Grade.Seen,
        },
        new("C10", Layer.Timing, "resolvers still held the old address of {host}")
        {
            Fix = "Nothing; it ends with the old TTL. Lower the TTL before the next move.",
            Decides = "The time of the move plus the TTL of the old address.",
            Lasts = false,
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("C11", Layer.Timing, "a proxy or CDN serves the old policy under the new id")
        {
            Fix = "Purge the cache, and let it keep the file for a minute at most.",
            Decides = "The body of the policy at each address of {host}, and its Age header.",
            Rule = "RFC 8461 §8.2",
            Grade = Grade.Standard,
        },
        new("C13", Layer.Timing, "a name server denies a name that has records below it")
        {
            Fix = "Update the name server: the name between exists as soon as there are records below it.",
            Decides = "The response code for _tcp and the MX host, where TLSA records stand below.",
            Rule = "RFC 8020 §2",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("C15", Layer.Timing, "the policy host was taken away before the policies in senders' caches had ended")
        {
            Fix = "Bring {host} back with a policy of mode none, wait for the old max_age, then remove it.",
            Decides = "A and AAAA of {host}: gone while the TXT record stands.",
            Rule = "RFC 8461 §8.3",
            Grade = Grade.Standard,
        },
        new("C16", Layer.Timing, "the sender lets the first mail go before it has the policy")
        {
            Fix = "Nothing; the next days are reported under the policy.",
            Decides = "The reports of {reporter} for the following days.",
            Rule = "RFC 8461 §5.1",
            Lasts = false,
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("C17", Layer.Timing, "max_age is so short that senders ask again and again, and any fault shows")
        {
            Fix = "Use a max_age of a week or more once the policy works.",
            Paste = "max_age: 604800",
            Decides = "The policy.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
    ];
}
