using System.Buffers;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>The form of <c>contact-info</c> (RFC 8460 §4.4): an addr-spec of RFC 5322 §3.4.1.</summary>
internal static class ContactText
{
    // RFC 5322 §3.2.3: atext
    private static readonly SearchValues<char> Atext = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    // addr-spec = local-part "@" domain. Deviation: no address literals and no comments, which nobody can write to
    // from a report.
    public static bool IsAddrSpec(string text)
    {
        int at = text.LastIndexOf('@');
        return at > 0
            && DomainName.TryParseALabels(text[(at + 1)..], out _, out _)
            && (IsDotAtom(text.AsSpan(0, at)) || IsQuotedString(text.AsSpan(0, at)));
    }

    // RFC 5322 §3.2.3: dot-atom-text = 1*atext *("." 1*atext)
    private static bool IsDotAtom(ReadOnlySpan<char> text)
    {
        foreach (Range atom in text.Split('.'))
        {
            if (text[atom].IsEmpty || text[atom].ContainsAnyExcept(Atext))
                return false;
        }

        return true;
    }

    // RFC 5322 §3.2.4: quoted-string = DQUOTE *([FWS] (qtext / quoted-pair)) [FWS] DQUOTE, on one line
    private static bool IsQuotedString(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
            return false;

        ReadOnlySpan<char> inner = text[1..^1];
        for (int i = 0; i < inner.Length; i++)
        {
            bool isPair = inner[i] == '\\';
            if (isPair && ++i == inner.Length)
                return false;
            if (inner[i] is not ((>= ' ' and <= '~') or '\t') || (inner[i] == '"' && !isPair))
                return false;
        }

        return true;
    }
}
