using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layer G: the answer of the web server.</summary>
internal static class HttpCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("G01", Layer.Http, "the policy is not at its path (404)")
        {
            Fix = "Serve the file at https://{host}/.well-known/mta-sts.txt. Look for folders with a leading dot that are not "
                + "deployed, and for the wrong virtual host.",
            Decides = "`curl -i https://{host}/.well-known/mta-sts.txt`: status 404.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Seen,
        },
        new("G02", Layer.Http, "the web server redirects, and senders do not follow")
        {
            Fix = "Answer 200 at exactly https://{host}/.well-known/mta-sts.txt, without a redirect.",
            Decides = "`curl -i` without -L: status 301, 302, 307 or 308.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Seen,
        },
        new("G03", Layer.Http, "the web server demands a login or forbids the path (401, 403)")
        {
            Fix = "Exempt /.well-known/mta-sts.txt from the rule.",
            Decides = "`curl -i https://{host}/.well-known/mta-sts.txt`: status 401 or 403.",
            Rule = "RFC 8461 §3.3",
        },
        new("G04", Layer.Http, "a bot challenge stands before the file")
        {
            Fix = "Exempt the path from the challenge, or serve the policy elsewhere.",
            Decides = "The firewall's or CDN's log of {day}: challenges for the path.",
            Audience = Audience.Some,
        },
        new("G05", Layer.Http, "a rule turns away requests without User-Agent")
        {
            Fix = "Exempt {host} from the rule; some senders give no User-Agent.",
            Decides = "`curl -i -H 'User-Agent:' https://{host}/.well-known/mta-sts.txt`, and lines of {day} whose User-Agent is \"-\".",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("G06", Layer.Http, "a rule by country or network turns the sender away")
        {
            Fix = "Exempt {host} from the rule.",
            Decides = "The CDN's or firewall's log of {day}.",
            Audience = Audience.Some,
        },
        new("G07", Layer.Http, "the web server failed (5xx)")
        {
            Fix = "Mend what stands behind the web server, or serve the policy as a plain file.",
            Decides = "Status 5xx in the access log of {day}, and the error log.",
            Rule = "RFC 8461 §3.3",
            Lasts = false,
            Grade = Grade.Seen,
        },
        new("G08", Layer.Http, "the media type is not text/plain")
        {
            Fix = "Serve the file as text/plain.",
            Paste = "Content-Type: text/plain; charset=utf-8",
            Decides = "The Content-Type of the answer.",
            Rule = "RFC 8461 §3.2",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("G09", Layer.Http, "the server answers 200 with a web page in place of the policy")
        {
            Fix = "Serve the file itself; switch off the fallback page for {host}.",
            Decides = "The body begins with \"<\".",
            Rule = "RFC 8461 §3.2",
            Grade = Grade.Seen,
        },
        new("G10", Layer.Http, "the body is compressed although nobody asked for it")
        {
            Fix = "Switch compression off for the file.",
            Decides = "Content-Encoding of an answer to a request without Accept-Encoding.",
            Rule = "RFC 9110 §12.5.3",
            Audience = Audience.Some,
        },
        new("G11", Layer.Http, "the policy is longer than some senders read")
        {
            Fix = "Cut the file down to the lines it needs.",
            Decides = "The length of the body.",
            Rule = "RFC 8461 §3.3",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("G12", Layer.Http, "the answer takes longer than impatient senders wait (2 to 5 s)")
        {
            Fix = "Serve a static file.",
            Decides = "Time of the whole fetch, many times over the day.",
            Audience = Audience.Some,
            Grade = Grade.Seen,
        },
        new("G13", Layer.Http, "the hosting platform does not know {host}")
        {
            Fix = "Bind the custom domain {host} at the platform.",
            Decides = "The platform's own error page at https://{host}/.",
        },
        new("G14", Layer.Http, "over IPv6 another virtual host answers")
        {
            Fix = "Let the virtual host of {host} listen on IPv6 too (nginx: listen [::]:443 ssl;).",
            Decides = "The answer over IPv6 against the answer over IPv4.",
            Audience = Audience.Some,
        },
        new("G15", Layer.Http, "a maintenance page answered for a while")
        {
            Fix = "Exempt the path from maintenance mode.",
            Decides = "Status 503 or a page in the access log of {day}.",
            Lasts = false,
        },
        new("G16", Layer.Http, "the hosting platform has throttled or suspended the site (402, 429)")
        {
            Fix = "Look at the plan and its limits at the platform.",
            Decides = "`curl -i https://{host}/.well-known/mta-sts.txt`: status 402 or 429.",
        },
        new("G17", Layer.Http, "only port 80 is served")
        {
            Fix = "Serve HTTPS at port 443.",
            Decides = "A connection to port 443 and one to port 80.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
        },
        new("G18", Layer.Http, "the answer is a success of another kind than 200")
        {
            Fix = "Serve the file with the status 200.",
            Decides = "The status of the answer.",
            Rule = "RFC 8461 §3.3",
            Grade = Grade.Standard,
        },
        new("G19", Layer.Http, "the shared policy host does not know this one domain")
        {
            Fix = "Add {domain} to the policy host's list.",
            Decides = "The policy of {domain}, held against that of a neighbouring domain.",
        },
    ];
}
