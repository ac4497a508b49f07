using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Protocol.Names;

/// <summary>A mail address as SMTP carries it (RFC 5321 §4.1.2 <c>Mailbox</c>, without address literals).</summary>
public sealed record MailAddress
{
    /// <summary>Most characters before the at sign (RFC 5321 §4.5.3.1.1).</summary>
    public const int MaxLocalPartLength = 64;

    // RFC 5322 §3.2.3: atext
    internal static readonly SearchValues<char> Atext =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    private MailAddress(string localPart, DomainName mailDomain)
    {
        LocalPart = localPart;
        MailDomain = mailDomain;
    }

    /// <summary>What stands before the at sign, in quotation marks where it needs them.</summary>
    public string LocalPart { get; }

    /// <summary>The domain after the at sign.</summary>
    public DomainName MailDomain { get; }

    /// <summary>Reads an address; U-labels are allowed in its domain, characters outside ASCII nowhere else.</summary>
    /// <param name="text">The address alone: no name, no angle brackets.</param>
    /// <param name="address">The address, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailAddress? address) =>
        TryParse(text, quoteIfNeeded: false, out address);

    // An address out of a URI may lack the quotation marks its local part needs in SMTP.
    internal static bool TryParse(string text, bool quoteIfNeeded, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        int at = text.LastIndexOf('@');
        if (at is < 1 or > MaxLocalPartLength)
            return false;
        if (!DomainName.TryParse(text[(at + 1)..], out DomainName? mailDomain, out _))
            return false;

        string localPart = text[..at];
        if (!IsDotString(localPart) && !IsQuotedString(localPart))
        {
            if (!quoteIfNeeded || !IsPrintable(localPart))
                return false;
            localPart = Quote(localPart);
        }

        if (localPart.Length > MaxLocalPartLength)
            return false;
        address = new MailAddress(localPart, mailDomain);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{LocalPart}@{MailDomain}";

    // RFC 5321 §4.1.2: Dot-string = Atom *("." Atom)
    private static bool IsDotString(ReadOnlySpan<char> text)
    {
        foreach (Range range in text.Split('.'))
        {
            if (text[range].IsEmpty || text[range].ContainsAnyExcept(Atext))
                return false;
        }

        return true;
    }

    // RFC 5321 §4.1.2: Quoted-string = DQUOTE *QcontentSMTP DQUOTE
    private static bool IsQuotedString(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"' || !IsPrintable(text))
            return false;

        ReadOnlySpan<char> content = text[1..^1];
        for (int i = 0; i < content.Length; i++)
        {
            // RFC 5321 §4.1.2: quoted-pairSMTP = %d92 %d32-126
            bool isPair = content[i] == '\\';
            i += isPair ? 1 : 0;
            if (i == content.Length || (content[i] == '"' && !isPair))
                return false;
        }

        return true;
    }

    private static bool IsPrintable(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
