using System.Buffers;

namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>The form of <c>additional-information</c> (RFC 8460 §4.4): a URI of RFC 3986.</summary>
internal static class UriText
{
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    // RFC 3986 §2.2, §2.3: unreserved / gen-delims / sub-delims
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    // RFC 3986 §3: URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]; only its characters are checked.
    public static bool IsUri(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon > 0
            && colon < text.Length - 1
            && IsScheme(text[..colon])
            && !text.ContainsAnyExcept(UriCharacters)
            && HasWholeEscapes(text);
    }

    // RFC 3986 §3.1: scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
    private static bool IsScheme(ReadOnlySpan<char> text) =>
        char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(SchemeCharacters);

    // RFC 3986 §2.1: pct-encoded = "%" HEXDIG HEXDIG
    private static bool HasWholeEscapes(ReadOnlySpan<char> text)
    {
        for (int percent; (percent = text.IndexOf('%')) >= 0; text = text[(percent + 3)..])
        {
            if (percent + 2 >= text.Length
                || !char.IsAsciiHexDigit(text[percent + 1]) || !char.IsAsciiHexDigit(text[percent + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
