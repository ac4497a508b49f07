using Waxseal.Mail;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>The organisation that submits a report by the word of its mail, and whose signature it therefore takes.</summary>
/// <param name="Organisation">Its domain, a name below a public suffix.</param>
internal sealed record Submitter(DomainName Organisation)
{
    /// <summary>Who submits; null when the mail does not say so in a way that can be held against a signature.</summary>
    // RFC 8460 §5.3: TLS-Report-Submitter is the domain of the sender. RFC 8460 §3: "the reporting domain" has signed.
    // Deviation: without the field, or with a name of an organisation in it, as early tlsrpt-reporter wrote, the domain of
    // From stands for it, which RFC 5322 §3.6.2 has every mail carry and RFC 6376 §5.4 has every signature cover.
    public static Submitter? Of(ReportMail mail) => OfDomain(mail.TlsReportSubmitter) ?? OfDomain(mail.From?[(mail.From.LastIndexOf('@') + 1)..]);

    /// <summary>Whether a domain belongs to the organisation.</summary>
    // Deviation: RFC 8460 §5.3 has Submitter and contact match exactly. Of large senders one signs for corp.mail.ru and submits
    // as mail.ru; who holds one name of an organisation answers for the others, so the organisation's domain counts.
    public bool Owns(DomainName domain) => PublicSuffixList.OrganisationalDomain(domain) == Organisation;

    private static Submitter? OfDomain(string? text) =>
        text is not null && text.Contains('.', StringComparison.Ordinal) && DomainName.TryParse(text, out DomainName? domain, out _) && PublicSuffixList.OrganisationalDomain(domain) is { } organisation
            ? new(organisation)
            : null;
}
