using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Layers M and N: the way of the reports, and the reporter.</summary>
internal static class ReportingCauses
{
    public static ImmutableArray<Cause> All { get; } =
    [
        new("M01", Layer.Reporting, "there is no TLS-RPT record, so no sender reports to you")
        {
            Fix = "Publish one.",
            Paste = "_smtp._tls.{domain}. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@{domain}\"",
            Decides = "TXT of _smtp._tls and {domain}.",
            Rule = "RFC 8460 §3",
            Grade = Grade.Standard,
        },
        new("M02", Layer.Reporting, "the version of the TLS-RPT record is misspelt")
        {
            Fix = "Write v=TLSRPTv1, to the letter.",
            Paste = "_smtp._tls.{domain}. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@{domain}\"",
            Decides = "The text of the TXT record.",
            Rule = "RFC 8460 §3",
            Grade = Grade.Seen,
        },
        new("M03", Layer.Reporting, "the TLS-RPT record names no place that reports can be sent to")
        {
            Fix = "Give a rua of the form mailto: or https:.",
            Paste = "_smtp._tls.{domain}. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@{domain}\"",
            Decides = "The text of the TXT record.",
            Rule = "RFC 8460 §3",
            Grade = Grade.Standard,
        },
        new("M04", Layer.Reporting, "there is more than one TLS-RPT record, so none counts")
        {
            Fix = "Keep one, with the places joined by commas.",
            Paste = "_smtp._tls.{domain}. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@{domain}\"",
            Decides = "TXT of _smtp._tls and {domain}.",
            Rule = "RFC 8460 §3",
            Grade = Grade.Standard,
        },
        new("M05", Layer.Reporting, "the TLS-RPT record stands at a wrong name")
        {
            Fix = "Move it to _smtp._tls.{domain}.",
            Paste = "_smtp._tls.{domain}. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@{domain}\"",
            Decides = "TXT at names close to the right one.",
            Rule = "RFC 8460 §3",
            Grade = Grade.Seen,
        },
        new("M06", Layer.Reporting, "the mailbox for reports turns some reports away")
        {
            Fix = "Accept attachments in gzip, and lift spam filter and size limit for the address of the rua.",
            Decides = "The MX log: refused mail from the reporter's addresses.",
        },
        new("M07", Layer.Reporting, "some senders serve only the first address of the rua")
        {
            Fix = "Put the collector that should have all reports first in the rua.",
            Decides = "TXT of _smtp._tls.{domain}: is there more than one address, and which comes first?",
            Rule = "RFC 8460 §3",
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("M11", Layer.Reporting, "the sender has had no mail for {domain}, or sends no reports")
        {
            Fix = "Nothing; few senders report, and only for days with mail.",
            Decides = "The MX log: connections from the sender on these days.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("N06", Layer.Reporter, "DNS or the way out failed on the side of {reporter}")
        {
            Fix = "Nothing; wait for its next report.",
            Decides = "The next report of {reporter}; and no request from there in the access log of {day}.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Lasts = false,
        },
        new("N07", Layer.Reporter, "the trust store of the sending MTA lacks the issuers that all others trust")
        {
            Fix = "Give the sending MTA the issuers of the system; a file made for the MTA's own certificate holds only those of that one.",
            Paste = "# Postfix, in main.cf\nsmtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt",
            Decides = "`openssl s_client -starttls smtp -connect {mx}:25` at the sender, once with the file of the MTA (-CAfile) and once with that of the system.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("N08", Layer.Reporter, "the sending MTA is older than an attribute in the answers of its policy table")
        {
            Fix = "Update the MTA, or tell the program that answers the policy table to leave the attribute out: servername needs Postfix 3.4, and those for TLS reports need Postfix 3.10.",
            Decides = "The warning in the log before it: invalid attribute name.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
        new("N09", Layer.Reporter, "the sender had not looked for a policy yet, or does not apply MTA-STS")
        {
            Fix = "Nothing; if the sender applies MTA-STS, it reports the next days under the policy.",
            Decides = "The sender's reports of the following days.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Lasts = false,
            Grade = Grade.Seen,
        },
        new("N10", Layer.Reporter, "the sending MTA cannot load its own TLS settings")
        {
            Fix = "Look at the line before in the log: it names the file or setting that could not be loaded.",
            Decides = "The log of the sending MTA, at its start and just before the failure.",
            Side = Side.Reporter,
            Audience = Audience.One,
            Grade = Grade.Seen,
        },
    ];
}
