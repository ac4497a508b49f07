using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>An address of a mail, without what quotes it.</summary>
/// <param name="LocalPart">What stands before the @; case counts (RFC 5321 §2.4).</param>
/// <param name="Domain">What stands behind it, in lower case; a domain or an address in brackets.</param>
internal sealed record Mailbox(string LocalPart, string Domain)
{
    /// <summary>Reads an address of the configuration.</summary>
    /// <param name="text">The address, without angle brackets.</param>
    /// <param name="mailbox">The address, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        int at = text.LastIndexOf('@');
        if (at <= 0 || !Ascii.IsValid(text.AsSpan(0, at)) || !DomainName.TryParse(text[(at + 1)..], out DomainName? domain, out _))
            return false;

        CommandCursor cursor = new(Encoding.ASCII.GetBytes($"{text[..at]}@{domain.Value}"));
        return cursor.TryReadMailbox(out mailbox) && cursor.IsAtEnd;
    }
}
