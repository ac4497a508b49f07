using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer J: the policy held against the MX hosts.</summary>
internal static class PolicyAndMxCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("J01", Layer.PolicyAndMx, "an MX host is not in the policy")
        {
            Fix = "Add an mx line for every MX host of {domain}, then change the id.",
            Paste = "{mx-lines}",
            Decides = "The MX records of {domain}, held against the mx lines of the policy.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Seen,
        },
        new("J02", Layer.PolicyAndMx, "the policy names the domain instead of its MX hosts")
        {
            Fix = "Write the names of the MX hosts, not the mail domain, then change the id.",
            Paste = "{mx-lines}",
            Decides = "The MX records of {domain}, held against the mx lines of the policy.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Seen,
        },
        new("J03", Layer.PolicyAndMx, "a wildcard of the policy is one label too short")
        {
            Fix = "A wildcard stands for exactly one label; write the name below it in full, then change the id.",
            Paste = "{mx-lines}",
            Decides = "Labels of the MX host, counted against the pattern.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Seen,
        },
        new("J04", Layer.PolicyAndMx, "the \"*.\" of a wildcard is missing in the policy")
        {
            Fix = "Put \"*.\" before the name, then change the id.",
            Decides = "The MX records of {domain}, held against the mx lines of the policy.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Seen,
        },
        new("J06", Layer.PolicyAndMx, "only a backup MX host is missing in the policy")
        {
            Fix = "Add the backup MX host to the policy, then change the id.",
            Paste = "{mx-lines}",
            Decides = "The failing receiving-mx-hostname, held against the mx lines.",
            Rule = "RFC 8461 §4.1",
            Audience = Audience.Some,
        },
        new("J07", Layer.PolicyAndMx, "the MX record names an alias, and the policy lists what it stands for")
        {
            Fix = "List the name that the MX record has; better, let the MX record name the host itself.",
            Paste = "{mx-lines}",
            Decides = "CNAME of each MX host.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Standard,
        },
        new("J08", Layer.PolicyAndMx, "there is no MX record, and the policy does not list the domain itself")
        {
            Fix = "Publish an MX record, or list {domain} in the policy.",
            Paste = "{domain}. 3600 IN MX 10 {domain}.",
            Decides = "MX of {domain}.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Standard,
        },
        new("J09", Layer.PolicyAndMx, "a mail filter was put in front and the policy was not changed")
        {
            Fix = "Put the filter's MX hosts into the policy, then change the id.",
            Decides = "The day the MX records changed, against the first failing day.",
            Rule = "RFC 8461 §8.1",
        },
        new("J10", Layer.PolicyAndMx, "the policy lists MX hosts that there are not")
        {
            Fix = "Remove the lines that no MX record needs, once no sender can hold them from before.",
            Decides = "MX of {domain}, held against the mx lines.",
            Grade = Grade.Seen,
        },
    ];
}
