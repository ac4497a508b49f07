using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer A: the TXT record <c>_mta-sts</c>.</summary>
internal static class RecordCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("A01", Layer.Record, "there is no TXT record at _mta-sts.{domain}")
        {
            Fix = "Publish the record once the policy host answers.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of _mta-sts.{domain}, asked of every authoritative name server.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Standard,
        },
        new("A02", Layer.Record, "the TXT record stands at a wrong name")
        {
            Fix = "Move the record to _mta-sts.{domain}. Look for a doubled zone name and for _mta_sts.",
            Decides = "TXT of _mta-sts.{domain}.{domain}, of _mta_sts.{domain} and of {domain} itself.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Seen,
        },
        new("A03", Layer.Record, "there is more than one MTA-STS record")
        {
            Fix = "Keep one TXT record that begins with v=STSv1; and delete the others.",
            Decides = "TXT of _mta-sts.{domain}: count the records that begin with v=STSv1;.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Seen,
        },
        new("A04", Layer.Record, "the TXT record breaks the grammar")
        {
            Fix = "Correct the record; `waxseal lint sts-record` shows the place.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of _mta-sts.{domain}, put through `waxseal lint sts-record`.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Seen,
        },
        new("A05", Layer.Record, "the id of the TXT record is not 1 to 32 letters and digits")
        {
            Fix = "Use 1 to 32 letters and digits, without hyphen or colon. Lenient senders take the record, strict ones do not.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of _mta-sts.{domain}, put through `waxseal lint sts-record`.",
            Rule = "RFC 8461 §3.1",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("A06", Layer.Record, "the version of the TXT record is misspelt or in other case")
        {
            Fix = "Write v=STSv1, to the letter.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "The text of the TXT record.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Standard,
        },
        new("A07", Layer.Record, "TXT records of other purpose answer at _mta-sts.{domain}, by a wildcard")
        {
            Fix = "Publish the MTA-STS record itself, and narrow the wildcard so that it does not answer below _mta-sts.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of a name below {domain} that nobody has made.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Seen,
        },
        new("A08", Layer.Record, "the TXT record is split into strings at a wrong place")
        {
            Fix = "Publish the record as one string; the strings of a record are joined without a blank between them.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "The character-strings of the TXT record at an authoritative name server.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Standard,
        },
        new("A09", Layer.Record, "_mta-sts.{domain} is an alias to a provider's record that is gone")
        {
            Fix = "Renew the set-up at the provider, or publish the record yourself.",
            Decides = "The CNAME chain of _mta-sts.{domain}.",
            Rule = "RFC 8461 §8.2",
        },
        new("A10", Layer.Record, "the authoritative name servers disagree about the TXT record")
        {
            Fix = "Mend the zone transfer, so that all name servers give the same serial and record.",
            Decides = "TXT of _mta-sts.{domain} and SOA serial, asked of each authoritative name server.",
            Audience = Audience.Some,
        },
        new("A11", Layer.Record, "the TXT record announces a policy and no policy host was ever set up")
        {
            Fix = "Set up {host} with a certificate and the policy, or remove the TXT record.",
            Paste = "mta-sts.{domain}. 3600 IN CNAME your-web-server.example.",
            Decides = "A and AAAA of {host}, and its access log.",
            Rule = "RFC 8461 §3.2",
        },
        new("A12", Layer.Record, "the policy was changed, but not its id")
        {
            Fix = "Change the id of the TXT record whenever the policy changes.",
            Decides = "The policy-string of the reports, held against the file served now.",
            Rule = "RFC 8461 §3.1",
            Audience = Audience.Some,
            Grade = Grade.Standard,
        },
        new("A13", Layer.Record, "the id of the TXT record changes with every answer or every few minutes")
        {
            Fix = "Change the id only when the policy changes: senders fetch the policy anew for each id, and each fetch may fail.",
            Decides = "The TXT record of _mta-sts.{domain}, asked for some times over an hour.",
            Rule = "RFC 8461 §3.1",
            Grade = Grade.Seen,
        },
        new("A14", Layer.Record, "the TXT record was removed while senders still hold the policy")
        {
            Fix = "Publish the record again with a policy of mode none, wait for the old max_age to pass, then remove it.",
            Decides = "TXT of _mta-sts.{domain}: gone while reports still carry a policy-string.",
            Rule = "RFC 8461 §8.3",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("A15", Layer.Record, "the TTL of the TXT record is so short that any DNS fault shows")
        {
            Fix = "Raise the TTL of _mta-sts.{domain} to 3600 or more.",
            Decides = "TTL of the TXT record at an authoritative name server.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("A16", Layer.Record, "the TTL of the TXT record is so long that a change takes days to be seen")
        {
            Fix = "Lower the TTL to 3600, and to less some days before a change.",
            Decides = "TTL of the TXT record at an authoritative name server.",
        },
        new("A17", Layer.Record, "the policy is published for the parent domain alone, and does not count for {domain}")
        {
            Fix = "Publish a record and a policy host for {domain} itself.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of _mta-sts at {domain} and at the domain above it.",
            Rule = "RFC 8461 §3.4",
            Grade = Grade.Standard,
        },
        new("A18", Layer.Record, "the TXT record stands at the name in its own letters, and not at its A-label")
        {
            Fix = "Move it to _mta-sts.{domain}, the form in which DNS is asked.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "TXT of _mta-sts at the A-label, and at the UTF-8 octets of the name.",
            Rule = "RFC 5890 §2.3.2.1",
            Grade = Grade.Standard,
        },
        new("A19", Layer.Record, "a blank stands before the first semicolon of the TXT record")
        {
            Fix = "Remove the blank: one sender looks for the text v=STSv1; to the letter.",
            Paste = "_mta-sts.{domain}. 3600 IN TXT \"v=STSv1; id={id};\"",
            Decides = "The text of the TXT record.",
            Rule = "RFC 8461 §3.1",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("A20", Layer.Record, "a resolver gets no answer about the TXT record")
        {
            Fix = "Look for name servers of {domain} that do not answer, and mend or remove them.",
            Decides = "TXT of _mta-sts.{domain} from several places and from each authoritative name server.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
    ];
}
