using System.Collections.Immutable;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Waxseal.Mail;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>
/// Reads what a host that is trusted says about DKIM (RFC 8601). Anybody can write such a field into a mail before it comes
/// to that host; the host's own stand at the top, for every host adds its fields above all others (RFC 5321 §4.4). So
/// the header is walked from the top; a Received field by a host that is not trusted, or a result of one, ends the walk,
/// and so does the end of the first run of results. The trusted host has to remove fields that claim to be its own
/// (RFC 8601 §5), as every filter that adds them does.
/// </summary>
/// <param name="trusted">The hosts, as they call themselves in results and in Received fields.</param>
internal sealed class RelayWord(ImmutableArray<string> trusted)
{
    /// <summary>The host that says that a signature of the submitter held, and whose signature; null when none does.</summary>
    public (string Relay, DomainName Domain)? Find(ImmutableArray<Header> fields, Submitter submitter)
    {
        bool hasResults = false;
        foreach (Header field in fields)
        {
            if (field.Id == HeaderId.AuthenticationResults)
            {
                if (ResultsOf(field) is not { AuthenticationServiceIdentifier: { } relay } results || !IsTrusted(relay))
                    return null;
                hasResults = true;

                // Should a forged field have been let through, it stands below the host's own.
                if (results.Results.Any(result => result.Method == "dkim"))
                    return PassedIn(results, submitter) is { } domain ? (relay, domain) : null;
            }
            else if (hasResults || (field.Id == HeaderId.Received && !IsTrusted(ByClause(field))))
            {
                return null;
            }
        }

        return null;
    }

    private static AuthenticationResults? ResultsOf(Header field) =>
        field.RawValue.Length <= MailLimits.FieldBytes && AuthenticationResults.TryParse(field.RawValue, out AuthenticationResults? results) ? results : null;

    // RFC 8601 §2.7.1: header.d is d= of the signature, header.i its i=.
    private static DomainName? PassedIn(AuthenticationResults results, Submitter submitter) => results.Results
        .Where(result => result is { Method: "dkim", Result: "pass" })
        .SelectMany(result => result.Properties.Where(property => property is { PropertyType: "header", Property: "d" or "i" }))
        .Select(property => DomainName.TryParse(property.Value[(property.Value.LastIndexOf('@') + 1)..], out DomainName? domain, out _) ? domain : null)
        .FirstOrDefault(domain => domain is not null && submitter.Owns(domain));

    private bool IsTrusted(string? host) => host is not null && trusted.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);

    // RFC 5321 §4.4: By-domain = CFWS "BY" FWS Extended-Domain. Comments, which may say anything, are passed over.
    private static string? ByClause(Header field)
    {
        if (field.RawValue.Length > MailLimits.FieldBytes)
            return null;

        StringBuilder plain = new();
        int depth = 0;
        foreach (char letter in Encoding.ASCII.GetString(field.RawValue))
        {
            depth += letter == '(' ? 1 : letter == ')' && depth > 0 ? -1 : 0;
            plain.Append(depth > 0 || letter is '(' or ')' ? ' ' : letter);
        }

        string[] words = plain.ToString().Split([' ', '\t', '\r', '\n', ';'], StringSplitOptions.RemoveEmptyEntries);
        int by = Array.FindIndex(words, word => word.Equals("by", StringComparison.OrdinalIgnoreCase));
        return by >= 0 && by + 1 < words.Length ? words[by + 1] : null;
    }
}
