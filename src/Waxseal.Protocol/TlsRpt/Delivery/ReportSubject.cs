using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.TlsRpt.Delivery;

/// <summary>
/// The subject of a report mail (RFC 8460 §5.3). Of a received one nothing depends on it: where it differs from the
/// report, the report counts (RFC 8460 §5.6).
/// </summary>
public sealed record ReportSubject
{
    /// <summary>Longest subject that is read, in characters.</summary>
    public const int MaxLength = 2000;

    // With two domains of full length this keeps the whole line below the 998 characters of RFC 5322 §2.1.1.
    private const int MaxDerivedLength = 120;

    private ReportSubject(DomainName policyDomain, DomainName submitter, string reportId, bool conforms)
    {
        PolicyDomain = policyDomain;
        Submitter = submitter;
        ReportId = reportId;
        Conforms = conforms;
    }

    /// <summary>The policy domain the report is for.</summary>
    public DomainName PolicyDomain { get; }

    /// <summary>The domain of whoever sends the report.</summary>
    public DomainName Submitter { get; }

    /// <summary>
    /// The id of the report mail, without angle brackets. Some senders derive it from the report's own id in ways that
    /// cannot be turned back; repeated reports are known by it among themselves.
    /// </summary>
    public string ReportId { get; }

    /// <summary>Whether the subject keeps the grammar to the letter.</summary>
    public bool Conforms { get; }

    /// <summary>Makes the subject of a report mail.</summary>
    /// <param name="policyDomain">The policy domain the report is for.</param>
    /// <param name="submitter">The domain of the report's contact address.</param>
    /// <param name="reportId">The report's own id. What an id in a subject cannot hold is replaced.</param>
    public static ReportSubject For(DomainName policyDomain, DomainName submitter, string reportId)
    {
        // RFC 8460 §5.3: "<" id-left "@" id-right ">"; a report's own id need not have two sides, nor such characters.
        int at = reportId.LastIndexOf('@');
        string left = DotAtom(at < 0 ? reportId : reportId[..at]);
        string right = at < 0 ? submitter.Value : DotAtom(reportId[(at + 1)..]);
        return new(policyDomain, submitter, $"{left}@{right}", conforms: true);
    }

    /// <summary>Reads a subject, folded or not.</summary>
    /// <param name="text">The value of the header field, decoded.</param>
    /// <param name="subject">The parts, or null when this is no subject of a report mail.</param>
    // RFC 8460 §5.3: tlsrpt-subject = %s"Report" FWS %s"Domain:" FWS domain-name FWS %s"Submitter:" FWS domain-name FWS
    // %s"Report-ID:" FWS "<" id-left "@" id-right ">" [CFWS]
    public static bool TryParse(string text, [NotNullWhen(true)] out ReportSubject? subject)
    {
        subject = null;
        if (text.Length > MaxLength)
            return false;

        string[] words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["Report", "Domain:", var about, "Submitter:", var by, "Report-ID:", var id, .. var rest]
            || !DomainName.TryParse(about, out DomainName? policyDomain, out _)
            || !DomainName.TryParse(by, out DomainName? submitter, out _)
            || !IsComment(rest)
            || !TryReadId(id, out string? reportId, out bool conforms))
        {
            return false;
        }

        subject = new(policyDomain, submitter, reportId, conforms);
        return true;
    }

    /// <summary>The value of the header field, on one line; it may be folded at any space.</summary>
    public override string ToString() =>
        $"Report Domain: {PolicyDomain} Submitter: {Submitter} Report-ID: <{ReportId}>";

    // Deviation: RFC 8460 §5.3 wants two sides and angle brackets. Microsoft leaves out the brackets, Stalwart the
    // right side, and tlsrpt-reporter has a colon in the left one.
    private static bool TryReadId(string word, [NotNullWhen(true)] out string? id, out bool conforms)
    {
        bool isBracketed = word.Length > 2 && word[0] == '<' && word[^1] == '>';
        id = isBracketed ? word[1..^1] : word;
        conforms = isBracketed && IsTwoDotAtoms(id);
        return !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.AsSpan().ContainsAny('<', '>');
    }

    // RFC 5322 §3.2.2: CFWS may hold comments; what stands in them is not read.
    private static bool IsComment(string[] words) =>
        words.Length == 0 || (words[0].StartsWith('(') && words[^1].EndsWith(')'));

    // RFC 5322 §3.6.4: id-left = dot-atom-text, id-right = dot-atom-text / no-fold-literal
    // A literal on the right side is not known to occur and counts as a departure.
    private static bool IsTwoDotAtoms(string id) =>
        id.Split('@') is [var left, var right] && DotAtom(left) == left && DotAtom(right) == right;

    // RFC 5322 §3.2.3: dot-atom-text = 1*atext *("." 1*atext); whatever does not fit becomes a hyphen.
    private static string DotAtom(string text)
    {
        var atom = new StringBuilder(text.Length == 0 ? "-" : text[..Math.Min(text.Length, MaxDerivedLength)]);
        for (int i = 0; i < atom.Length; i++)
        {
            bool isInnerDot = atom[i] == '.' && i > 0 && i < atom.Length - 1 && atom[i - 1] != '.';
            if (!isInnerDot && !MailAddress.Atext.Contains(atom[i]))
                atom[i] = '-';
        }

        return atom.ToString();
    }
}
