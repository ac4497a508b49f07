using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layers H and I: grammar of the policy, its id and its copies.</summary>
internal static class PolicyTextCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("H01", Layer.PolicyGrammar, "a key of the policy is misspelt")
        {
            Fix = "Correct the key; `waxseal lint sts-policy` shows the place.",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Seen,
        },
        new("H02", Layer.PolicyGrammar, "the version is missing or is not STSv1")
        {
            Fix = "Let the file say version: STSv1, without a byte-order mark before it.",
            Paste = "version: STSv1",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Standard,
        },
        new("H03", Layer.PolicyGrammar, "the mode is none of enforce, testing, none")
        {
            Fix = "Write one of enforce, testing and none, in lower case.",
            Paste = "mode: testing",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Seen,
        },
        new("H04", Layer.PolicyGrammar, "max_age is missing, no number, or too large")
        {
            Fix = "Give max_age in seconds, at most 31557600.",
            Paste = "max_age: 604800",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("H05", Layer.PolicyGrammar, "there is no mx line")
        {
            Fix = "Add one mx line for each MX host.",
            Paste = "{mx-lines}",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Standard,
        },
        new("H06", Layer.PolicyGrammar, "several MX hosts stand on one line")
        {
            Fix = "Give each MX host a line of its own.",
            Paste = "{mx-lines}",
            Decides = "The mx lines of the policy.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Standard,
        },
        new("H07", Layer.PolicyGrammar, "an mx line holds an address, a port, a URL or a final dot in place of a host name")
        {
            Fix = "Write the plain name of the MX host.",
            Paste = "{mx-lines}",
            Decides = "The mx lines of the policy.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Seen,
        },
        new("H08", Layer.PolicyGrammar, "an mx line uses a wildcard in a way the standard does not know")
        {
            Fix = "A wildcard stands for the whole first label: *.example.com.",
            Paste = "{mx-lines}",
            Decides = "The mx lines of the policy.",
            Rule = "RFC 8461 §4.1",
            Grade = Grade.Seen,
        },
        new("H09", Layer.PolicyGrammar, "lines are indented, or a blank stands before a colon")
        {
            Fix = "Begin every line at its first column, and put the colon right behind the key.",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("H10", Layer.PolicyGrammar, "the policy holds characters beyond ASCII, such as smart quotes, or is UTF-16")
        {
            Fix = "Save the file as plain ASCII.",
            Decides = "The octets of the policy.",
            Rule = "RFC 8461 §3.2",
        },
        new("H11", Layer.PolicyGrammar, "the policy holds comments")
        {
            Fix = "Remove them; the standard has none.",
            Decides = "The lines of the policy.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("H12", Layer.PolicyGrammar, "there are empty lines in the policy")
        {
            Fix = "Remove the empty lines, also those at the end.",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("H13", Layer.PolicyGrammar, "a key stands twice")
        {
            Fix = "Keep one of each key but mx.",
            Decides = "The served file, put through `waxseal lint sts-policy`.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("H14", Layer.PolicyGrammar, "the policy is in the JSON form of an old draft")
        {
            Fix = "Write it in the text form of the standard.",
            Paste = "version: STSv1\nmode: testing\n{mx-lines}\nmax_age: 604800",
            Decides = "The first octets of the policy.",
            Rule = "RFC 8461 §3.2",
        },
        new("H15", Layer.PolicyGrammar, "lines end with CR alone")
        {
            Fix = "End lines with LF or CRLF.",
            Decides = "The octets of the policy.",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Standard,
        },
        new("H16", Layer.PolicyGrammar, "something stands in the policy that is no line of it")
        {
            Fix = "Remove what stands before, between or after the lines.",
            Decides = "The lines of the policy.",
            Rule = "RFC 8461 §3.2",
        },
        new("I01", Layer.PolicyCopies, "the new id was visible before the new file, so senders keep the old policy under the new id")
        {
            Fix = "Change the id again now. Next time: file first, then the id.",
            Decides = "A policy-string with the old policy in reports of days after the change.",
            Rule = "RFC 8461 §8.1",
            Audience = Audience.Some,
            Lasts = false,
            Grade = Grade.Standard,
        },
        new("I02", Layer.PolicyCopies, "copies of the policy differ from one server to the next")
        {
            Fix = "Purge the caches, and serve the file from one source.",
            Decides = "The file from each address of {host}: the bodies must be equal.",
            Audience = Audience.Some,
        },
        new("I04", Layer.PolicyCopies, "the addresses of {host} serve different policies")
        {
            Fix = "Serve the same file everywhere.",
            Decides = "The body of the policy at each address of {host}.",
        },
    ];
}
